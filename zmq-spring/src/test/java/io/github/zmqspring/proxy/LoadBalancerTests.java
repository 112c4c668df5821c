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

package io.github.zmqspring.proxy;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The guide's least-recently-used queue.
 */
@NoLeaks
class LoadBalancerTests {

	@Test
	void requestsGoToTheWorkerThatWaitedLongest() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("lb", ZmqProxyType.LOAD_BALANCER))) {
			ZmqSocket client = client(fixture);
			ZmqSocket first = worker(fixture, "first");
			first.send(ProxyFixture.frames("", "READY"), ProxyFixture.TIMEOUT.toNanos());
			awaitReady(fixture, 1);
			ZmqSocket second = worker(fixture, "second");
			second.send(ProxyFixture.frames("", "READY"), ProxyFixture.TIMEOUT.toNanos());
			awaitReady(fixture, 2);
			client.send(ProxyFixture.frames("", "1"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(first)).containsExactly("", "client", "", "1");
			client.send(ProxyFixture.frames("", "2"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(second)).containsExactly("", "client", "", "2");
			second.send(ProxyFixture.frames("", "client", "", "reply 2"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(client)).containsExactly("", "reply 2");
			client.send(ProxyFixture.frames("", "3"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(second)).containsExactly("", "client", "", "3");
		}
	}

	@Test
	void requestsWaitAtTheFrontendWhileNoWorkerIsFree() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("lb", ZmqProxyType.LOAD_BALANCER))) {
			ZmqSocket client = client(fixture);
			for (int i = 0; i < 10; i++) {
				client.send(ProxyFixture.frames("", i), ProxyFixture.TIMEOUT.toNanos());
			}
			ZmqSocket worker = worker(fixture, "worker");
			assertThat(worker.receive(200_000_000)).isNull();
			assertThat(fixture.proxies.status("lb").toBackend().received()).isZero();
			worker.send(ProxyFixture.frames("", "READY"), ProxyFixture.TIMEOUT.toNanos());
			for (int i = 0; i < 10; i++) {
				assertThat(ProxyFixture.receive(worker)).containsExactly("", "client", "", Integer.toString(i));
				worker.send(ProxyFixture.frames("", "client", "", "done"), ProxyFixture.TIMEOUT.toNanos());
				assertThat(ProxyFixture.receive(client)).containsExactly("", "done");
			}
		}
	}

	@Test
	void aWorkerThatSaysTwiceThatItIsReadyTakesOneRequest() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("lb", ZmqProxyType.LOAD_BALANCER))) {
			ZmqSocket client = client(fixture);
			ZmqSocket first = worker(fixture, "first");
			first.send(ProxyFixture.frames("", "READY"), ProxyFixture.TIMEOUT.toNanos());
			awaitReady(fixture, 1);
			ZmqSocket second = worker(fixture, "second");
			second.send(ProxyFixture.frames("", "READY"), ProxyFixture.TIMEOUT.toNanos());
			awaitReady(fixture, 2);
			first.send(ProxyFixture.frames("", "READY"), ProxyFixture.TIMEOUT.toNanos());
			await().untilAsserted(() -> assertThat(fixture.proxies.status("lb").toFrontend().consumed()).isEqualTo(3));
			assertThat(fixture.proxies.status("lb").readyWorkers()).isEqualTo(2);
			// it has gone to the end of the queue
			client.send(ProxyFixture.frames("", "1"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(second)).containsExactly("", "client", "", "1");
			client.send(ProxyFixture.frames("", "2"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(first)).containsExactly("", "client", "", "2");
			awaitReady(fixture, 0);
		}
	}

	@Test
	void whatNoWorkerShouldSendIsCountedAndMakesNoWorkerReady() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("lb", ZmqProxyType.LOAD_BALANCER))) {
			ZmqSocket worker = worker(fixture, "worker");
			worker.send(ProxyFixture.frames("no delimiter", "client", "", "reply"), ProxyFixture.TIMEOUT.toNanos());
			worker.send(ProxyFixture.frames("READY"), ProxyFixture.TIMEOUT.toNanos());
			await().untilAsserted(
					() -> assertThat(fixture.proxies.status("lb").toFrontend().undeliverable()).isEqualTo(2));
			assertThat(fixture.proxies.status("lb").readyWorkers()).isZero();
			assertThat(fixture.proxies.status("lb").lastError()).contains("READY");
		}
	}

	@Test
	void readyWorkersAreForgottenOverAStop() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("lb", ZmqProxyType.LOAD_BALANCER))) {
			ZmqSocket worker = worker(fixture, "worker");
			worker.send(ProxyFixture.frames("", "READY"), ProxyFixture.TIMEOUT.toNanos());
			awaitReady(fixture, 1);
			fixture.proxies.stop("lb");
			assertThat(fixture.proxies.status("lb").readyWorkers()).isZero();
			fixture.proxies.start("lb");
			assertThat(fixture.proxies.status("lb").readyWorkers()).isZero();
		}
	}

	@Test
	void theRequestOfAWorkerThatIsGoneGoesToTheNext() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("lb", ZmqProxyType.LOAD_BALANCER))) {
			ZmqSocket client = client(fixture);
			ZmqSocket gone = worker(fixture, "gone");
			gone.send(ProxyFixture.frames("", "READY"), ProxyFixture.TIMEOUT.toNanos());
			awaitReady(fixture, 1);
			fixture.sockets.remove(gone.definition().name());
			await().untilAsserted(() -> assertThat(fixture.sockets.status("lb.backend").peers()).isZero());
			ZmqSocket worker = worker(fixture, "worker");
			worker.send(ProxyFixture.frames("", "READY"), ProxyFixture.TIMEOUT.toNanos());
			awaitReady(fixture, 2);
			client.send(ProxyFixture.frames("", "request"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("", "client", "", "request");
			assertThat(fixture.proxies.status("lb").toBackend().undeliverable()).isZero();
		}
	}

	@Test
	void aWorkerThatSpeaksAnotherProtocolIsCountedAndGetsNothing() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("lb", ZmqProxyType.LOAD_BALANCER))) {
			ZmqSocket worker = worker(fixture, "worker");
			worker.send(ProxyFixture.frames("READY"), ProxyFixture.TIMEOUT.toNanos());
			await().untilAsserted(() -> assertThat(fixture.proxies.status("lb").toFrontend().undeliverable()).isOne());
			assertThat(fixture.proxies.status("lb").readyWorkers()).isZero();
			assertThat(fixture.proxies.status("lb").lastError()).contains("READY");
		}
	}

	@Test
	@RequiresPyzmq
	void clientsAndWorkersInTheMannerOfTheGuideAreServed() {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("lb", ZmqProxyType.LOAD_BALANCER));
				PythonPeer workers = PythonPeer.start("""
						def worker(ident):
						    socket = ctx.socket(zmq.REQ)
						    socket.identity = f"Worker-{ident}".encode("ascii")
						    socket.connect(sys.argv[1])
						    socket.send(b"READY")
						    while True:
						        address, empty, request = socket.recv_multipart()
						        socket.send_multipart([address, b"", b"OK " + request])
						for i in range(3):
						    threading.Thread(target=worker, args=(i,), daemon=True).start()
						hear()
						os._exit(0)
						""", fixture.endpoint("lb.backend"));
				PythonPeer clients = PythonPeer.start("""
						def client(ident):
						    socket = ctx.socket(zmq.REQ)
						    socket.identity = f"Client-{ident}".encode("ascii")
						    socket.connect(sys.argv[1])
						    for i in range(100):
						        socket.send(b"HELLO %d" % i)
						        assert socket.recv() == b"OK HELLO %d" % i
						    say("client", ident, "done")
						threads = [threading.Thread(target=client, args=(i,)) for i in range(10)]
						[t.start() for t in threads]
						[t.join() for t in threads]
						say("all done")
						""", fixture.endpoint("lb.frontend"))) {
			clients.awaitLine("all done");
			await().untilAsserted(() -> {
				ZmqProxyStatus status = fixture.proxies.status("lb");
				assertThat(status.toBackend().forwarded()).isEqualTo(1000);
				assertThat(status.toFrontend().forwarded()).isEqualTo(1000);
				assertThat(status.readyWorkers()).isEqualTo(3);
			});
			workers.tell("end");
		}
	}

	private static ZmqSocket client(ProxyFixture fixture) throws InterruptedException {
		return fixture.peer(SocketType.DEALER, "lb.frontend",
				SocketOptions.NONE.with(SocketOption.ROUTING_ID, "client"));
	}

	private static ZmqSocket worker(ProxyFixture fixture, String id) throws InterruptedException {
		return fixture.peer(SocketType.DEALER, "lb.backend", SocketOptions.NONE.with(SocketOption.ROUTING_ID, id));
	}

	private static void awaitReady(ProxyFixture fixture, int workers) {
		await().untilAsserted(() -> assertThat(fixture.proxies.status("lb").readyWorkers()).isEqualTo(workers));
	}

}
