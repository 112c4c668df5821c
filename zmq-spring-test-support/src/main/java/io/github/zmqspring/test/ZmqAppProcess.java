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

package io.github.zmqspring.test;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An application in a JVM of its own, to see how it starts, what it prints, and how it
 * ends on a signal. Standard error is part of {@link #lines()}. <pre class="code">
 * try (ZmqAppProcess app = ZmqAppProcess.of(MyApp.class).systemProperty("server.port", 0).start()) {
 *     app.awaitLine("Started MyApp");
 *     app.terminate();
 *     assertThat(app.awaitExit()).isEqualTo(143);
 *     assertThat(app.elapsedSinceSignal()).isLessThan(Duration.ofSeconds(5));
 * }
 * </pre>
 *
 * @since 0.1.0
 */
public final class ZmqAppProcess extends ChildProcess {

	private ZmqAppProcess(String name, ProcessBuilder builder) {
		super(name, builder);
	}

	/**
	 * Prepares a JVM that runs a main class on this JVM's class path.
	 * @param mainClass the class with the main method
	 * @return a builder
	 */
	public static Builder of(Class<?> mainClass) {
		return of(mainClass.getName());
	}

	/**
	 * Prepares a JVM that runs a main class on this JVM's class path.
	 * @param mainClass the name of the class with the main method
	 * @return a builder
	 */
	public static Builder of(String mainClass) {
		return new Builder(mainClass);
	}

	/**
	 * Takes the first line not taken before in which an expression is found, wherever it
	 * stands.
	 * @param regex the regular expression, to be found in the line
	 * @return the whole line
	 * @throws AssertionError if there is none within {@link #DEFAULT_TIMEOUT}, or the
	 * application ends first
	 */
	public String awaitLine(String regex) {
		return awaitLine(regex, DEFAULT_TIMEOUT);
	}

	/**
	 * Takes the first line not taken before in which an expression is found.
	 * @param regex the regular expression, to be found in the line
	 * @param timeout how long to wait
	 * @return the whole line
	 * @throws AssertionError if there is none in that time, or the application ends first
	 * @see #awaitLine(String)
	 */
	public String awaitLine(String regex, Duration timeout) {
		return take(Pattern.compile(regex).asPredicate(), false, "a line that matches '" + regex + "'", timeout);
	}

	/**
	 * Interrupts the application as Ctrl-C does (SIGINT). Does not wait.
	 */
	public void interrupt() {
		signal("INT");
	}

	/**
	 * What to start.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		/** What starts fast: these applications live for seconds. */
		private static final List<String> FAST_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"-Xshare:auto");

		private final String mainClass;

		private String classPath = System.getProperty("java.class.path");

		private final List<String> launcher = new ArrayList<>();

		private final List<String> jvmOptions = new ArrayList<>();

		private final List<String> arguments = new ArrayList<>();

		private final Map<String, String> environment = new LinkedHashMap<>();

		private Builder(String mainClass) {
			this.mainClass = mainClass;
		}

		/**
		 * Sets the class path in place of this JVM's.
		 * @param entries directories and jar files
		 * @return this builder
		 */
		public Builder classPath(List<Path> entries) {
			this.classPath = entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
			return this;
		}

		/**
		 * Adds a system property.
		 * @param name the name
		 * @param value the value, by its {@code toString()}
		 * @return this builder
		 */
		public Builder systemProperty(String name, Object value) {
			this.jvmOptions.add("-D" + name + "=" + value);
			return this;
		}

		/**
		 * Adds options of the JVM.
		 * @param options such as {@code -Xmx64m}
		 * @return this builder
		 */
		public Builder jvmOptions(String... options) {
			this.jvmOptions.addAll(Arrays.asList(options));
			return this;
		}

		/**
		 * Sets what the JVM is started by.
		 * @param command such as {@code ip netns exec name}
		 * @return this builder
		 */
		public Builder launcher(String... command) {
			this.launcher.addAll(Arrays.asList(command));
			return this;
		}

		/**
		 * Adds arguments of the main method.
		 * @param args the arguments, by their {@code toString()}
		 * @return this builder
		 */
		public Builder args(Object... args) {
			Arrays.stream(args).map(Object::toString).forEach(this.arguments::add);
			return this;
		}

		/**
		 * Sets an environment variable, on top of this JVM's.
		 * @param name the name
		 * @param value the value
		 * @return this builder
		 */
		public Builder environment(String name, String value) {
			this.environment.put(name, value);
			return this;
		}

		/**
		 * Starts the JVM. Returns as soon as the process is there.
		 * @return the process, to be closed
		 */
		public ZmqAppProcess start() {
			List<String> command = new ArrayList<>(this.launcher);
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(FAST_START);
			command.addAll(this.jvmOptions);
			command.addAll(List.of("-cp", this.classPath, this.mainClass));
			command.addAll(this.arguments);
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
			builder.environment().putAll(this.environment);
			return new ZmqAppProcess(this.mainClass, builder);
		}

	}

}
