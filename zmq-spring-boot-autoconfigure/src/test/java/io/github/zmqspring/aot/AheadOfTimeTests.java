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

package io.github.zmqspring.aot;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes an application ahead of time as Spring Boot's plugins do, and runs it so, as
 * in a native image but on a JVM.
 */
class AheadOfTimeTests {

	private static final String CLASS_PATH = System.getProperty("java.class.path");

	@TempDir
	private Path directory;

	@Test
	void anApplicationThatWasProcessedAheadOfTimeRuns() throws Exception {
		Path sources = this.directory.resolve("sources");
		Path resources = this.directory.resolve("resources");
		Path classes = this.directory.resolve("classes");
		run(CLASS_PATH, SpringApplicationAotProcessor.class.getName(), AotApp.class.getName(), sources.toString(),
				resources.toString(), classes.toString(), "com.example", "aot");
		compile(sources, classes);
		String output = run(classes + File.pathSeparator + resources + File.pathSeparator + CLASS_PATH,
				"-Dspring.aot.enabled=true", AotApp.class.getName());
		assertThat(output).contains("Starting AOT-processed AotApp").contains("Answer: forty-two!");
		assertThat(metadata(resources)).contains("zmq.SocketBase", "AotApp$Question", "AotApp$Client");
	}

	private static void compile(Path sources, Path classes) throws Exception {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter errors = new StringWriter();
		Files.createDirectories(classes);
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> found = Files.walk(sources)) {
			List<Path> java = found.filter((file) -> file.toString().endsWith(".java")).toList();
			boolean done = compiler
				.getTask(errors, files, null,
						List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp",
								classes + File.pathSeparator + CLASS_PATH),
						null, files.getJavaFileObjectsFromPaths(java))
				.call();
			assertThat(done).as("%s", errors).isTrue();
		}
	}

	private static String metadata(Path resources) throws Exception {
		StringBuilder all = new StringBuilder();
		try (Stream<Path> found = Files.walk(resources)) {
			for (Path file : found.filter((each) -> each.toString().endsWith(".json")).toList()) {
				all.append(Files.readString(file));
			}
		}
		return all.toString();
	}

	private String run(String classPath, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Djava.awt.headless=true", "-cp", classPath));
		command.addAll(List.of(arguments));
		Path log = this.directory.resolve("log-" + arguments.length);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ends").isTrue();
			assertThat(process.exitValue()).as("%s", Files.readString(log)).isZero();
			return Files.readString(log);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
