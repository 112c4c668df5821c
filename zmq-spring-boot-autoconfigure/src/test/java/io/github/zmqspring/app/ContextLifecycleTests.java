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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.Ports;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for stop, start and close of the whole application.
 */
@NoLeaks
class ContextLifecycleTests {

	/** The common pool may have a single thread, and these wait for each other. */
	private static final Executor OWN_THREADS = (task) -> new Thread(task, "test").start();

	private static final List<String> PROPERTIES = Contexts.with(Contexts.pipes("in", "off"),
			"zmq.sockets.rpc.type=rep", "zmq.sockets.rpc.bind=tcp://127.0.0.1:*", "zmq.sockets.ask.type=req",
			"zmq.sockets.ask.connect=", "zmq.template.request-timeout=20s");

	@Test
	void closingWaitsForRunningHandlersAndTheirReplies() throws Exception {
		ConfigurableApplicationContext context = Contexts.start(Listeners.class, PROPERTIES);
		Listeners listeners = context.getBean(Listeners.class);
		String endpoint = context.getEnvironment().getRequiredProperty("local.zmq.rpc.endpoint");
		// a client of its own: requests of the application end with it
		CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> askFromOutside(endpoint), OWN_THREADS);
		assertThat(listeners.entered.await(20, TimeUnit.SECONDS)).isTrue();
		ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close, OWN_THREADS);
		// the registry reads no more: it waits for the handler now
		Awaitility.await()
			.until(() -> registry.status("rpc").state() != ListenerStatus.State.RUNNING || !registry.isRunning());
		assertThat(closed).isNotDone();
		listeners.release.countDown();
		assertThat(reply).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("slow!");
		assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
	}

	@Test
	void handlerThatDoesNotEndHoldsTheCloseUpForItsTimeOnly() throws Exception {
		ConfigurableApplicationContext context = Contexts.start(Listeners.class,
				Contexts.with(PROPERTIES, "spring.lifecycle.timeout-per-shutdown-phase=300ms"));
		Listeners listeners = context.getBean(Listeners.class);
		ask(context, "slow");
		assertThat(listeners.entered.await(20, TimeUnit.SECONDS)).isTrue();
		long start = System.nanoTime();
		context.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		listeners.release.countDown();
	}

	@Test
	void worksAgainAfterStopAndStart() throws Exception {
		try (ConfigurableApplicationContext context = Contexts.start(Listeners.class, PROPERTIES)) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			for (int round = 1; round <= 3; round++) {
				assertThat(ask(context, "round " + round)).succeedsWithin(Duration.ofSeconds(20))
					.isEqualTo("round " + round + "!");
				template.convertAndSend("to-in", "round " + round);
				assertThat(context.getBean(Contexts.Recorder.class).next("in")).isEqualTo("round " + round);
				assertThat(registry.status("off").state()).isEqualTo(ListenerStatus.State.STOPPED);
				int port = context.getEnvironment().getRequiredProperty("local.zmq.rpc.port", Integer.class);
				context.stop();
				Ports.awaitFree(port);
				assertThat(registry.status("in").state()).isEqualTo(ListenerStatus.State.STOPPED);
				assertThatExceptionOfType(ZmqSocketClosedException.class)
					.isThrownBy(() -> template.convertAndSend("to-in", "closed"))
					.satisfies((ex) -> assertThat(ex.getSocket()).isEqualTo("to-in"));
				context.start();
				assertThat(registry.status("in").state()).isEqualTo(ListenerStatus.State.RUNNING);
			}
			assertThat(context.getBean(Contexts.Recorder.class).isEmpty("off")).isTrue();
		}
	}

	@Test
	void closingWhileSendersAndRequestsAreUnderWayEndsThem() throws Exception {
		ConfigurableApplicationContext context = Contexts.start(Listeners.class,
				Contexts.with(PROPERTIES, "zmq.sockets.lonely.type=push", "zmq.sockets.lonely.bind=inproc://lonely",
						"zmq.template.send-timeout=2m"));
		ZmqTemplate template = context.getBean(ZmqTemplate.class);
		CompletableFuture<Void> blocked = CompletableFuture.runAsync(() -> template.convertAndSend("lonely", "x"),
				OWN_THREADS);
		CompletableFuture<Void> waiting = template.sendAsync("lonely", "y");
		CompletableFuture<String> request = template.requestAsync("ask", "nobody there", String.class);
		ZmqSockets sockets = context.getBean(ZmqSockets.class);
		Awaitility.await().until(() -> sockets.status("lonely").waitingSenders() == 2);
		context.close();
		for (CompletableFuture<?> ended : List.of(blocked, waiting, request)) {
			assertThat(ended).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.havingRootCause()
				.isInstanceOf(ZmqSocketClosedException.class);
		}
	}

	private static String askFromOutside(String endpoint) {
		try (ZContext zeromq = new ZContext(); ZMQ.Socket client = zeromq.createSocket(SocketType.REQ)) {
			client.setReceiveTimeOut(30_000);
			client.setHandshakeIvl(2000);
			client.connect(endpoint);
			client.send("slow");
			return client.recvStr();
		}
	}

	private static CompletableFuture<String> ask(ConfigurableApplicationContext context, String request)
			throws InterruptedException {
		ZmqSockets sockets = context.getBean(ZmqSockets.class);
		sockets.connect("ask", context.getEnvironment().getRequiredProperty("local.zmq.rpc.endpoint"));
		assertThat(sockets.awaitPeers("ask", 1, Duration.ofSeconds(20))).isTrue();
		return context.getBean(ZmqTemplate.class).requestAsync("ask", request, String.class);
	}

	static class Listeners {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		private final Contexts.Recorder recorder;

		Listeners(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@ZmqListener(id = "in", socket = "in")
		void in(String payload) {
			this.recorder.add("in", payload);
		}

		@ZmqListener(id = "off", socket = "off", autoStartup = "false")
		void off(String payload) {
			this.recorder.add("off", payload);
		}

		@ZmqListener(id = "rpc", socket = "rpc")
		String rpc(String request) throws InterruptedException {
			if (request.equals("slow")) {
				this.entered.countDown();
				assertThat(this.release.await(30, TimeUnit.SECONDS)).isTrue();
			}
			return request + "!";
		}

	}

}
