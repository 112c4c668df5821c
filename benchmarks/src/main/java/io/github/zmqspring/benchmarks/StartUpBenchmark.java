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

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;
import org.zeromq.SocketType;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * How much more processor time an application needs to start with the library and two
 * sockets, which other load on the machine distorts less than the time on the clock. Each
 * start has a JVM of its own. Here "raw" is an empty application.
 */
final class StartUpBenchmark implements Benchmark {

	@Override
	public void run(Settings settings, Report report) throws Exception {
		report.times("start-up, processor time",
				Comparison.measure(settings.reps(), new Start("empty"), new Start("library"))
					.difference((millis) -> millis * 1000.0),
				Bound.atMost(60_000));
	}

	/** Start one of the applications, print the processor time of the JVM, and end. */
	static void start(String which) {
		if ("library".equals(which)) {
			Library.with()
				.bind("in", SocketType.PULL)
				.connect("out", SocketType.PUSH, "tcp://127.0.0.1:9")
				.listeners(new ReceiveBenchmark.CountingListener())
				.start();
		}
		else {
			new SpringApplicationBuilder(Library.Application.class).web(WebApplicationType.NONE)
				.bannerMode(Banner.Mode.OFF)
				.properties("logging.level.root=warn",
						"spring.autoconfigure.exclude=io.github.zmqspring.autoconfigure.ZmqAutoConfiguration")
				.run();
		}
		System.out
			.println(((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e6);
		Runtime.getRuntime().halt(0);
	}

	/**
	 * Starts one of the applications.
	 *
	 * @param which its name
	 */
	private record Start(String which) implements Side<Double> {

		@Override
		public Double measure() throws IOException, InterruptedException {
			List<String> command = new ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName(), "start",
					this.which));
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			try {
				String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
				String[] lines = output.trim().split("\\R");
				return Double.parseDouble(lines[lines.length - 1]);
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
