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

import java.util.Collection;
import java.util.List;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.event.ZmqSequenceGapEvent;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Several publishers, each with numbers and a replay of its own, as the pods of vLLM.
 */
@NoLeaks
@RequiresPyzmq
@Timeout(120)
class ReplayEndpointTests {

	/**
	 * One pod: address, name, port and port of the replay. Hears "send" and "drop"; after
	 * "deaf" nothing serves the replay.
	 */
	private static final String POD = """
			import sys
			host, name, port, replay_port = sys.argv[1:]
			pub, replay, kept = ctx.socket(zmq.XPUB), ctx.socket(zmq.ROUTER), []
			pub.bind(f"tcp://{host}:{port}")
			replay.bind(f"tcp://{host}:{replay_port}")
			say("port", pub.last_endpoint.decode().split(":")[-1])
			say("replay", replay.last_endpoint.decode().split(":")[-1])
			pub.recv()
			say("subscribed")
			while True:
			    if not replay.closed and replay.poll(10):
			        client, _, start = replay.recv_multipart()
			        for number, payload in kept[int.from_bytes(start, "big"):]:
			            replay.send_multipart([client, b"", number.to_bytes(8, "big"), payload])
			        replay.send_multipart([client, b"", b"\\xff" * 8, b""])
			    try:
			        command = hear(timeout=0.01)
			    except queue.Empty:
			        continue
			    if command == "deaf":
			        replay.close(linger=0)
			    else:
			        number, payload = len(kept), f"{name} {len(kept)}".encode()
			        kept.append((number, payload))
			        if command == "send":
			            pub.send_multipart([b"kv", number.to_bytes(8, "big"), payload])
			    say("done")
			""";

	@Test
	void theGapsOfEachPublisherAreFetchedFromItsOwnReplay() throws InterruptedException {
		try (PythonPeer one = PythonPeer.start(POD, "127.0.0.1", "one", "*", "*");
				PythonPeer two = PythonPeer.start(POD, "127.0.0.1", "two", "*", "*")) {
			String first = endpoint(one, "port ");
			String second = endpoint(two, "port ");
			String replay = endpoint(one, "replay ");
			String otherReplay = endpoint(two, "replay ");
			try (UserApp app = UserApp.start(Feed.class, "feed.type=sub", "feed.connect=" + first + "," + second,
					"feed.sequence.preset=vllm", "feed.sequence.replay=" + replay + "," + otherReplay,
					"feed.sequence.replay-timeout=300ms")) {
				Feed feed = app.bean(Feed.class);
				one.awaitLine("subscribed");
				two.awaitLine("subscribed");
				say(one, "send", "drop", "send");
				assertThat(feed.next(3)).containsExactly("0 one 0", "1 one 1", "2 one 2");
				say(two, "send", "drop", "drop", "send");
				assertThat(feed.next(4)).containsExactly("0 two 0", "1 two 1", "2 two 2", "3 two 3");
				assertThat(UserApp.next(feed.gaps).getPublisher()).isEqualTo(first);
				ZmqSequenceGapEvent gap = UserApp.next(feed.gaps);
				assertThat(gap.getPublisher()).isEqualTo(second);
				assertThat(gap.getRecovered()).isEqualTo(2);
				assertThat(gap.getReason()).isNull();
				assertThat(app.sockets.names()).contains("feed.replay.1", "feed.replay.2");
				assertThat(app.sockets.status("feed.replay.2").connected()).containsExactly(otherReplay);
				assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
					.isThrownBy(() -> app.sockets.stop("feed.replay.2"));
				// its replay is gone: that is told, and the other's still there
				say(two, "deaf");
				Awaitility.await().until(() -> app.sockets.status("feed.replay.2").peers() == 0);
				say(two, "drop", "send");
				assertThat(feed.next(1)).containsExactly("5 two 5 after 1");
				ZmqSequenceGapEvent missed = UserApp.next(feed.gaps);
				assertThat(missed.getMissed()).isOne();
				assertThat(missed.getReason()).contains("no publisher is connected", otherReplay);
				say(one, "drop", "send");
				assertThat(feed.next(2)).containsExactly("3 one 3", "4 one 4");
				assertThat(app.sockets.status("feed").missed()).isOne();
				assertThat(app.sockets.status("feed").lastError()).contains(second, otherReplay);
			}
		}
	}

	@Test
	void theReplayOfPublishersThatComeAndGoIsAtTheirHost() throws InterruptedException {
		try (PythonPeer one = PythonPeer.start(POD, "127.0.0.1", "one", "*", "*")) {
			String port = one.awaitLine("port ").substring(5);
			String replay = one.awaitLine("replay ").substring(7);
			try (UserApp app = UserApp.start(Feed.class, "feed.type=sub", "feed.connect=tcp://127.0.0.1:" + port,
					"feed.sequence.preset=vllm", "feed.sequence.replay=tcp://{host}:" + replay);
					PythonPeer two = PythonPeer.start(POD, "127.0.0.2", "two", port, replay)) {
				Feed feed = app.bean(Feed.class);
				one.awaitLine("subscribed");
				app.sockets.connect("feed", "tcp://127.0.0.2:" + port);
				two.awaitLine("subscribed");
				for (int i = 0; i < 4; i += 2) {
					say(one, "send", "drop", "send");
					assertThat(feed.next(3)).last().isEqualTo("%d one %<d".formatted(i + i / 2 + 2));
					say(two, "send", "drop", "send");
					assertThat(feed.next(3)).last().isEqualTo("%d two %<d".formatted(i + i / 2 + 2));
				}
				assertThat(app.sockets.status("feed").missed()).isZero();
				assertThat(app.sockets.status("feed").recovered()).isEqualTo(4);
				assertThat(app.sockets.status("feed.replay").connected()).containsExactly("tcp://127.0.0.2:" + replay);
			}
		}
	}

	@Test
	void podsThatAreFoundByAServiceAreEachReplayedFromTheirHost() throws InterruptedException {
		try (PythonPeer one = PythonPeer.start(POD, "127.0.0.1", "one", "*", "*")) {
			String port = one.awaitLine("port ").substring(5);
			String replay = one.awaitLine("replay ").substring(7);
			Pods.found = List.of("tcp://127.0.0.1:" + port);
			try (UserApp app = UserApp.start(Pods.class, "feed.type=sub", "feed.connect=pods:///vllm",
					"zmq.discovery.refresh=50ms", "zmq.discovery.drain-timeout=200ms", "feed.sequence.preset=vllm",
					"feed.sequence.replay=tcp://{host}:" + replay);
					PythonPeer two = PythonPeer.start(POD, "127.0.0.2", "two", port, replay)) {
				Feed feed = app.bean(Pods.class);
				one.awaitLine("subscribed");
				say(one, "send", "drop", "send");
				assertThat(feed.next(3)).containsExactly("0 one 0", "1 one 1", "2 one 2");
				Pods.found = List.of("tcp://127.0.0.2:" + port);
				two.awaitLine("subscribed");
				say(two, "send", "drop", "send");
				assertThat(feed.next(3)).containsExactly("0 two 0", "1 two 1", "2 two 2");
				Awaitility.await().until(() -> app.sockets.status("feed").peers() == 1);
				// what the first one publishes meanwhile is fetched when it is back
				say(one, "send", "send");
				Pods.found = List.of("tcp://127.0.0.1:" + port, "tcp://127.0.0.2:" + port);
				Awaitility.await().until(() -> app.sockets.status("feed").peers() == 2);
				Awaitility.await().until(() -> {
					say(one, "send");
					return !feed.received.isEmpty();
				});
				assertThat(feed.next(3)).containsExactly("3 one 3", "4 one 4", "5 one 5");
				assertThat(app.sockets.status("feed").missed()).isZero();
			}
		}
	}

	@Test
	void theOnlyPodOfAServiceIsReplayedFromTheEndpointBesideItsName() throws InterruptedException {
		try (PythonPeer one = PythonPeer.start(POD, "127.0.0.1", "one", "*", "*")) {
			Pods.found = List.of(endpoint(one, "port "));
			try (UserApp app = UserApp.start(Pods.class, "feed.type=sub", "feed.connect=pods:///vllm",
					"feed.sequence.preset=vllm", "feed.sequence.replay=" + endpoint(one, "replay "))) {
				Feed feed = app.bean(Pods.class);
				one.awaitLine("subscribed");
				say(one, "send", "drop", "send");
				assertThat(feed.next(3)).containsExactly("0 one 0", "1 one 1", "2 one 2");
			}
		}
	}

	@Test
	void oneReplayForTheNumbersOfSeveralPublishersIsRefused() {
		assertThatThrownBy(() -> UserApp.start(Feed.class, "feed.type=sub",
				"feed.connect=tcp://127.0.0.1:1,tcp://127.0.0.1:2,tcp://127.0.0.1:3", "feed.sequence.preset=vllm",
				"feed.sequence.replay[0]=tcp://127.0.0.1:4", "feed.sequence.replay[1]=tcp://127.0.0.1:5"))
			.hasStackTraceContaining("zmq.sockets.feed.sequence.replay")
			.hasStackTraceContaining("connects to 3 publishers, and there are 2 replay endpoints");
	}

	private static String endpoint(PythonPeer pod, String what) {
		return "tcp://127.0.0.1:" + pod.awaitLine(what).substring(what.length());
	}

	private static void say(PythonPeer pod, String... commands) {
		for (String command : commands) {
			pod.tell(command);
			pod.awaitLine("done");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Feed extends FeedRecorder {

		@ZmqListener("feed")
		void received(String payload, @Header(ZmqHeaders.SEQUENCE) long number,
				@Header(name = ZmqHeaders.MISSED, required = false) Integer missed) {
			this.received.add(number + " " + payload + ((missed != null) ? " after " + missed : ""));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Pods extends Feed {

		private static volatile List<String> found = List.of();

		@Bean
		ZmqEndpointResolver pods() {
			return new ZmqEndpointResolver() {

				@Override
				public String scheme() {
					return "pods";
				}

				@Override
				public Collection<String> resolve(String name) {
					return found;
				}

			};
		}

	}

}
