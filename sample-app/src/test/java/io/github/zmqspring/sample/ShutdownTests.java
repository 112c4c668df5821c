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

package io.github.zmqspring.sample;

import java.nio.file.Path;
import java.time.Duration;

import io.github.zmqspring.test.ZmqAppProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of the sample, in a process of its own.
 */
class ShutdownTests {

	@Test
	void sigtermEndsItSoonWhilePagesAreOpen() throws Exception {
		try (ZmqAppProcess app = ZmqAppProcess.of(SampleApplication.class)
			.args("--spring.profiles.active=test", "--sample.digest.directory=src/main")
			.start()) {
			int port = port(app.awaitLine("Tomcat started on port \\d+", Duration.ofSeconds(60)));
			app.awaitLine("Started SampleApplication", Duration.ofSeconds(60));
			try (EventStream one = EventStream.open(port); EventStream two = EventStream.open(port)) {
				JsonNode run = one.await("pipeline", (each) -> each.get("state").asString().equals("FINISHED"));
				assertThat(run.get("directory").asString()).isEqualTo(Path.of("src/main").toAbsolutePath().toString());
				assertThat(run.get("filesDone").asInt()).isGreaterThan(30);
				two.await("telemetry", (sample) -> true);
				app.terminate();
				assertThat(app.awaitExit()).isEqualTo(143);
				assertThat(app.elapsedSinceSignal()).isLessThan(Duration.ofSeconds(5));
				Awaitility.await().until(() -> one.hasEnded() && two.hasEnded());
			}
			assertThat(app.lines()).noneMatch((line) -> line.contains(" ERROR ") || line.contains(" WARN "));
		}
	}

	private static int port(String line) {
		return Integer.parseInt(line.replaceFirst(".*Tomcat started on port (\\d+).*", "$1"));
	}

}
