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

package io.github.zmqspring.feed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.event.ZmqSequenceGapEvent;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publishers that number their messages: what is missed is told, and fetched where they
 * serve it.
 */
@NoLeaks
@RequiresPyzmq
@Timeout(120)
class SequenceTests {

	/**
	 * As vLLM publishes the events of its cache. Hears "send", "drop" and "stop"; each
	 * with a number of messages.
	 */
	private static final String VLLM = """
			import sys
			buffer, kept, seq = [], int(sys.argv[3]), 0
			pub, replay = ctx.socket(zmq.XPUB), ctx.socket(zmq.ROUTER)
			pub.bind("tcp://127.0.0.1:" + sys.argv[1])
			replay.bind("tcp://127.0.0.1:" + sys.argv[2])
			say("port", pub.last_endpoint.decode().split(":")[-1])
			say("replay", replay.last_endpoint.decode().split(":")[-1])
			pub.recv()
			say("subscribed")
			while True:
			    if replay.poll(10):
			        client, _, start = replay.recv_multipart()
			        served = 0
			        for number, payload in buffer:
			            # a high-water mark, reached now and then
			            served += number >= int.from_bytes(start, "big")
			            if number >= int.from_bytes(start, "big") and served % 700:
			                replay.send_multipart([client, b"", number.to_bytes(8, "big"), payload])
			        replay.send_multipart([client, b"", (-1).to_bytes(8, "big", signed=True), b""])
			    try:
			        command = hear(timeout=0.01)
			    except queue.Empty:
			        continue
			    what, count = command.split()
			    for _ in range(int(count)):
			        payload = b"event %d" % seq
			        buffer = (buffer + [(seq, payload)])[-kept:]
			        if what == "send":
			            pub.send_multipart([b"kv", seq.to_bytes(8, "big"), payload])
			        seq += 1
			    if what == "stop":
			        break
			    say("done")
			""";

	/** As bitcoind: a counter for each topic. Hears "topic first count". */
	private static final String BITCOIND = """
			import sys
			pub = ctx.socket(zmq.XPUB)
			pub.bind("tcp://127.0.0.1:" + sys.argv[1])
			say("port", pub.last_endpoint.decode().split(":")[-1])
			pub.recv()
			say("subscribed")
			while True:
			    topic, first, count = hear().split()
			    if topic == "stop":
			        break
			    for number in range(int(first), int(first) + int(count)):
			        body = b"%s %d" % (topic.encode(), number)
			        pub.send_multipart([topic.encode(), body, struct.pack("<I", number % 2**32)])
			    say("done")
			""";

	@Test
	void bitcoindsGapsAndRestartsAreToldPerTopic() throws InterruptedException {
		try (PythonPeer first = PythonPeer.start(BITCOIND, "*")) {
			String port = first.awaitLine("port ").substring(5);
			try (UserApp app = UserApp.start(Feed.class, "feed.type=sub", "feed.connect=tcp://127.0.0.1:" + port,
					"feed.sequence.preset=bitcoin")) {
				Feed feed = app.bean(Feed.class);
				first.awaitLine("subscribed");
				publish(first, "hashtx 7 2");
				publish(first, "hashblock 0 1");
				publish(first, "hashtx 12 1");
				publish(first, "hashblock 1 1");
				// the second time
				publish(first, "hashtx 12 1");
				assertThat(feed.next(5)).containsExactly("hashtx 7 hashtx 7", "hashtx 8 hashtx 8",
						"hashblock 0 hashblock 0", "hashtx 12 hashtx 12", "hashblock 1 hashblock 1");
				ZmqSequenceGapEvent gap = UserApp.next(feed.gaps);
				assertThat(gap.getSocket()).isEqualTo("feed");
				assertThat(gap.getTopic()).isEqualTo("hashtx");
				assertThat(gap.getExpected()).isEqualTo(9);
				assertThat(gap.getReceived()).isEqualTo(12);
				assertThat(gap.getMissed()).isEqualTo(3);
				assertThat(gap.isRestart()).isFalse();
				// the number comes round
				publish(first, "hashtx 13 1");
				publish(first, "rawtx 4294967295 3");
				assertThat(feed.next(4)).last().isEqualTo("rawtx 1 rawtx 4294967297");
				first.tell("stop 0 0");
				assertThat(first.awaitExit()).isZero();
				try (PythonPeer second = PythonPeer.start(BITCOIND, port)) {
					second.awaitLine("subscribed");
					publish(second, "hashtx 2 1");
					assertThat(feed.next(1)).containsExactly("hashtx 2 hashtx 2");
					ZmqSequenceGapEvent restart = UserApp.next(feed.gaps);
					assertThat(restart.isRestart()).isTrue();
					assertThat(restart.getExpected()).isEqualTo(14);
					assertThat(restart.getReceived()).isEqualTo(2);
					publish(second, "hashtx 3 1");
					assertThat(feed.next(1)).containsExactly("hashtx 3 hashtx 3");
				}
				SocketStatus status = app.sockets.status("feed");
				assertThat(status.missed()).isEqualTo(3 + 2);
				assertThat(status.duplicates()).isOne();
				assertThat(status.lastError()).contains("hashtx", "2 messages were missed");
				assertThat(feed.gaps).isEmpty();
			}
		}
	}

	@Test
	void aPublisherThatRestartsAndSaysTheSameAgainIsHeard() throws InterruptedException {
		try (PythonPeer first = PythonPeer.start(BITCOIND, "*")) {
			String port = first.awaitLine("port ").substring(5);
			try (UserApp app = UserApp.start(Feed.class, "feed.type=sub", "feed.connect=tcp://127.0.0.1:" + port,
					"feed.sequence.preset=bitcoin")) {
				Feed feed = app.bean(Feed.class);
				first.awaitLine("subscribed");
				publish(first, "hashtx 0 4");
				assertThat(feed.next(4)).last().isEqualTo("hashtx 3 hashtx 3");
				first.tell("stop 0 0");
				assertThat(first.awaitExit()).isZero();
				try (PythonPeer second = PythonPeer.start(BITCOIND, port)) {
					second.awaitLine("subscribed");
					publish(second, "hashtx 0 2");
					assertThat(feed.next(2)).containsExactly("hashtx 0 hashtx 0", "hashtx 1 hashtx 1");
					second.tell("stop 0 0");
				}
				assertThat(app.sockets.status("feed").duplicates()).isZero();
			}
		}
	}

	@Test
	void whatIsMissingOfVllmIsFetchedInOrderAcrossARestart() throws InterruptedException {
		try (PythonPeer first = PythonPeer.start(VLLM, "*", "*", 10_000)) {
			String port = first.awaitLine("port ").substring(5);
			String replay = first.awaitLine("replay ").substring(7);
			try (UserApp app = UserApp.start(Feed.class, "feed.type=sub", "feed.connect=tcp://127.0.0.1:" + port,
					"feed.sequence.preset=vllm", "feed.sequence.replay=tcp://127.0.0.1:" + replay)) {
				Feed feed = app.bean(Feed.class);
				first.awaitLine("subscribed");
				publish(first, "drop 3");
				publish(first, "send 2");
				publish(first, "drop 2000");
				publish(first, "send 5");
				publish(first, "drop 1");
				publish(first, "send 1");
				assertThat(feed.next(2 + 2000 + 5 + 2)).isEqualTo(events(3, 2012));
				ZmqSequenceGapEvent gap = UserApp.next(feed.gaps);
				assertThat(gap.getExpected()).isEqualTo(5);
				assertThat(gap.getReceived()).isEqualTo(2005);
				assertThat(gap.getMissed()).isZero();
				assertThat(gap.getRecovered()).isEqualTo(2000);
				assertThat(UserApp.next(feed.gaps).getRecovered()).isOne();
				first.tell("stop 0");
				assertThat(first.awaitExit()).isZero();
				try (PythonPeer second = PythonPeer.start(VLLM, port, replay, 10)) {
					second.awaitLine("subscribed");
					publish(second, "drop 4");
					publish(second, "send 2");
					assertThat(feed.next(6)).isEqualTo(events(0, 6));
					ZmqSequenceGapEvent restart = UserApp.next(feed.gaps);
					assertThat(restart.isRestart()).isTrue();
					assertThat(restart.getExpected()).isEqualTo(2012);
					assertThat(restart.getRecovered()).isEqualTo(4);
					// more than it keeps
					publish(second, "drop 20");
					publish(second, "send 1");
					assertThat(feed.next(10)).isEqualTo(events(17, 27));
					assertThat(UserApp.next(feed.gaps).getMissed()).isEqualTo(11);
				}
				SocketStatus status = app.sockets.status("feed");
				assertThat(status.missed()).isEqualTo(11);
				assertThat(status.recovered()).isEqualTo(2001 + 4 + 9);
				assertThat(status.duplicates()).isZero();
			}
		}
	}

	@Test
	void aFeedGoesOnWhereItsReplayIsAwayOrSilent() throws InterruptedException {
		try (PythonPeer peer = PythonPeer.start(VLLM, "*", "*", 10); PythonPeer silent = PythonPeer.start("""
				router = ctx.socket(zmq.ROUTER)
				say("port", router.bind_to_random_port("tcp://127.0.0.1"))
				client, _, start = router.recv_multipart()
				router.send_multipart([client, b"", start, b"event 1"])
				hear()
				""")) {
			String endpoint = "tcp://127.0.0.1:" + peer.awaitLine("port ").substring(5);
			try (UserApp app = UserApp.start(Feed.class, "feed.type=sub", "feed.connect=" + endpoint,
					"feed.sequence.preset=vllm", "feed.sequence.replay-timeout=300ms",
					"feed.sequence.replay=" + UserApp.endpoint(silent))) {
				Feed feed = app.bean(Feed.class);
				peer.awaitLine("subscribed");
				for (String command : List.of("send 1", "drop 2", "send 1", "send 1", "drop 1", "send 1")) {
					publish(peer, command);
				}
				assertThat(feed.next(5)).containsExactly("kv 0 event 0", "kv 1 event 1", "kv 3 event 3", "kv 4 event 4",
						"kv 6 event 6");
				assertThat(UserApp.next(feed.gaps).getMissed()).isOne();
				assertThat(UserApp.next(feed.gaps).getMissed()).isOne();
				assertThat(app.sockets.status("feed").lastError()).contains("nothing more within 300 ms");
				// not held up by each gap
				for (String command : List.of("drop 1", "send 1", "drop 1", "send 1")) {
					publish(peer, command);
				}
				assertThat(feed.next(2)).containsExactly("kv 8 event 8", "kv 10 event 10");
				assertThat(UserApp.next(feed.gaps).getReason()).contains("is not asked again before");
				assertThat(UserApp.next(feed.gaps).getReason()).contains("is not asked again before");
				silent.tell("end");
			}
		}
	}

	@Test
	void theLateEndOfOneReplayIsNotTakenForThatOfTheNext() throws InterruptedException {
		try (PythonPeer peer = PythonPeer.start(VLLM, "*", "*", 10); PythonPeer late = PythonPeer.start("""
				router = ctx.socket(zmq.ROUTER)
				say("port", router.bind_to_random_port("tcp://127.0.0.1"))
				requests = [router.recv_multipart() for _ in range(2)]
				for client, _, start in requests:
				    router.send_multipart([client, b"", start, b"event %d" % int.from_bytes(start, "big")])
				    router.send_multipart([client, b"", (-1).to_bytes(8, "big", signed=True), b""])
				hear()
				""")) {
			String endpoint = "tcp://127.0.0.1:" + peer.awaitLine("port ").substring(5);
			try (UserApp app = UserApp.start(Feed.class, "feed.type=sub", "feed.connect=" + endpoint,
					"feed.sequence.preset=vllm", "feed.sequence.replay-timeout=2s",
					"feed.sequence.replay=" + UserApp.endpoint(late))) {
				Feed feed = app.bean(Feed.class);
				peer.awaitLine("subscribed");
				for (String command : List.of("send 1", "drop 1", "send 1")) {
					publish(peer, command);
				}
				assertThat(feed.next(2)).containsExactly("kv 0 event 0", "kv 2 event 2");
				assertThat(UserApp.next(feed.gaps).getMissed()).isOne();
				publish(peer, "drop 1");
				publish(peer, "send 1");
				assertThat(feed.next(2)).containsExactly("kv 3 event 3", "kv 4 event 4");
				assertThat(UserApp.next(feed.gaps).getRecovered()).isOne();
				late.tell("end");
			}
		}
	}

	@Test
	void ourPublisherNumbersKeepsAndServesWhatItSent() throws InterruptedException {
		try (UserApp app = UserApp.start(Feed.class, "feed.type=sub", "feed.connect=inproc://live",
				"feed.sequence.preset=bitcoin", "feed.sequence.replay=inproc://replay", "feed.sequence.from-start=true",
				"market.type=pub", "market.bind=inproc://live,ANY", "market.sequence.preset=bitcoin",
				"market.sequence.replay=inproc://replay", "market.sequence.history=3")) {
			Feed feed = app.bean(Feed.class);
			subscribe(app, false);
			app.template.publish("market", "a", "lost");
			subscribe(app, true);
			app.template.publish("market", "a", "one");
			app.template.publish("market", "b", "two");
			assertThat(feed.next(3)).containsExactly("a 0 lost", "a 1 one", "b 0 two");
			assertThat(UserApp.next(feed.gaps).getRecovered()).isOne();
			subscribe(app, false);
			IntStream.range(0, 5).forEach((i) -> app.template.publish("market", "a", "m" + i));
			subscribe(app, true);
			app.template.publish("market", "a", "last");
			// of three that are kept one is the last
			assertThat(feed.next(3)).containsExactly("a 5 m3", "a 6 m4", "a 7 last");
			assertThat(UserApp.next(feed.gaps).getMissed()).isEqualTo(3);
			assertThat(app.sockets.status("feed").missed()).isEqualTo(3);
		}
	}

	@Test
	void pythonReadsTheNumbersAndTheReplayOfOurPublisherAsThoseOfVllm() {
		try (UserApp app = UserApp.start(Market.class, "market.type=pub", "market.bind=ANY",
				"market.sequence.preset=vllm", "market.sequence.replay=tcp://127.0.0.1:*");
				PythonPeer consumer = PythonPeer.start("""
						import sys
						sub, req = ctx.socket(zmq.SUB), ctx.socket(zmq.DEALER)
						sub.connect(sys.argv[1])
						sub.subscribe(b"")
						req.connect(sys.argv[2])
						topic, number, payload = sub.recv_multipart()
						assert (topic, number, payload) == (b"kv", (2).to_bytes(8, "big"), b"m2"), number
						req.send_multipart([b"", (1).to_bytes(8, "big")])
						assert req.recv_multipart() == [b"", (1).to_bytes(8, "big"), b"m1"]
						assert req.recv_multipart() == [b"", (2).to_bytes(8, "big"), b"m2"]
						assert req.recv_multipart() == [b"", b"\\xff" * 8, b""]
						""", app.endpoint("market"), app.endpoint("market.replay"))) {
			app.template.publish("market", "kv", "m0");
			app.template.publish("market", "kv", "m1");
			Awaitility.await().until(() -> app.sockets.subscribers("market", "") == 1);
			app.template.publish("market", "kv", "m2");
			UserApp.awaitEnd(consumer);
		}
	}

	private static void subscribe(UserApp app, boolean begins) {
		if (begins) {
			app.sockets.subscribe("feed", "");
		}
		else {
			app.sockets.unsubscribe("feed", "");
		}
		Awaitility.await().until(() -> app.sockets.subscribers("market", "") == ((begins) ? 1 : 0));
	}

	private static void publish(PythonPeer peer, String command) {
		peer.tell(command);
		peer.awaitLine("done");
	}

	private static List<String> events(int from, int to) {
		return IntStream.range(from, to).mapToObj((i) -> "kv " + i + " event " + i).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Market {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Feed extends FeedRecorder {

		@ZmqListener("feed")
		void received(@ZmqTopic String topic, @Payload byte[] payload,
				@Header(name = ZmqHeaders.SEQUENCE, required = false) Long number) {
			this.received.add(topic + " " + number + " " + new String(payload, StandardCharsets.UTF_8));
		}

	}

}
