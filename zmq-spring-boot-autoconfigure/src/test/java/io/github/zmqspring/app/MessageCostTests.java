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
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.ThreadMXBean;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one message of 256 bytes costs, in what can be counted and does not depend on the
 * load of the machine: bytes allocated by all threads, and reads and writes of sockets
 * and signals. The bounds hold for code that the compiler has not optimized; optimized
 * code only allocates less. It is counted in a JVM of its own: mocks of other tests
 * change the classes that they mock for all, and each of their calls allocates then.
 */
@NoLeaks
class MessageCostTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final Path IO = Path.of("/proc/self/io");

	private static final int ROUNDS = 6;

	private static final int MESSAGES = 100;

	/** One array of a message's size. */
	private static final int COPY = 256 + 16;

	/** 985 with the copies. */
	private static final int OBJECTS_OF_A_MESSAGE = 500;

	/** 6,500 with the copies: seven frames each way, and each thread is woken for it. */
	private static final int OBJECTS_OF_A_REQUEST = 5800;

	/** 5,400 with the copies. */
	private static final int OBJECTS_OF_A_PROXY = 5200;

	private static final Map<String, Double> COUNTED = new LinkedHashMap<>();

	@BeforeAll
	static void count() throws Exception {
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				Counting.class.getName())
			.redirectErrorStream(true)
			.start();
		try {
			List<String> lines = process.inputReader().lines().toList();
			assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
			lines.stream()
				.map((line) -> line.split("="))
				.filter((parts) -> parts.length == 2 && parts[0].startsWith(Counting.PREFIX))
				.forEach((parts) -> COUNTED.put(parts[0].substring(Counting.PREFIX.length()),
						Double.parseDouble(parts[1])));
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void aMessageSentAndHandledAllocatesLittleBesidesItsTwoCopies() {
		assertThat(COUNTED.get("send")).isLessThan(2 * COPY + OBJECTS_OF_A_MESSAGE);
	}

	@Test
	void aRequestAndItsReplyAllocateLittleBesidesTheirFourCopies() {
		assertThat(COUNTED.get("request")).isLessThan(4 * COPY + OBJECTS_OF_A_REQUEST);
	}

	@Test
	void aProxyCopiesEachMessageOnce() {
		assertThat(COUNTED.get("proxy")).isLessThan(6 * COPY + OBJECTS_OF_A_REQUEST + OBJECTS_OF_A_PROXY);
	}

	@Test
	void metersAllocateNothingForAMessage() {
		assertThat(COUNTED.get("metered send")).isLessThan(2 * COPY + OBJECTS_OF_A_MESSAGE);
		assertThat(COUNTED.get("metered request")).isLessThan(4 * COPY + OBJECTS_OF_A_REQUEST);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aMessageThatComesAloneTakesThreeReadsAndThreeWrites() {
		// to the I/O thread, to the network, to the lane
		assertThat(COUNTED.get("calls of a send")).isBetween(3.0, 6.6);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aRequestTakesTwiceAsManyAsAMessage() {
		assertThat(COUNTED.get("calls of a request")).isBetween(6.0, 13.5);
	}

	private static double callsOfSend(ConfigurableApplicationContext app) {
		Methods methods = app.getBean(Methods.class);
		ZmqTemplate template = app.getBean(ZmqTemplate.class);
		return least(() -> calls(), () -> {
			int before = methods.handled.get();
			template.convertAndSend("out", new byte[256]);
			await(methods, before + 1);
		});
	}

	private static double callsOfRequest(ConfigurableApplicationContext app) {
		ZmqTemplate template = app.getBean(ZmqTemplate.class);
		return least(() -> calls(), () -> template.convertSendAndReceive("ask", new byte[256], byte[].class));
	}

	private static double leastOfSend(ConfigurableApplicationContext app) {
		Methods methods = app.getBean(Methods.class);
		ZmqTemplate template = app.getBean(ZmqTemplate.class);
		byte[] message = new byte[256];
		return least(() -> allocated(), () -> {
			int before = methods.handled.get();
			for (int i = 0; i < 10; i++) {
				template.convertAndSend("out", message);
			}
			await(methods, before + 10);
		}) / 10;
	}

	private static double leastOfRequest(ConfigurableApplicationContext app, String socket) {
		ZmqTemplate template = app.getBean(ZmqTemplate.class);
		byte[] message = new byte[256];
		return least(() -> allocated(), () -> template.convertSendAndReceive(socket, message, byte[].class));
	}

	private static void await(Methods methods, int count) {
		while (methods.handled.get() < count) {
			LockSupport.parkNanos(20_000);
		}
	}

	/** The least of several rounds: other threads only add. */
	private static double least(Count counter, Runnable message) {
		double least = Double.MAX_VALUE;
		for (int round = 0; round < ROUNDS; round++) {
			long before = counter.get();
			for (int i = 0; i < MESSAGES; i++) {
				message.run();
			}
			least = Math.min(least, (counter.get() - before) / (double) MESSAGES);
		}
		return least;
	}

	private static long allocated() {
		long sum = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			sum += Math.max(bytes, 0);
		}
		return sum;
	}

	private static long calls() {
		try {
			return Files.readAllLines(IO)
				.stream()
				.filter((line) -> line.startsWith("sysc"))
				.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
				.sum();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ConfigurableApplicationContext app(Class<?>... configurations) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("spring.main.log-startup-info", "false");
		String tcp = "tcp://127.0.0.1:*";
		properties.put("zmq.proxies.broker.type", "queue");
		properties.put("zmq.proxies.broker.frontend.bind", tcp);
		properties.put("zmq.proxies.broker.backend.bind", tcp);
		properties.put("zmq.sockets.in.type", "pull");
		properties.put("zmq.sockets.in.bind", tcp);
		properties.put("zmq.sockets.rep.type", "rep");
		properties.put("zmq.sockets.rep.bind", tcp);
		properties.put("zmq.sockets.out.type", "push");
		properties.put("zmq.sockets.out.connect", "");
		properties.put("zmq.sockets.ask.type", "req");
		properties.put("zmq.sockets.ask.connect", "");
		properties.put("zmq.sockets.ask-proxy.type", "req");
		properties.put("zmq.sockets.ask-proxy.connect", "");
		properties.put("zmq.sockets.work.type", "rep");
		properties.put("zmq.sockets.work.connect", "");
		ConfigurableApplicationContext app = new SpringApplicationBuilder(configurations).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties(properties)
			.run();
		ZmqSockets sockets = app.getBean(ZmqSockets.class);
		connect(sockets, "out", "in");
		connect(sockets, "ask", "rep");
		connect(sockets, "ask-proxy", "broker.frontend");
		connect(sockets, "work", "broker.backend");
		// threads that begin with the first request stay until the end
		ZmqTemplate template = app.getBean(ZmqTemplate.class);
		template.convertSendAndReceive("ask", new byte[1], byte[].class);
		template.convertSendAndReceive("ask-proxy", new byte[1], byte[].class);
		return app;
	}

	private static void connect(ZmqSockets sockets, String socket, String bound) {
		sockets.connect(socket, sockets.status(bound).bound().get(0));
	}

	/** Counts, and prints what it counted. */
	static final class Counting {

		static final String PREFIX = "counted ";

		private Counting() {
		}

		public static void main(String[] arguments) {
			try (ConfigurableApplicationContext plain = app(Application.class);
					ConfigurableApplicationContext metered = app(Application.class, Meters.class)) {
				MeterRegistry registry = metered.getBean(MeterRegistry.class);
				metered.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
				assertThat(registry.getMeters()).anyMatch((meter) -> meter.getId().getName().startsWith("zmq."));
				print("proxy", leastOfRequest(plain, "ask-proxy"));
				print("request", leastOfRequest(plain, "ask"));
				print("send", leastOfSend(plain));
				print("metered send", leastOfSend(metered));
				print("metered request", leastOfRequest(metered, "ask"));
				if (Files.exists(IO)) {
					print("calls of a send", callsOfSend(plain));
					print("calls of a request", callsOfRequest(plain));
				}
			}
			Runtime.getRuntime().halt(0);
		}

		private static void print(String what, double count) {
			System.out.println(PREFIX + what + "=" + count);
		}

	}

	private interface Count {

		long get();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Methods methods() {
			return new Methods();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Meters {

		@Bean
		SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

	static class Methods {

		final AtomicInteger handled = new AtomicInteger();

		@ZmqListener("in")
		void in(byte[] message) {
			this.handled.incrementAndGet();
		}

		@ZmqListener("rep")
		byte[] rep(byte[] message) {
			return message;
		}

		@ZmqListener("work")
		byte[] work(byte[] message) {
			return message;
		}

	}

}
