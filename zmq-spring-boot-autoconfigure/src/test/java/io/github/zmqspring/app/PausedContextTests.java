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

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyStatus;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that are paused and go on, as test contexts that wait in the
 * cache do, and for sockets that connect to others by name.
 */
@NoLeaks
@Timeout(120)
class PausedContextTests {

	private static final List<String> PROPERTIES = List.of("zmq.sockets.in.type=pull",
			"zmq.sockets.in.bind=tcp://127.0.0.1:*,tcp://127.0.0.1:*", "zmq.sockets.out.type=push",
			"zmq.sockets.out.connect=socket:in", "zmq.sockets.ticks.type=sub", "zmq.sockets.ticks.connect=socket:news",
			"zmq.sockets.ticks.topics=a,b", "zmq.sockets.news.type=pub", "zmq.sockets.news.bind=tcp://127.0.0.1:*",
			"zmq.sockets.stopped.type=push", "zmq.sockets.stopped.bind=tcp://127.0.0.1:*",
			"zmq.sockets.manual.type=push", "zmq.sockets.manual.bind=tcp://127.0.0.1:*",
			"zmq.sockets.manual.auto-startup=false", "zmq.sockets.asking.type=req",
			"zmq.sockets.asking.connect=socket:orders.frontend", "zmq.proxies.orders.type=queue",
			"zmq.proxies.orders.frontend.bind=tcp://127.0.0.1:*", "zmq.proxies.orders.backend.connect=socket:workers",
			"zmq.sockets.workers.type=rep", "zmq.sockets.workers.bind=tcp://127.0.0.1:*");

	@Test
	void whatWasDoneAtRunTimeIsAsBeforeThePause() throws Exception {
		try (ConfigurableApplicationContext context = Contexts.start(Listeners.class, PROPERTIES)) {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			ZmqListenerRegistry listeners = context.getBean(ZmqListenerRegistry.class);
			ZmqProxies proxies = context.getBean(ZmqProxies.class);
			Contexts.Recorder recorder = context.getBean(Contexts.Recorder.class);
			String bound = sockets.bind("in", "tcp://127.0.0.1:*");
			sockets.bind("in", "inproc://paused");
			sockets.connect("out", "inproc://paused");
			sockets.subscribe("ticks", "c");
			sockets.unsubscribe("ticks", "b");
			sockets.stop("stopped");
			sockets.start("manual");
			listeners.pause("in");
			listeners.stop("ticks");
			proxies.pause("orders");
			List<String> before = sockets.names().stream().map((name) -> state(sockets, name)).toList();
			for (int i = 0; i < 2; i++) {
				context.pause();
				assertThat(sockets.status("in").bound()).isEmpty();
				assertThat(listeners.status("in").state()).isEqualTo(ListenerStatus.State.STOPPED);
				context.restart();
				assertThat(sockets.names().stream().map((name) -> state(sockets, name))).isEqualTo(before);
				assertThat(sockets.status("in").bound()).hasSize(4).contains(bound);
				assertThat(listeners.status("in").state()).isEqualTo(ListenerStatus.State.PAUSED);
				assertThat(listeners.status("ticks").state()).isEqualTo(ListenerStatus.State.STOPPED);
				assertThat(listeners.status("workers").state()).isEqualTo(ListenerStatus.State.RUNNING);
				assertThat(proxies.status("orders").state()).isEqualTo(ZmqProxyStatus.State.PAUSED);
			}
			context.getBean(ZmqTemplate.class).convertAndSend("out", "x");
			listeners.resume("in");
			assertThat(recorder.next("in")).isEqualTo("x");
			proxies.resume("orders");
			assertThat(context.getBean(ZmqTemplate.class).convertSendAndReceive("asking", "y", String.class))
				.isEqualTo("answer to y");
		}
	}

	@Test
	void aStopForgetsWhatWasDoneAtRunTime() {
		try (ConfigurableApplicationContext context = Contexts.start(Listeners.class, PROPERTIES)) {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			ZmqListenerRegistry listeners = context.getBean(ZmqListenerRegistry.class);
			ZmqProxies proxies = context.getBean(ZmqProxies.class);
			sockets.bind("in", "tcp://127.0.0.1:*");
			sockets.subscribe("ticks", "c");
			sockets.stop("stopped");
			sockets.start("manual");
			listeners.pause("in");
			proxies.pause("orders");
			context.stop();
			context.start();
			assertThat(sockets.status("in").bound()).hasSize(2);
			assertThat(sockets.details("ticks").topics()).containsExactly("a", "b");
			assertThat(sockets.status("stopped").bound()).hasSize(1);
			assertThat(sockets.status("manual").bound()).isEmpty();
			assertThat(listeners.status("in").state()).isEqualTo(ListenerStatus.State.RUNNING);
			assertThat(proxies.status("orders").state()).isEqualTo(ZmqProxyStatus.State.RUNNING);
		}
	}

	@Test
	void aPortThatWasTakenMeanwhileIsReplaced() throws Exception {
		try (ConfigurableApplicationContext context = Contexts.start(Listeners.class, PROPERTIES)) {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			String bound = sockets.status("news").bound().get(0);
			context.pause();
			try (ServerSocket taken = bind(Integer.parseInt(bound.substring(bound.lastIndexOf(':') + 1)))) {
				context.restart();
				assertThat(sockets.status("news").bound()).hasSize(1).doesNotContain(bound);
				assertThat(taken.isBound()).isTrue();
			}
			assertThat(sockets.awaitSubscribers("news", "a", 1, Duration.ofSeconds(20))).isTrue();
		}
	}

	/** JeroMQ lets go of a port some time after its socket was closed. */
	private static ServerSocket bind(int port) {
		return Awaitility.await()
			.ignoreExceptions()
			.until(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()), (socket) -> true);
	}

	private static String state(ZmqSockets sockets, String name) {
		return name + sockets.status(name).bound() + sockets.status(name).connected() + sockets.details(name).topics();
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final Contexts.Recorder recorder;

		Listeners(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@ZmqListener(id = "in", socket = "in")
		void in(String text) {
			this.recorder.add("in", text);
		}

		@ZmqListener(id = "ticks", socket = "ticks")
		void tick(String text) {
		}

		@ZmqListener(id = "workers", socket = "workers")
		String answer(String question) {
			return "answer to " + question;
		}

	}

}
