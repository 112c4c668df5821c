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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.test.ZmqAppProcess;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the applications of the tests: here as processes, there as contexts.
 */
final class Apps {

	/** What the build wrote: the class path of an application with the starter alone. */
	private static final Path STARTER = Path.of("target", "starter.classpath");

	private static final Pattern JACKSON = Pattern.compile("(spring-boot-(starter-)?jackson|jackson-).*");

	private static final Pattern ACTUATOR = Pattern
		.compile("(spring-boot-(starter-)?(actuator|health|micrometer)|micrometer-).*");

	private Apps() {
	}

	static ZmqAppProcess.Builder starterAlone(Class<?> app) {
		return app(app, List.of());
	}

	static ZmqAppProcess.Builder withJackson(Class<?> app) {
		return app(app, List.of(JACKSON));
	}

	static ZmqAppProcess.Builder withJacksonAndActuator(Class<?> app) {
		return app(app, List.of(JACKSON, ACTUATOR));
	}

	private static ZmqAppProcess.Builder app(Class<?> app, List<Pattern> more) {
		List<Path> entries = new ArrayList<>();
		try {
			entries.add(Path.of(app.getProtectionDomain().getCodeSource().getLocation().toURI()));
			split(Files.readString(STARTER)).forEach(entries::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Run the tests by Maven, which writes " + STARTER.toAbsolutePath(), ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
		split(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
			.filter((entry) -> more.stream().anyMatch((name) -> name.matcher(entry.getFileName().toString()).matches()))
			.filter((entry) -> !entries.contains(entry))
			.forEach(entries::add);
		return ZmqAppProcess.of(app).classPath(entries);
	}

	private static Stream<Path> split(String classPath) {
		return Pattern.compile(Pattern.quote(File.pathSeparator))
			.splitAsStream(classPath.strip())
			.filter((entry) -> !entry.isEmpty())
			.map(Path::of);
	}

	static ConfigurableApplicationContext run(Class<?> app, String... args) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(app).bannerMode(Banner.Mode.OFF)
			.run(args);
		for (String name : context.getBean(ZmqSockets.class).names()) {
			String endpoint = context.getEnvironment().getProperty("local.zmq." + name + ".endpoint");
			if (endpoint != null) {
				say("bound", name, endpoint);
			}
		}
		say("ready");
		return context;
	}

	static String bound(ZmqAppProcess app, String socket) {
		String prefix = "bound " + socket + " ";
		return app.awaitLine("^" + prefix).substring(prefix.length());
	}

	static void say(Object... words) {
		StringBuilder line = new StringBuilder();
		for (Object word : words) {
			line.append((line.isEmpty()) ? "" : " ");
			line.append((word instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : word);
		}
		System.out.println(line);
	}

}
