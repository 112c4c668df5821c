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

package io.github.zmqspring.transport.mechanism;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.security.AddressRanges;
import io.github.zmqspring.security.SocketAuthentication;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZFrame;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A ZAP handler that the application has bound itself (RFC 27) is asked after the lists,
 * and nothing that it does or does not do lets a peer in that it did not allow.
 */
@NoLeaks
class ZapHandlerTests {

	private static final String PASSWORD = "secret";

	/** What the handler answers to each user name: the seven frames of a reply. */
	private static final Map<String, List<String>> REPLIES = Map.of("refused",
			List.of("", "1.0", "1", "400", "no", "", ""), "failed", List.of("", "1.0", "1", "500", "no", "", ""),
			"version", List.of("", "2.0", "1", "200", "", "", ""), "request",
			List.of("", "1.0", "2", "200", "", "", ""), "delimiter", List.of("x", "1.0", "1", "200", "", "", ""),
			"status", List.of("", "1.0", "1", "20", "", "", ""), "unknown", List.of("", "1.0", "1", "201", "", "", ""),
			"short", List.of("", "1.0", "1", "200", ""), "long", List.of("", "1.0", "1", "200", "", "", "", "x"),
			"metadata", List.of("", "1.0", "1", "200", "", "", "\u0009half"));

	@Test
	void onlyClientsThatItAllowsAreLetIn() throws Exception {
		try (TestSockets sockets = new TestSockets(); Handler handler = new Handler(sockets)) {
			ManagedSocket in = server(sockets, Duration.ofSeconds(30));
			int refusals = 0;
			for (String name : REPLIES.keySet()) {
				client(sockets, name);
				refusals++;
			}
			int expected = refusals;
			TestSockets.await(() -> sockets.registry.details("in").refusals() >= expected);
			client(sockets, "silent");
			client(sockets, "good");
			client(sockets, "named");
			assertReceived(in, Map.of("good", "good", "named", "carol"));
			assertThat(in.receive(Duration.ofMillis(100).toNanos())).isNull();
			assertThat(sockets.registry.status("in").peers()).isEqualTo(2);
			assertThat(handler.requests).anySatisfy((request) -> assertThat(request).startsWith("1.0|1|")
				.contains("|127.0.0.1|")
				.endsWith("|PLAIN|good|" + PASSWORD));
		}
	}

	private static void assertReceived(ManagedSocket in, Map<String, String> users) {
		Map<String, String> received = new ConcurrentHashMap<>();
		for (int i = 0; i < users.size(); i++) {
			ZmqMessage message = TestSockets.receive(in);
			received.put(message.text(0), String.valueOf(message.userId()));
		}
		assertThat(received).isEqualTo(users);
	}

	@Test
	void clientThatIsToComeAgainDoesSo() throws Exception {
		try (TestSockets sockets = new TestSockets(); Handler handler = new Handler(sockets)) {
			handler.replies.put("later", List.of("", "1.0", "1", "300", "", "", ""));
			ManagedSocket in = server(sockets, Duration.ofSeconds(30));
			client(sockets, "later");
			TestSockets.await(() -> sockets.registry.details("in").refusals() > 0);
			handler.replies.put("later", List.of("", "1.0", "1", "200", "", "", ""));
			assertReceived(in, Map.of("later", "later"));
		}
	}

	@Test
	void handlerThatNeitherAnswersNorReadsHangsNothing() throws Exception {
		try (TestSockets sockets = new TestSockets(); ZMQ.Socket deaf = sockets.context.createSocket(SocketType.REP)) {
			deaf.bind("inproc://zeromq.zap.01");
			ManagedSocket in = server(sockets, Duration.ofMillis(200));
			client(sockets, "good");
			TestSockets.await(() -> sockets.registry.details("in").refusals() > 1);
			assertThat(in.receive(0)).isNull();
			assertThat(sockets.registry.status("in").peers()).isZero();
		}
	}

	@Test
	void handlerIsBoundedInTimeWhereTheHandshakeIsNot() throws Exception {
		try (TestSockets sockets = new TestSockets(); Handler handler = new Handler(sockets)) {
			SocketAuthentication lists = lists(Duration.ofMillis(300));
			sockets.registry.create(SocketDefinition.builder("in", SocketType.PULL)
				.security(SocketSecurity.ofPlainServer(lists))
				.build());
			ManagedSocket in = sockets.registry.socket("in");
			in.call((zmq) -> zmq.setHandshakeIvl(0));
			sockets.registry.bind("in", TestSockets.TCP);
			client(sockets, "silent");
			TestSockets.await(
					() -> String.valueOf(sockets.registry.status("in").lastError()).contains("did not answer in time"));
			client(sockets, "good");
			assertReceived(in, Map.of("good", "good"));
		}
	}

	@Test
	void handlerThatGoesAwayWhileAClientWaitsHangsNothing() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in;
			try (Handler handler = new Handler(sockets)) {
				in = server(sockets, Duration.ofMillis(500));
				client(sockets, "silent");
				TestSockets.await(() -> !handler.requests.isEmpty());
			}
			TestSockets.await(() -> sockets.registry.details("in").refusals() > 0);
			// the lists alone decide now
			assertReceived(in, Map.of("silent", "silent"));
		}
	}

	@Test
	void handlerIsNotAskedAboutClientsThatTheListsRefuse() throws Exception {
		try (TestSockets sockets = new TestSockets(); Handler handler = new Handler(sockets)) {
			ManagedSocket in = server(sockets, Duration.ofSeconds(30));
			client(sockets, "good", "wrong");
			TestSockets.await(() -> sockets.registry.details("in").refusals() > 0);
			assertThat(handler.requests).isEmpty();
			assertThat(in.receive(0)).isNull();
		}
	}

	@Test
	void withoutCredentialsItIsAskedWhereThereIsADomain() throws Exception {
		try (TestSockets sockets = new TestSockets(); Handler handler = new Handler(sockets)) {
			for (String domain : List.of("open", "closed", "")) {
				sockets.registry.create(SocketDefinition.builder("in" + domain, SocketType.PULL).build());
				ManagedSocket in = sockets.registry.socket("in" + domain);
				in.call((zmq) -> zmq.setZAPDomain(domain));
				String endpoint = sockets.registry.bind("in" + domain, TestSockets.TCP);
				TestSockets.send(sockets.connect("out" + domain, SocketType.PUSH, endpoint), "to " + domain);
			}
			assertThat(TestSockets.text(TestSockets.receive(sockets.registry.socket("in")))).isEqualTo("to ");
			ZmqMessage message = TestSockets.receive(sockets.registry.socket("inopen"));
			assertThat(message.userId()).isEqualTo("nobody");
			TestSockets.await(() -> sockets.registry.details("inclosed").refusals() > 0);
			assertThat(sockets.registry.socket("inclosed").receive(0)).isNull();
			assertThat(handler.requests).noneMatch((request) -> request.startsWith("1.0|1||"));
		}
	}

	private static SocketAuthentication lists(Duration timeout) {
		return new SocketAuthentication(AddressRanges.of(List.of()), AddressRanges.of(List.of()), null,
				(name, password) -> password.equals(PASSWORD), List.of(), ForkJoinPool.commonPool(), timeout);
	}

	private static ManagedSocket server(TestSockets sockets, Duration handshake) {
		SocketAuthentication lists = lists(Duration.ofSeconds(20));
		sockets.registry.create(SocketDefinition.builder("in", SocketType.PULL)
			.bind(TestSockets.TCP)
			.option(SocketOption.HANDSHAKE_INTERVAL, handshake)
			.security(SocketSecurity.ofPlainServer(lists))
			.build());
		return sockets.registry.socket("in");
	}

	private static void client(TestSockets sockets, String name) {
		client(sockets, name, PASSWORD);
	}

	private static void client(TestSockets sockets, String name, String password) {
		sockets.registry.create(SocketDefinition.builder(name, SocketType.PUSH)
			.connect(sockets.endpoint("in"))
			.option(SocketOption.LINGER, Duration.ZERO)
			.security(SocketSecurity.ofPlainClient(name, password))
			.build());
		TestSockets.send(sockets.registry.socket(name), name);
	}

	/** The application's own handler. */
	private static final class Handler implements AutoCloseable {

		final List<String> requests = new CopyOnWriteArrayList<>();

		final Map<String, List<String>> replies = new ConcurrentHashMap<>(REPLIES);

		private final ZMQ.Socket socket;

		private final Thread thread;

		private volatile boolean stopped;

		Handler(TestSockets sockets) {
			this.socket = sockets.context.createSocket(SocketType.ROUTER);
			this.socket.setReceiveTimeOut(20);
			this.socket.setLinger(0);
			this.socket.bind("inproc://zeromq.zap.01");
			this.thread = new Thread(this::serve, "zap-handler");
			this.thread.start();
		}

		private void serve() {
			while (!this.stopped) {
				ZMsg request = ZMsg.recvMsg(this.socket);
				if (request != null) {
					answer(request);
				}
			}
			this.socket.close();
		}

		private void answer(ZMsg request) {
			ZFrame client = request.pop();
			request.pop();
			List<String> frames = new ArrayList<>();
			request.forEach((frame) -> frames.add(new String(frame.getData(), StandardCharsets.UTF_8)));
			this.requests.add(String.join("|", frames));
			String name = (frames.size() > 6) ? frames.get(6) : frames.get(2);
			List<String> reply = switch (name) {
				case "silent" -> null;
				case "named" -> List.of("", "1.0", "1", "200", "", "carol", "");
				case "open" -> List.of("", "1.0", "1", "200", "", "nobody", "");
				case "closed" -> List.of("", "1.0", "1", "400", "", "", "");
				default -> this.replies.getOrDefault(name, List.of("", "1.0", "1", "200", "", "", ""));
			};
			if (reply != null) {
				ZMsg answer = new ZMsg();
				answer.add(client);
				reply.forEach(answer::add);
				answer.send(this.socket);
			}
		}

		@Override
		public void close() throws InterruptedException {
			this.stopped = true;
			this.thread.join(TestSockets.PATIENCE.toMillis());
			assertThat(this.thread.isAlive()).isFalse();
		}

	}

}
