/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zmqspring.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.zmqspring.test.ZmqAppProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds what a start costs, by what does not depend on the load of the machine: the
 * classes that are loaded for it. Each takes half a millisecond of processor time and
 * more.
 */
class StartUpCostTests {

	private static final Pattern LOADED = Pattern.compile("\\] (\\S+) source:");

	/** 350 when this was written. */
	private static final int OWN = 420;

	/** 150 when this was written, one for each place that makes one. */
	private static final int LAMBDAS = 180;

	@Test
	void aStartLoadsNothingThatOnlyLaterUseNeeds(@TempDir Path directory) throws IOException {
		Path log = directory.resolve("classes.log");
		try (ZmqAppProcess app = Apps.starterAlone(StartApp.class)
			.jvmOptions("-Xlog:class+load:file=" + log)
			.args("--zmq.sockets.in.type=pull", "--zmq.sockets.in.bind=tcp://127.0.0.1:*",
					"--zmq.sockets.out.type=push", "--zmq.sockets.out.connect=tcp://127.0.0.1:9")
			.start()) {
			app.awaitLine("^ready");
			assertThat(app.awaitExit()).isZero();
		}
		List<String> loaded = loaded(log);
		assertThat(loaded.contains("org.springframework.boot.SpringApplication")).isTrue();
		assertThat(loaded.stream().anyMatch((name) -> name.endsWith(".ManagedSocket"))).isTrue();
		assertNone(loaded, "javax.crypto.Cipher", "ciphers, which the first request needs");
		assertNone(loaded, "com.sun.management.internal.OperatingSystemImpl",
				"what counts open files: some 60 classes, and a library");
		assertNone(loaded, "org.springframework.core.ReactiveAdapterRegistry",
				"Spring's registry of reactive types, which loads Reactor: 260 classes");
		assertNone(loaded, "org.springframework.messaging.handler.annotation.support.HeaderMethodArgumentResolver",
				"resolvers of parameters that this listener does not have");
		List<String> own = loaded.stream().filter((name) -> name.startsWith("io.github.zmqspring.")).toList();
		long lambdas = own.stream().filter((name) -> name.contains("$$Lambda")).count();
		assertThat(lambdas).isLessThan(LAMBDAS);
		assertThat(own.size() - lambdas).isLessThan(OWN);
	}

	private static void assertNone(List<String> loaded, String name, String meaning) {
		assertThat(loaded.contains(name)).as(meaning).isFalse();
	}

	private static List<String> loaded(Path log) throws IOException {
		try (Stream<String> lines = Files.lines(log)) {
			return lines.map(LOADED::matcher).filter(Matcher::find).map((line) -> line.group(1)).toList();
		}
	}

}
