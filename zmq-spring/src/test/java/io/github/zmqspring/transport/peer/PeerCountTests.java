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

package io.github.zmqspring.transport.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.transport.RawPeer;
import io.github.zmqspring.transport.TestSockets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * How many peers are connected, whatever became of them.
 */
@NoLeaks
@Timeout(60)
class PeerCountTests {

	private static final String DEALER = """
			dealer = ctx.socket(zmq.DEALER)
			dealer.connect(sys.argv[1])
			say("ready")
			hear()
			""";

	@Test
	void connectsAndDisconnectsAreCounted() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
			String endpoint = sockets.endpoint("router");
			for (int i = 1; i <= 3; i++) {
				sockets.connect("dealer-" + i, SocketType.DEALER, endpoint);
				sockets.awaitPeers("router", i);
				sockets.awaitPeers("dealer-" + i, 1);
			}
			sockets.registry.remove("dealer-1");
			sockets.awaitPeers("router", 2);
			sockets.registry.disconnect("dealer-2", endpoint);
			sockets.awaitPeers("router", 1);
			sockets.awaitPeers("dealer-2", 0);
			sockets.registry.stop("router");
			assertThat(sockets.registry.status("router").peers()).isZero();
			sockets.awaitPeers("dealer-3", 0);
			sockets.registry.start("router");
			assertThat(sockets.registry.status("router").bound()).doesNotContain(endpoint);
		}
	}

	@Test
	void eachEndpointHasItsOwnPeersAndLosesThemWhenUnbound() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.create("router", SocketType.ROUTER, List.of(TestSockets.TCP, TestSockets.TCP), List.of());
			List<String> bound = sockets.registry.status("router").bound();
			sockets.connect("one", SocketType.DEALER, bound.get(0));
			sockets.connect("two", SocketType.DEALER, bound.get(1));
			sockets.create("both", SocketType.DEALER, List.of(), bound);
			sockets.awaitPeers("router", 4);
			sockets.awaitPeers("both", 2);
			sockets.registry.unbind("router", bound.get(0));
			sockets.awaitPeers("router", 2);
			sockets.awaitPeers("one", 0);
			sockets.awaitPeers("both", 1);
			sockets.registry.unbind("router", bound.get(1));
			sockets.awaitPeers("router", 0);
		}
	}

	@Test
	void connectionsThatHaveNotGreetedDoNotCount() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("router", SocketType.ROUTER, TestSockets.TCP, SocketOption.HANDSHAKE_INTERVAL,
					Duration.ofSeconds(30));
			sockets.connect("dealer", SocketType.DEALER, sockets.endpoint("router"));
			sockets.awaitPeers("router", 1);
			try (RawPeer silent = RawPeer.connect(sockets.endpoint("router"));
					RawPeer polite = RawPeer.connect(sockets.endpoint("router")).handshake("DEALER")) {
				sockets.awaitPeers("router", 2);
				polite.close();
				sockets.registry.remove("dealer");
				silent.close();
				sockets.awaitPeers("router", 0);
			}
		}
	}

	@Test
	void inprocPeersAreCountedToo() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("router", SocketType.ROUTER, "inproc://count");
			sockets.connect("dealer", SocketType.DEALER, "inproc://count");
			assertThat(sockets.registry.status("router").peers()).isEqualTo(1);
			assertThat(sockets.registry.status("dealer").peers()).isEqualTo(1);
			sockets.registry.stop("dealer");
			assertThat(sockets.registry.status("router").peers()).isZero();
		}
	}

	@Test
	void awaitPeersWaitsForThem() throws InterruptedException {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
			assertThat(sockets.registry.awaitPeers("router", 1, Duration.ofMillis(50))).isFalse();
			sockets.connect("dealer", SocketType.DEALER, sockets.endpoint("router"));
			assertThat(sockets.registry.awaitPeers("router", 1, TestSockets.PATIENCE)).isTrue();
			assertThat(sockets.registry.awaitPeers("router", 0, Duration.ZERO)).isTrue();
		}
	}

	@Test
	void nothingEscapesFromAnEventHook() {
		PeerTracker tracker = new PeerTracker(false, new ConnectionEvents(this, "test", (failure) -> {
		}, ConnectionEvents.Losses.NONE, (event) -> {
		}));
		assertThatNoException().isThrownBy(() -> tracker.consume(null));
		assertThat(tracker.peers()).isZero();
	}

	@Test
	@RequiresPyzmq
	void aPeerThatIsKilledIsNoPeerAnyMore() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
			try (PythonPeer one = PythonPeer.start(DEALER, sockets.endpoint("router"));
					PythonPeer two = PythonPeer.start(DEALER, sockets.endpoint("router"))) {
				sockets.awaitPeers("router", 2);
				one.kill();
				sockets.awaitPeers("router", 1);
				two.kill();
				sockets.awaitPeers("router", 0);
			}
		}
	}

	@Test
	@RequiresPyzmq
	void heartbeatsNoticeAPeerThatStandsStill() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("router", SocketType.ROUTER, TestSockets.TCP, SocketOption.HEARTBEAT_INTERVAL,
					Duration.ofMillis(300), SocketOption.HEARTBEAT_TIMEOUT, Duration.ofMillis(1500));
			try (PythonPeer peer = PythonPeer.start(DEALER, sockets.endpoint("router"))) {
				peer.awaitLine("ready");
				sockets.awaitPeers("router", 1);
				peer.signal("STOP");
				sockets.awaitPeers("router", 0);
				peer.signal("CONT");
				sockets.awaitPeers("router", 1);
			}
		}
	}

}
