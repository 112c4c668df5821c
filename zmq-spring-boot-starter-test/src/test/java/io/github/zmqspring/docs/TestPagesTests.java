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

package io.github.zmqspring.docs;

import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the tests that the docs show.
 */
@NoLeaks
class TestPagesTests {

	private static final JavaSource ORDERS = new JavaSource("com/example/orders/OrdersApplication", """
			package com.example.orders;

			import io.github.zmqspring.annotation.ZmqListener;
			import io.github.zmqspring.core.ZmqTemplate;

			import org.springframework.boot.autoconfigure.SpringBootApplication;
			import org.springframework.stereotype.Component;

			@SpringBootApplication
			public class OrdersApplication {
			}

			record Order(String item) {
			}

			@Component
			class Orders {

				private final ZmqTemplate template;

				Orders(ZmqTemplate template) {
					this.template = template;
				}

				@ZmqListener(id = "orders.handle", socket = "orders")
				void handle(Order order) {
					this.template.convertAndSend("confirmations", "got " + order.item());
				}

			}
			""");

	@Test
	void theTestOfTheTutorialPasses(@TempDir Path classes) throws Exception {
		assertThat(runTutorial(0, classes, "com.example.weather.WeatherTests")).isEqualTo(3);
	}

	@Test
	void theTestsOfTheTutorialPassEncrypted(@TempDir Path classes) throws Exception {
		Path displays = Files.createDirectory(classes.resolve("displays"));
		for (String owner : List.of("station", "display")) {
			ZmqKeyPair keys = ZmqKeys.generate();
			ZmqKeys.writeSecret(classes.resolve(owner + ".key_secret"), keys);
			ZmqKeys.writePublic(classes.resolve(owner + ".key"), keys);
		}
		Files.copy(classes.resolve("display.key"), displays.resolve("display.key"));
		assertThat(runTutorial(1, classes, "com.example.weather.WeatherTests", "com.example.weather.StrangerTests"))
			.isEqualTo(5);
	}

	/** Run tests of the tutorial with one of its configurations. */
	private static long runTutorial(int configuration, Path directory, String... tests) throws Exception {
		List<Snippet> page = Snippet.of("docs/guides/tutorial.md");
		String yaml = page.stream()
			.filter((snippet) -> snippet.isIn("yaml"))
			.toList()
			.get(configuration)
			.text()
			.replace("\"file:", '"' + directory.toUri().toString());
		List<JavaSource> sources = page.stream()
			.filter((snippet) -> snippet.isIn("java", "test"))
			.map(JavaSource::of)
			.map((source) -> new JavaSource(source.name(),
					source.text().replace("\"station.key\"", "\"" + directory.resolve("station.key") + "\"")))
			.toList();
		return run(sources, yaml, directory, tests);
	}

	@Test
	void theTestOfTheSlicePasses(@TempDir Path classes) throws Exception {
		List<JavaSource> sources = new ArrayList<>(List.of(ORDERS));
		Snippet.of("docs/testing.md")
			.stream()
			.filter((snippet) -> snippet.isIn("test") && snippet.text().startsWith("package "))
			.map(JavaSource::of)
			.forEach(sources::add);
		assertThat(run(sources, """
				zmq:
				  sockets:
				    orders:        {type: pull, bind: "tcp://*:5555"}
				    confirmations: {type: push, connect: "tcp://elsewhere.invalid:5556"}
				""", classes, "com.example.orders.OrdersTests")).isOne();
	}

	@Test
	void theFragmentsOfThePageCompile(@TempDir Path classes) throws Exception {
		StringBuilder text = new StringBuilder("""
				package com.example.orders;

				import java.nio.file.Path;

				import io.github.zmqspring.security.ZmqKeys;
				import io.github.zmqspring.test.*;

				import org.zeromq.SocketType;
				import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
				import org.springframework.context.annotation.Bean;

				import static org.assertj.core.api.Assertions.assertThat;

				abstract class Fragments {

				ZmqScenario scenario;

				ZmqTestPeer peer;

				ZmqRecorder zmq;

				io.github.zmqspring.core.ZmqSockets sockets;

				""");
		int fragments = 0;
		for (Snippet snippet : Snippet.of("docs/testing.md")) {
			if (snippet.isIn("test") && !snippet.text().startsWith("package ")) {
				boolean member = snippet.text().startsWith("@");
				text.append((member) ? "" : "void run" + snippet.line() + "() {\n")
					.append(snippet.text())
					.append((member) ? "" : "}\n");
				fragments++;
			}
		}
		JavaSource source = new JavaSource("com/example/orders/Fragments", text.append("}\n").toString());
		try (URLClassLoader loader = PageCompiler.compile(List.of(source), classes)) {
			assertThat(loader).isNotNull();
		}
		assertThat(fragments).isGreaterThan(1);
	}

	private static long run(List<JavaSource> sources, String yaml, Path classes, String... tests) throws Exception {
		Files.writeString(classes.resolve("application.yml"), yaml);
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		// no context stays behind
		List<JavaSource> closing = sources.stream()
			.map((source) -> new JavaSource(source.name(),
					source.text()
						.replaceFirst("\nclass (\\w+Tests) ",
								"\n@org.springframework.test.annotation.DirtiesContext class $1 ")))
			.toList();
		try (URLClassLoader loader = PageCompiler.compile(closing, classes)) {
			Thread.currentThread().setContextClassLoader(loader);
			List<DiscoverySelector> selectors = new ArrayList<>();
			for (String test : tests) {
				selectors.add(DiscoverySelectors.selectClass(loader.loadClass(test)));
			}
			EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
				.selectors(selectors.toArray(DiscoverySelector[]::new))
				.execute();
			results.allEvents().failed().stream().forEach((event) -> {
				throw new AssertionError(event.toString());
			});
			return results.testEvents().succeeded().count();
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

}
