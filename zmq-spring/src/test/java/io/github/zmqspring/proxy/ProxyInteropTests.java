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

import java.time.Duration;
import java.util.List;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many messages through each kind of proxy with libzmq on both sides: none is lost, and
 * none overtakes another of its connection. {@code -Dzmqtest.messages=1000000} sends a
 * million.
 */
@NoLeaks
@RequiresPyzmq
class ProxyInteropTests {

	private static final int MESSAGES = Integer.getInteger("zmqtest.messages", 50_000);

	private static final Duration TIME = Duration.ofSeconds(60 + MESSAGES / 1000);

	/** Each message says who sent it and the how many-th of its sender it is. */
	private static final String CHECK = """
			last = {}
			def check(frames):
			    sender, number = frames[-2], int(frames[-1])
			    if last.get(sender, -1) >= number:
			        say("overtaken", sender, number, last.get(sender))
			    last[sender] = number
			""";

	@Test
	void aStreamerLosesAndReordersNothing() {
		String producer = """
				push = ctx.socket(zmq.PUSH)
				push.connect(sys.argv[1])
				me = sys.argv[3].encode()
				for i in range(int(sys.argv[2])):
				    push.send_multipart([me, b"%d" % i])
				say("sent")
				push.close(-1)
				""";
		// says what it got whenever nothing comes
		String worker = CHECK + """
				pull = ctx.socket(zmq.PULL)
				pull.connect(sys.argv[1])
				got = 0
				while True:
				    if pull.poll(500):
				        while True:
				            try:
				                check(pull.recv_multipart(zmq.DONTWAIT)); got += 1
				            except zmq.Again:
				                break
				    else:
				        say("total", got)
				""";
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("s", ZmqProxyType.STREAMER));
				PythonPeer one = PythonPeer.start(worker, fixture.endpoint("s.backend"));
				PythonPeer two = PythonPeer.start(worker, fixture.endpoint("s.backend"))) {
			awaitPeers(fixture, "s.backend", 2);
			try (PythonPeer first = PythonPeer.start(producer, fixture.endpoint("s.frontend"), MESSAGES / 2, "a");
					PythonPeer second = PythonPeer.start(producer, fixture.endpoint("s.frontend"), MESSAGES / 2, "b")) {
				first.awaitLine("sent", TIME);
				second.awaitLine("sent", TIME);
				await().atMost(TIME).untilAsserted(() -> assertThat(total(one) + total(two)).isEqualTo(MESSAGES));
			}
			assertThat(one.lines()).noneMatch((line) -> line.startsWith("overtaken"));
			assertThat(two.lines()).noneMatch((line) -> line.startsWith("overtaken"));
			await().until(() -> fixture.proxies.status("s").toBackend().forwarded() == MESSAGES);
		}
	}

	private static long total(PythonPeer peer) {
		List<String> lines = peer.lines();
		return lines.stream()
			.filter((line) -> line.startsWith("total "))
			.reduce((one, other) -> other)
			.map((line) -> Long.parseLong(line.substring(6)))
			.orElse(0L);
	}

	@Test
	void aForwarderLosesAndReordersNothing() {
		SocketOptions unbounded = SocketOptions.NONE.with(SocketOption.SEND_HWM, 0).with(SocketOption.RECEIVE_HWM, 0);
		String subscriber = CHECK + """
				sub = ctx.socket(zmq.SUB)
				sub.rcvhwm = 0
				sub.subscribe(b"topic")
				sub.connect(sys.argv[1])
				seen = set()
				got = 0
				total = int(sys.argv[2])
				while got < total:
				    frames = sub.recv_multipart()
				    if frames[0] == b"topic.hello":
				        if frames[1] not in seen:
				            say("subscribed", frames[1].decode())
				            seen.add(frames[1])
				    else:
				        check(frames); got += 1
				say("got", got)
				hear()
				""";
		String publisher = """
				pub = ctx.socket(zmq.PUB)
				pub.sndhwm = 0
				pub.connect(sys.argv[1])
				ready = threading.Event()
				threading.Thread(target=lambda: (hear(), ready.set()), daemon=True).start()
				while not ready.wait(0.02):
				    pub.send_multipart([b"topic.hello", sys.argv[3].encode(), b"0"])
				for i in range(int(sys.argv[2])):
				    pub.send_multipart([b"topic.data", sys.argv[3].encode(), b"%d" % i])
				say("sent")
				pub.close(-1)
				""";
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("f", ZmqProxyType.FORWARDER, unbounded));
				PythonPeer one = PythonPeer.start(subscriber, fixture.endpoint("f.backend"), MESSAGES);
				PythonPeer two = PythonPeer.start(subscriber, fixture.endpoint("f.backend"), MESSAGES);
				PythonPeer first = PythonPeer.start(publisher, fixture.endpoint("f.frontend"), MESSAGES / 2, "a");
				PythonPeer second = PythonPeer.start(publisher, fixture.endpoint("f.frontend"), MESSAGES / 2, "b")) {
			awaitPeers(fixture, "f.frontend", 2);
			// a publisher drops what has no subscriber yet
			for (PythonPeer peer : List.of(one, two)) {
				peer.awaitLine("subscribed a");
				peer.awaitLine("subscribed b");
			}
			first.tell("go");
			second.tell("go");
			one.awaitLine("got " + MESSAGES, TIME);
			two.awaitLine("got " + MESSAGES, TIME);
			assertThat(one.lines()).noneMatch((line) -> line.startsWith("overtaken"));
			assertThat(two.lines()).noneMatch((line) -> line.startsWith("overtaken"));
			one.tell("end");
			two.tell("end");
		}
	}

	@Test
	void aQueueLosesAndReordersNothing() {
		// a reply names its worker and the how many-th of its worker it is
		String worker = """
				dealer = ctx.socket(zmq.DEALER)
				dealer.connect(sys.argv[1])
				number = 0
				while True:
				    frames = dealer.recv_multipart()
				    dealer.send_multipart(frames[:1] + [frames[2], sys.argv[2].encode(), b"%d" % number])
				    number += 1
				""";
		String client = CHECK + """
				dealer = ctx.socket(zmq.DEALER)
				dealer.connect(sys.argv[1])
				total = int(sys.argv[2])
				sent = got = 0
				open = set()
				while got < total:
				    while sent < total and sent - got < 500:
				        dealer.send_multipart([b"", b"%d" % sent])
				        open.add(b"%d" % sent)
				        sent += 1
				    frames = dealer.recv_multipart()
				    open.remove(frames[0])
				    check(frames)
				    got += 1
				say("got", got, len(open))
				""";
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("q", ZmqProxyType.QUEUE));
				PythonPeer one = PythonPeer.start(worker, fixture.endpoint("q.backend"), "one");
				PythonPeer two = PythonPeer.start(worker, fixture.endpoint("q.backend"), "two")) {
			awaitPeers(fixture, "q.backend", 2);
			try (PythonPeer first = PythonPeer.start(client, fixture.endpoint("q.frontend"), MESSAGES / 2);
					PythonPeer second = PythonPeer.start(client, fixture.endpoint("q.frontend"), MESSAGES / 2)) {
				first.awaitLine("got " + MESSAGES / 2 + " 0", TIME);
				second.awaitLine("got " + MESSAGES / 2 + " 0", TIME);
				assertThat(first.lines()).noneMatch((line) -> line.startsWith("overtaken"));
				assertThat(second.lines()).noneMatch((line) -> line.startsWith("overtaken"));
			}
			assertThat(one.isAlive() && two.isAlive()).isTrue();
			await().untilAsserted(() -> {
				ZmqProxyStatus status = fixture.proxies.status("q");
				assertThat(status.toBackend().forwarded()).isEqualTo(MESSAGES);
				assertThat(status.toFrontend().forwarded()).isEqualTo(MESSAGES);
			});
		}
	}

	@Test
	void aLoadBalancerLosesNothing() {
		int messages = (MESSAGES > 50_000) ? MESSAGES : 10_000;
		String worker = """
				poller = zmq.Poller()
				for i in range(10):
				    dealer = ctx.socket(zmq.DEALER)
				    dealer.connect(sys.argv[1])
				    dealer.send_multipart([b"", b"READY"])
				    poller.register(dealer, zmq.POLLIN)
				while True:
				    for dealer, event in poller.poll():
				        empty, client, empty2, number = dealer.recv_multipart()
				        dealer.send_multipart([b"", client, b"", number])
				""";
		String client = """
				dealer = ctx.socket(zmq.DEALER)
				dealer.connect(sys.argv[1])
				total = int(sys.argv[2])
				sent = got = 0
				open = set()
				while got < total:
				    while sent < total and sent - got < 100:
				        dealer.send_multipart([b"", b"%d" % sent])
				        open.add(b"%d" % sent)
				        sent += 1
				    open.remove(dealer.recv_multipart()[1])
				    got += 1
				say("got", got, len(open))
				""";
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("lb", ZmqProxyType.LOAD_BALANCER));
				PythonPeer one = PythonPeer.start(worker, fixture.endpoint("lb.backend"));
				PythonPeer two = PythonPeer.start(worker, fixture.endpoint("lb.backend"))) {
			awaitPeers(fixture, "lb.backend", 20);
			try (PythonPeer first = PythonPeer.start(client, fixture.endpoint("lb.frontend"), messages / 2);
					PythonPeer second = PythonPeer.start(client, fixture.endpoint("lb.frontend"), messages / 2)) {
				first.awaitLine("got " + messages / 2 + " 0", TIME);
				second.awaitLine("got " + messages / 2 + " 0", TIME);
			}
			assertThat(one.isAlive() && two.isAlive()).isTrue();
			await().until(() -> fixture.proxies.status("lb").toFrontend().forwarded() == messages);
		}
	}

	private static void awaitPeers(ProxyFixture fixture, String socket, int peers) {
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(fixture.sockets.status(socket).peers()).isEqualTo(peers));
	}

}
