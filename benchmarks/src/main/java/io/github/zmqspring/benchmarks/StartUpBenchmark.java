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

package io.github.zmqspring.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much longer an application needs to start with the library than without it. Each
 * start has a JVM of its own, and the class path of an application that has Spring Boot's
 * starter and, where it has the library, the library's: nothing else of the benchmarks is
 * there. Here "raw" is an application without the library.
 */
final class StartUpBenchmark implements Benchmark {

	/** Further jars of the benchmarks that no application has from the starters. */
	private static final List<String> OTHERS = List.of("benchmarks", "spring-integration-", "spring-tx-", "reactor-",
			"jmh-", "jopt-", "commons-math", "HdrHistogram-", "bcprov-", "micrometer-core-", "jackson-",
			"spring-boot-jackson-", "spring-boot-starter-jackson-");

	private static final List<String> LIBRARY = List.of("zmq-spring-", "jeromq-", "jnacl-", "spring-messaging-",
			"reactive-streams-");

	private static final String APPLICATIONS = "io/github/zmqspring/benchmarks/startup/";

	private static final List<String> SOCKETS = List.of("--zmq.sockets.in.type=pull",
			"--zmq.sockets.in.bind=tcp://127.0.0.1:*", "--zmq.sockets.out.type=push",
			"--zmq.sockets.out.connect=tcp://127.0.0.1:9");

	@Override
	public void run(Settings settings, Report report) throws Exception {
		Path directory = Files.createTempDirectory("zmq-start-up");
		try {
			Start empty = Start.of(directory, "EmptyApplication", false, List.of());
			Start unused = Start.of(directory, "EmptyApplication", true, List.of());
			Start sockets = Start.of(directory, "SocketsApplication", true, SOCKETS);
			Comparison<Took> added = measure(settings, empty, unused);
			report.times("start-up, nothing configured, CPU", added.difference(Took::processor), Bound.NONE);
			report.times("start-up, nothing configured", added.difference(Took::clock), Bound.NONE);
			Comparison<Took> used = measure(settings, empty, sockets);
			report.times("start-up, two sockets, CPU", used.difference(Took::processor), Bound.atMost(60_000));
			report.times("start-up, two sockets", used.difference(Took::clock), Bound.atMost(60_000));
			Comparison<Took> archived = measure(settings, empty.archived(directory), sockets.archived(directory));
			report.times("start-up, CDS archive, CPU", archived.difference(Took::processor), Bound.NONE);
			report.times("start-up, CDS archive", archived.difference(Took::clock), Bound.NONE);
			report.times("2 s after the start, CPU",
					measure(settings, empty.with("--idle"), sockets.with("--idle")).difference(Took::processor),
					Bound.NONE);
		}
		finally {
			try (Stream<Path> files = Files.list(directory)) {
				for (Path file : files.toList()) {
					Files.delete(file);
				}
			}
			Files.delete(directory);
		}
	}

	private static Comparison<Took> measure(Settings settings, Start raw, Start library) throws Exception {
		return Comparison.measure(settings.reps(), raw, library);
	}

	/**
	 * What a start took, in us.
	 *
	 * @param processor the processor time of the JVM, the compiler's included
	 * @param clock the time since the process was started
	 */
	private record Took(double processor, double clock) {
	}

	/**
	 * Starts an application.
	 *
	 * @param name its class
	 * @param classPath its class path
	 * @param options options of the JVM
	 * @param arguments its arguments
	 */
	private record Start(String name, String classPath, List<String> options,
			List<String> arguments) implements Side<Took> {

		static Start of(Path directory, String name, boolean library, List<String> arguments) throws IOException {
			String classPath = Stream
				.concat(Stream.of(jar(directory, name)), jars().filter((jar) -> belongs(jar, library)))
				.map(Path::toString)
				.collect(Collectors.joining(File.pathSeparator));
			return new Start(name, classPath, List.of(), arguments);
		}

		/** A jar, as archives of classes know no directories. */
		private static Path jar(Path directory, String name) throws IOException {
			Path jar = directory.resolve(name + ".jar");
			try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
				for (String type : List.of(name, "Ready")) {
					String entry = APPLICATIONS + type + ".class";
					try (InputStream in = StartUpBenchmark.class.getClassLoader().getResourceAsStream(entry)) {
						out.putNextEntry(new JarEntry(entry));
						if (in == null) {
							throw new IllegalStateException("There is no " + entry);
						}
						in.transferTo(out);
					}
				}
			}
			return jar;
		}

		private static Stream<Path> jars() throws IOException {
			List<Path> jars = new ArrayList<>();
			for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
				Path path = Path.of(element);
				jars.add(path);
				if (Files.isRegularFile(path)) {
					try (JarFile jar = new JarFile(path.toFile())) {
						String others = (jar.getManifest() == null) ? null
								: jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
						Arrays.stream((others != null) ? others.trim().split(" +") : new String[0])
							.map(path::resolveSibling)
							.forEach(jars::add);
					}
				}
			}
			return jars.stream().filter(Files::isRegularFile);
		}

		private static boolean belongs(Path jar, boolean library) {
			String name = jar.getFileName().toString();
			return OTHERS.stream().noneMatch(name::startsWith)
					&& (library || LIBRARY.stream().noneMatch(name::startsWith));
		}

		Start with(String argument) {
			List<String> all = new ArrayList<>(this.arguments);
			all.add(argument);
			return new Start(this.name, this.classPath, this.options, all);
		}

		/** Return the same with an archive of its classes, as its user would make it. */
		Start archived(Path directory) throws IOException, InterruptedException {
			String archive = directory.resolve(this.name + ".jsa").toString();
			new Start(this.name, this.classPath, List.of("-XX:ArchiveClassesAtExit=" + archive), this.arguments)
				.with("--archive")
				.measure();
			return new Start(this.name, this.classPath, List.of("-XX:SharedArchiveFile=" + archive), this.arguments);
		}

		@Override
		public Took measure() throws IOException, InterruptedException {
			List<String> command = new ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(this.options);
			command.addAll(List.of("-cp", this.classPath, APPLICATIONS.replace('/', '.') + this.name,
					"--logging.level.root=warn", "--spring.main.banner-mode=off"));
			command.addAll(this.arguments);
			long started = System.nanoTime();
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			try (BufferedReader output = process.inputReader()) {
				for (String line = output.readLine(); line != null; line = output.readLine()) {
					if (line.matches("\\d+")) {
						long clock = System.nanoTime() - started;
						// an archive is written after this line
						process.waitFor();
						return new Took(Double.parseDouble(line) * 1000, clock / 1000.0);
					}
				}
				throw new IllegalStateException(this.name + " did not start");
			}
			finally {
				process.destroyForcibly().waitFor();
			}
		}

		@Override
		public void close() {
		}

	}

}
