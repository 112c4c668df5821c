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

package io.github.zmqspring.guide;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRoutingId;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide's workers that ask for work: rtreq, lbbroker, and the Simple and Paranoid
 * Pirate queues (spqueue, ppqueue).
 */
@NoLeaks
@RequiresPyzmq
class LoadBalancingTests {

	/** The guide's broker, which knows exactly {@code [client][][request]}. */
	private static final String QUEUE = """
			frontend, backend = ctx.socket(zmq.ROUTER), ctx.socket(zmq.ROUTER)
			for socket in frontend, backend:
			    say("port", socket.bind_to_random_port("tcp://127.0.0.1"))
			workers, served, wanted = [], 0, int(sys.argv[1])
			poller = zmq.Poller()
			poller.register(backend, zmq.POLLIN)
			poller.register(frontend, zmq.POLLIN)
			while served < wanted:
			    ready = dict(poller.poll(20000)) if workers else {backend: zmq.POLLIN}
			    assert ready, "no worker and no client"
			    if backend in ready:
			        worker, empty, client, *rest = backend.recv_multipart()
			        assert empty == b"", empty
			        workers.append(worker)
			        if client != b"READY":
			            empty, reply = rest
			            assert empty == b"", empty
			            frontend.send_multipart([client, b"", reply])
			            served += 1
			    if frontend in ready and workers:
			        client, empty, request = frontend.recv_multipart()
			        backend.send_multipart([workers.pop(0), b"", client, b"", request])
			""";

	@Test
	void aRouterOfOursDealsWorkToReqWorkers() throws InterruptedException {
		try (UserApp app = UserApp.start(Boss.class, "boss.type=router", "boss.bind=ANY");
				PythonPeer workers = PythonPeer.start("""
						def work():
						    worker = ctx.socket(zmq.REQ)
						    worker.connect(sys.argv[1])
						    total = 0
						    while True:
						        worker.send(b"ready")
						        if worker.recv() == b"END":
						            break
						        total += 1
						    worker.close()
						    say("done", total)
						for i in range(3):
						    threading.Thread(target=work).start()
						""", app.endpoint("boss"))) {
			int total = 0;
			for (int i = 0; i < 3; i++) {
				total += Integer.parseInt(workers.awaitLine("done ").substring(5));
			}
			assertThat(total).isEqualTo(Boss.TASKS);
			UserApp.awaitEnd(workers);
		}
	}

	@Test
	void aReqOfOursWorksForARouter() {
		try (PythonPeer boss = PythonPeer.start("""
				boss = ctx.socket(zmq.ROUTER)
				say("port", boss.bind_to_random_port("tcp://127.0.0.1"))
				for workload in [b"work"] * 10 + [b"END"]:
				    address, empty, ready = boss.recv_multipart()
				    assert (empty, ready) == (b"", b"ready")
				    boss.send_multipart([address, b"", workload])
				""");
				UserApp app = UserApp.start(Nothing.class, "worker.type=req",
						"worker.connect=" + UserApp.endpoint(boss), "worker.options.req-correlate=false",
						"zmq.template.request-timeout=20s")) {
			int total = 0;
			while (!"END".equals(app.template.convertSendAndReceive("worker", "ready", String.class))) {
				total++;
			}
			assertThat(total).isEqualTo(10);
			UserApp.awaitEnd(boss);
		}
	}

	@Test
	void ourClientsAskThroughTheGuidesQueue() {
		try (PythonPeer queue = PythonPeer.start(QUEUE, 10)) {
			String frontend = UserApp.endpoint(queue);
			String backend = UserApp.endpoint(queue);
			try (PythonPeer worker = PythonPeer.start("""
					worker = ctx.socket(zmq.REQ)
					worker.connect(sys.argv[1])
					worker.send(b"READY")
					for i in range(10):
					    client, empty, request = worker.recv_multipart()
					    assert empty == b"", empty
					    worker.send_multipart([client, b"", request + b" World"])
					hear()
					""", backend);
					UserApp app = UserApp.start(Nothing.class, "client.type=req", "client.connect=" + frontend,
							"client.options.req-correlate=false", "zmq.template.request-timeout=20s")) {
				for (int i = 0; i < 10; i++) {
					assertThat(app.template.convertSendAndReceive("client", "Hello", String.class))
						.isEqualTo("Hello World");
				}
				UserApp.awaitEnd(queue);
				worker.tell("done");
			}
		}
	}

	@Test
	void ourWorkerServesTheGuidesQueue() {
		try (PythonPeer queue = PythonPeer.start(QUEUE, 10)) {
			String frontend = UserApp.endpoint(queue);
			String backend = UserApp.endpoint(queue);
			try (PythonPeer client = PythonPeer.start("""
					client = ctx.socket(zmq.REQ)
					client.connect(sys.argv[1])
					for i in range(10):
					    client.send(b"Hello")
					    assert client.recv() == b"Hello World"
					""", frontend);
					UserApp app = UserApp.start(Worker.class, "worker.type=dealer", "worker.connect=" + backend)) {
				UserApp.awaitEnd(client);
				UserApp.awaitEnd(queue);
			}
		}
	}

	@Test
	void ourQueueServesTheGuidesClientsAndWorkers() throws InterruptedException {
		try (UserApp app = UserApp.start(Nothing.class, "zmq.proxies.queue.type=load-balancer",
				"zmq.proxies.queue.frontend.bind=tcp://127.0.0.1:*",
				"zmq.proxies.queue.backend.bind=tcp://127.0.0.1:*"); PythonPeer workers = PythonPeer.start("""
						def work():
						    worker = ctx.socket(zmq.REQ)
						    worker.connect(sys.argv[1])
						    worker.send(b"READY")
						    while True:
						        client, empty, request = worker.recv_multipart()
						        assert empty == b"", empty
						        worker.send_multipart([client, b"", request + b" World"])
						for i in range(3):
						    threading.Thread(target=work, daemon=True).start()
						hear()
						""", app.endpoint("queue.backend")); PythonPeer clients = PythonPeer.start("""
						def ask():
						    client = ctx.socket(zmq.REQ)
						    client.connect(sys.argv[1])
						    for i in range(10):
						        client.send(b"Hello")
						        assert client.recv() == b"Hello World"
						    client.close()
						    say("served")
						for i in range(5):
						    threading.Thread(target=ask).start()
						""", app.endpoint("queue.frontend"))) {
			for (int i = 0; i < 5; i++) {
				clients.awaitLine("served");
			}
			UserApp.awaitEnd(clients);
			workers.tell("done");
		}
	}

	@Test
	void ourParanoidPirateAnswersAndSendsHeartbeats() {
		try (PythonPeer queue = PythonPeer.start("""
				backend = ctx.socket(zmq.ROUTER)
				say("port", backend.bind_to_random_port("tcp://127.0.0.1"))
				worker, ready = backend.recv_multipart()
				assert ready == b"\\x01"
				heartbeats = 0
				while heartbeats < 2:
				    assert backend.recv_multipart() == [worker, b"\\x02"]
				    heartbeats += 1
				    backend.send_multipart([worker, b"\\x02"])
				backend.send_multipart([worker, b"client", b"", b"request"])
				answer = backend.recv_multipart()
				while answer == [worker, b"\\x02"]:
				    answer = backend.recv_multipart()
				assert answer == [worker, b"client", b"", b"request"], answer
				""");
				UserApp app = UserApp.start(Pirate.class, "worker.type=dealer", "worker.return-path=none",
						"worker.connect=" + UserApp.endpoint(queue))) {
			UserApp.awaitEnd(queue);
			assertThat(app.bean(Pirate.class).heartbeats).hasPositiveValue();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Boss {

		static final int TASKS = 30;

		private int dealt;

		@ZmqListener("boss")
		String ready(@ZmqRoutingId byte[] worker, String request) {
			assertThat(request).isEqualTo("ready");
			return (this.dealt++ < TASKS) ? "This is the workload" : "END";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Worker {

		private final ZmqTemplate template;

		Worker(ZmqTemplate template) {
			this.template = template;
		}

		@EventListener(ApplicationReadyEvent.class)
		void ready() {
			this.template.sendFrames("worker", "", "READY");
		}

		@ZmqListener("worker")
		ZmqMessage work(@ZmqFrame(0) byte[] client, @ZmqFrame(1) byte[] empty, @ZmqFrame(2) String request) {
			assertThat(empty).isEmpty();
			return ZmqMessage.of(client, "", request + " World");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Pirate {

		final AtomicInteger heartbeats = new AtomicInteger();

		private final ZmqTemplate template;

		Pirate(ZmqTemplate template) {
			this.template = template;
		}

		@EventListener(ApplicationReadyEvent.class)
		void ready() {
			this.template.convertAndSend("worker", "\1");
		}

		@ZmqListener(socket = "worker", timeout = "100ms")
		@Nullable Object work(@Nullable ZmqMessage message) {
			if (message == null) {
				return "\2";
			}
			if (message.size() == 1) {
				this.heartbeats.incrementAndGet();
				return null;
			}
			return message;
		}

	}

}
