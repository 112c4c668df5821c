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

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the applications of README and tutorial, as if pasted into empty ones.
 */
@NoLeaks
@ExtendWith(OutputCaptureExtension.class)
class ReadmeTests {

	private static final JavaSource DEMO = new JavaSource("com/example/demo/DemoApplication", """
			package com.example.demo;
			@org.springframework.boot.autoconfigure.SpringBootApplication
			public class DemoApplication {
			}
			""");

	@ParameterizedTest
	@CsvSource({ "0, 'Got Order[item=nut, amount=3]'", "1, 'Got Quote[symbol=ACME, price=42.0]'" })
	void anApplicationOfTheReadmeRuns(int index, String expected, @TempDir Path classes, CapturedOutput output)
			throws Exception {
		List<Snippet> page = Snippet.of("README.md");
		String yaml = page.stream().filter((snippet) -> snippet.isIn("yaml")).toList().get(index).text();
		Snippet java = page.stream().filter((snippet) -> snippet.isIn("java")).toList().get(index);
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = PageCompiler.compile(List.of(DEMO, JavaSource.of(java)), classes)) {
			Thread.currentThread().setContextClassLoader(loader);
			try (ConfigurableApplicationContext context = start(loader, yaml)) {
				await(output, expected);
			}
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	@Test
	void theStationAndTheDisplayOfTheTutorialRun(@TempDir Path directory, CapturedOutput output) throws Exception {
		List<Snippet> page = Snippet.of("docs/guides/tutorial.md");
		Path file = directory.resolve("application.yml");
		String yaml = page.stream().filter((snippet) -> snippet.isIn("yaml")).findFirst().orElseThrow().text();
		Files.writeString(file, withFreePort(withFreePort(yaml, 5556), 5557));
		List<JavaSource> sources = page.stream().filter((snippet) -> snippet.isIn("java")).map(JavaSource::of).toList();
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = PageCompiler.compile(sources, directory)) {
			Thread.currentThread().setContextClassLoader(loader);
			try (ConfigurableApplicationContext display = run(loader, file, "display")) {
				// without a station there is no forecast, and nothing else fails
				await(output, "No forecast: No reply on socket 'ask'");
				try (ConfigurableApplicationContext station = run(loader, file, "station")) {
					await(output, "seoul: 21.5 \u00b0C, sunny");
					await(output, "Seoul: sunny for 3 days");
				}
			}
			assertThat(output.getOut()).doesNotContain("oslo");
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	@Test
	void theSecuredStationOfTheTutorialAnswersItsDisplay(@TempDir Path directory, CapturedOutput output)
			throws Exception {
		List<Snippet> page = Snippet.of("docs/guides/tutorial.md");
		List<String> yaml = page.stream().filter((snippet) -> snippet.isIn("yaml")).map(Snippet::text).toList();
		Path displays = Files.createDirectory(directory.resolve("displays"));
		for (String owner : List.of("station", "display")) {
			ZmqKeyPair keys = ZmqKeys.generate();
			ZmqKeys.writeSecret(directory.resolve(owner + ".key_secret"), keys);
			ZmqKeys.writePublic(directory.resolve(owner + ".key"), keys);
		}
		Files.copy(directory.resolve("display.key"), displays.resolve("display.key"));
		Path file = directory.resolve("application.yml");
		Files.writeString(file, withFreePort(withFreePort(yaml.get(1), 5556), 5557).replace("\"file:",
				'"' + directory.toUri().toString()));
		List<JavaSource> sources = page.stream().filter((snippet) -> snippet.isIn("java")).map(JavaSource::of).toList();
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = PageCompiler.compile(sources, directory)) {
			Thread.currentThread().setContextClassLoader(loader);
			try (ConfigurableApplicationContext server = run(loader, file, "station");
					ConfigurableApplicationContext client = run(loader, file, "display")) {
				await(output, "Seoul: sunny for 3 days");
			}
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static ConfigurableApplicationContext run(URLClassLoader loader, Path file, String profile)
			throws ClassNotFoundException {
		SpringApplication application = new SpringApplication(new DefaultResourceLoader(loader),
				loader.loadClass("com.example.weather.WeatherApplication"));
		application.setWebApplicationType(WebApplicationType.NONE);
		return application.run("--spring.profiles.active=" + profile, "--spring.config.location=" + file.toUri(),
				"--spring.main.register-shutdown-hook=false");
	}

	private static String withFreePort(String yaml, int port) throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			return yaml.replace(":" + port, ":" + free.getLocalPort());
		}
	}

	private static void await(CapturedOutput output, String expected) {
		Awaitility.await(expected).atMost(Duration.ofSeconds(30)).until(() -> output.getOut().contains(expected));
	}

	private static ConfigurableApplicationContext start(URLClassLoader loader, String yaml) throws Exception {
		String text;
		try (ServerSocket free = new ServerSocket(0)) {
			text = yaml.replaceAll("(tcp://[*\\w]+):\\d+", "$1:" + free.getLocalPort());
		}
		SpringApplication application = new SpringApplication(new DefaultResourceLoader(loader),
				loader.loadClass("com.example.demo.DemoApplication"));
		application.setWebApplicationType(WebApplicationType.NONE);
		application.addInitializers((context) -> {
			try {
				new YamlPropertySourceLoader()
					.load("page", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)))
					.forEach((source) -> context.getEnvironment().getPropertySources().addFirst(source));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		return application.run();
	}

}
