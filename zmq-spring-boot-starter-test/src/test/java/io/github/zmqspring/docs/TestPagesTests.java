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

import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
		List<Snippet> page = Snippet.of("docs/guides/tutorial.md");
		String yaml = page.stream().filter((snippet) -> snippet.isIn("yaml")).findFirst().orElseThrow().text();
		List<JavaSource> sources = page.stream()
			.filter((snippet) -> snippet.isIn("java", "test"))
			.map(JavaSource::of)
			.toList();
		assertThat(run(sources, yaml, classes, "com.example.weather.WeatherTests")).isEqualTo(2);
	}

	@Test
	void theTestOfTheSlicePasses(@TempDir Path classes) throws Exception {
		List<JavaSource> sources = new ArrayList<>(List.of(ORDERS));
		Snippet.of("docs/testing.md")
			.stream()
			.filter((snippet) -> snippet.isIn("test"))
			.map(JavaSource::of)
			.forEach(sources::add);
		assertThat(run(sources, """
				zmq:
				  sockets:
				    orders:        {type: pull, bind: "tcp://*:5555"}
				    confirmations: {type: push, connect: "tcp://elsewhere.invalid:5556"}
				""", classes, "com.example.orders.OrdersTests")).isOne();
	}

	private static long run(List<JavaSource> sources, String yaml, Path classes, String test) throws Exception {
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
			EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
				.selectors(DiscoverySelectors.selectClass(loader.loadClass(test)))
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
