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
 * Proxies in the place of the brokers of the ZeroMQ guide, with peers in its manner.
 */
@NoLeaks
@RequiresPyzmq
class GuideBrokerTests {

	@Test
	void rrbrokerServesReqClientsByRepWorkers() {
		String worker = """
				rep = ctx.socket(zmq.REP)
				rep.connect(sys.argv[1])
				while True:
				    message = rep.recv_multipart()
				    rep.send_multipart([b"World"] + message)
				""";
		String client = """
				req = ctx.socket(zmq.REQ)
				req.connect(sys.argv[1])
				for request in range(200):
				    req.send_multipart([b"Hello", b"%d" % request, b""])
				    assert req.recv_multipart() == [b"World", b"Hello", b"%d" % request, b""]
				say("served")
				""";
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("q", ZmqProxyType.QUEUE));
				PythonPeer first = PythonPeer.start(worker, fixture.endpoint("q.backend"));
				PythonPeer second = PythonPeer.start(worker, fixture.endpoint("q.backend"));
				PythonPeer one = PythonPeer.start(client, fixture.endpoint("q.frontend"));
				PythonPeer other = PythonPeer.start(client, fixture.endpoint("q.frontend"))) {
			one.awaitLine("served");
			other.awaitLine("served");
			assertThat(first.isAlive() && second.isAlive()).isTrue();
		}
	}

	@Test
	void wuproxyRepublishesWhatItSubscribesTo() {
		ZmqProxyDefinition bridge = ProxyFixture.proxy("wu", ZmqProxyType.CUSTOM, SocketType.SUB, SocketType.PUB,
				SocketOptions.NONE);
		try (ProxyFixture fixture = new ProxyFixture(bridge); PythonPeer client = PythonPeer.start("""
				sub = ctx.socket(zmq.SUB)
				sub.subscribe("10001")
				sub.connect(sys.argv[1])
				for i in range(5):
				    say(sub.recv_string())
				""", fixture.endpoint("wu.backend")); PythonPeer server = PythonPeer.start("""
				pub = ctx.socket(zmq.PUB)
				pub.connect(sys.argv[1])
				while True:
				    for code in range(10000, 10010):
				        pub.send_string(f"{code} 80 30")
				    time.sleep(0.01)
				""", fixture.endpoint("wu.frontend"))) {
			assertThat(client.awaitExit()).isZero();
			assertThat(client.lines()).containsOnly("10001 80 30").hasSize(5);
			assertThat(server.isAlive()).isTrue();
		}
	}

	@Test
	void lvcacheTellsTheLateSubscriberWhatIsNewest() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(
				ProxyFixture.with(ProxyFixture.proxy("lvc", ZmqProxyType.FORWARDER), null, 10_000, null));
				PythonPeer publisher = PythonPeer.start("""
						pub = ctx.socket(zmq.XPUB)
						pub.sndhwm = 0
						pub.connect(sys.argv[1])
						assert pub.recv() == b"\\x01"
						for topic in range(3000):
						    pub.send_multipart([b"%04d" % topic, b"Save Roger"])
						hear()
						""", fixture.endpoint("lvc.frontend"))) {
			await().atMost(ProxyFixture.TIMEOUT).until(() -> fixture.proxies.status("lvc").cachedTopics() == 3000);
			try (PythonPeer subscriber = PythonPeer.start("""
					sub = ctx.socket(zmq.SUB)
					sub.subscribe(b"0777")
					sub.connect(sys.argv[1])
					topic, data = sub.recv_multipart()
					assert topic == b"0777"
					say(data.decode())
					""", fixture.endpoint("lvc.backend"))) {
				assertThat(subscriber.awaitExit()).isZero();
				assertThat(subscriber.lines()).containsExactly("Save Roger");
			}
			// all of them at once are more than the default high-water mark
			ZmqSocket all = fixture.peer(SocketType.SUB, "lvc.backend", SocketOptions.NONE, "");
			for (int topic = 0; topic < 3000; topic++) {
				assertThat(ProxyFixture.receive(all)).containsExactly("%04d".formatted(topic), "Save Roger");
			}
			publisher.tell("end");
		}
	}

}
