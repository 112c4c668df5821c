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

package io.github.zmqspring.types;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;

import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqHostUnreachableException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NoLeaks
class SocketTypeTests {

	private static final byte[] PAYLOAD = { 0, 1, -1, 'x' };

	private static TypesApp app;

	@BeforeAll
	static void start() {
		app = new TypesApp();
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@AfterEach
	void reset() {
		app.reset();
	}

	static List<Arguments> pairs() {
		List<Arguments> pairs = new ArrayList<>();
		for (String scheme : List.of("tcp", "inproc")) {
			for (String pair : List.of("PUB SUB", "PUB XSUB", "XPUB SUB", "XPUB XSUB", "PUSH PULL", "PAIR PAIR",
					"DEALER ROUTER", "DEALER DEALER", "RADIO DISH", "SCATTER GATHER", "CLIENT SERVER",
					"CHANNEL CHANNEL", "PEER PEER")) {
				String[] types = pair.split(" ");
				pairs.add(Arguments.of(SocketType.valueOf(types[0]), SocketType.valueOf(types[1]), scheme));
			}
		}
		return pairs;
	}

	@ParameterizedTest(name = "{0} to {1} over {2}")
	@MethodSource("pairs")
	void aMessageReachesListenersAndReceivers(SocketType from, SocketType to, String scheme) throws Exception {
		String receiver = TypesApp.unique("receiver");
		String sender = TypesApp.unique("sender");
		boolean topics = SocketDefinition.of("x", from, List.of(), List.of()).hasTopics();
		String endpoint = app.bind(receiver, to, TypesApp.any(scheme),
				(definition) -> (to != SocketType.XSUB && to != SocketType.DISH) ? definition
						: definition.withTopics(List.of("topic")));
		app.connect(sender, from, endpoint);
		if (topics) {
			assertThat(app.sockets.awaitSubscribers(sender, "topic", 1, TypesApp.PATIENCE)).isTrue();
		}
		send(from, sender, receiver);
		ZmqMessage received = app.template.receiveFrames(receiver, TypesApp.PATIENCE);
		assertThat(received).isNotNull();
		assertThat(payload(received, topics)).isEqualTo(PAYLOAD);
		BlockingQueue<ZmqMessage> heard = app.listen(receiver);
		send(from, sender, receiver);
		assertThat(payload(TypesApp.next(heard), topics)).isEqualTo(PAYLOAD);
		assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
			.isThrownBy(() -> app.template.receiveFrames(receiver, Duration.ZERO))
			.withMessageContaining(receiver);
	}

	private static void send(SocketType type, String sender, String receiver) throws InterruptedException {
		switch (type) {
			case PUB, XPUB, RADIO -> app.template.publish(sender, "topic", PAYLOAD);
			case PEER -> {
				// it knows its peer once that has written
				assertThat(app.sockets.awaitPeers(sender, 1, TypesApp.PATIENCE)).isTrue();
				app.template.sendTo(sender, peerOf(sender), PAYLOAD);
			}
			default -> app.template.convertAndSend(sender, PAYLOAD);
		}
	}

	/** What a PEER calls the one that it connected to, from its own counter. */
	private static byte[] peerOf(String socket) {
		return app.sockets.routingIds(socket).get(0);
	}

	private static byte[] payload(ZmqMessage message, boolean topics) {
		if (topics) {
			assertThat(message.text(0)).isEqualTo("topic");
		}
		return message.frame((topics) ? 1 : 0);
	}

	@ParameterizedTest(name = "{0} asks {1} over {2}")
	@CsvSource({ "REQ, REP, tcp", "REQ, ROUTER, inproc", "DEALER, REP, inproc", "DEALER, ROUTER, tcp" })
	void aRequestIsAnswered(SocketType from, SocketType to, String scheme) {
		String server = TypesApp.unique("server");
		String client = TypesApp.unique("client");
		app.connect(client, from, app.bind(server, to, TypesApp.any(scheme)));
		app.answer(server, (request) -> request.text(0) + "!");
		assertThat(app.template.convertSendAndReceive(client, "hello", String.class)).isEqualTo("hello!");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "inproc" })
	void serverAndPeerAnswerWithWhatTheirListenersReturn(String scheme) throws InterruptedException {
		String server = TypesApp.unique("server");
		String client = TypesApp.unique("client");
		app.connect(client, SocketType.CLIENT, app.bind(server, SocketType.SERVER, TypesApp.any(scheme)));
		app.answer(server, (request) -> request.text(0) + "!");
		app.template.convertAndSend(client, "hello");
		assertThat(app.template.receiveFrames(client, TypesApp.PATIENCE).text(0)).isEqualTo("hello!");
		String one = TypesApp.unique("peer");
		String other = TypesApp.unique("peer");
		app.connect(one, SocketType.PEER, app.bind(other, SocketType.PEER, TypesApp.any(scheme)));
		app.answer(other, (request) -> request.text(0) + "?");
		app.template.sendTo(one, peerOf(one), "hello");
		assertThat(app.template.receiveFrames(one, TypesApp.PATIENCE).text(0)).isEqualTo("hello?");
	}

	@Test
	void streamTalksToARawTcpClient() throws Exception {
		String stream = TypesApp.unique("stream");
		URI endpoint = URI.create(app.bind(stream, SocketType.STREAM, "tcp://127.0.0.1:*"));
		try (Socket peer = new Socket(endpoint.getHost(), endpoint.getPort())) {
			peer.setSoTimeout((int) TypesApp.PATIENCE.toMillis());
			ZmqMessage arrived = app.template.receiveFrames(stream, TypesApp.PATIENCE);
			assertThat(arrived.frame(0)).as("a peer came").isEmpty();
			assertThat(app.sockets.awaitPeers(stream, 1, TypesApp.PATIENCE)).isTrue();
			byte[] peerId = arrived.returnPath()[0];
			// an unknown peer, before and between messages for the one that is there
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(ZmqHostUnreachableException.class)
					.isThrownBy(() -> app.template.sendTo(stream, new byte[] { 0, 9, 9, 9, 9 }, "lost"))
					.withMessageContaining(stream);
				app.template.sendTo(stream, peerId, "ab" + i);
			}
			byte[] read = new byte[9];
			new DataInputStream(peer.getInputStream()).readFully(read);
			assertThat(new String(read, StandardCharsets.US_ASCII)).isEqualTo("ab0ab1ab2");
			app.answer(stream, (request) -> request.frame(0));
			peer.getOutputStream().write("echo".getBytes(StandardCharsets.US_ASCII));
			byte[] echo = new byte[4];
			new DataInputStream(peer.getInputStream()).readFully(echo);
			assertThat(new String(echo, StandardCharsets.US_ASCII)).isEqualTo("echo");
		}
	}

	@Test
	void streamConnectsToARawTcpServer() throws IOException {
		try (ServerSocket server = new ServerSocket(0)) {
			String stream = TypesApp.unique("stream");
			app.connect(stream, SocketType.STREAM, "tcp://127.0.0.1:" + server.getLocalPort(),
					TypesApp.with(SocketOption.CONNECT_ROUTING_ID, "server"));
			try (Socket peer = server.accept()) {
				peer.setSoTimeout((int) TypesApp.PATIENCE.toMillis());
				ZmqMessage arrived = app.template.receiveFrames(stream, TypesApp.PATIENCE);
				assertThat(new String(arrived.returnPath()[0], StandardCharsets.US_ASCII)).isEqualTo("server");
				app.template.sendTo(stream, "server".getBytes(StandardCharsets.US_ASCII), "GET");
				byte[] read = new byte[3];
				new DataInputStream(peer.getInputStream()).readFully(read);
				assertThat(read).asString(StandardCharsets.US_ASCII).isEqualTo("GET");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(value = SocketType.class, names = { "PUB", "PUSH", "RADIO", "SCATTER" })
	void aTypeThatOnlySendsHasNoListenerAndReceivesNothing(SocketType type) {
		String name = TypesApp.unique("sender");
		app.bind(name, type, TypesApp.any("inproc"));
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> app.listen(name))
			.withMessageContaining(name);
		assertThatExceptionOfType(ZmqUnsupportedOperationException.class).isThrownBy(() -> app.template.receive(name))
			.withMessageContaining("'" + name + "'");
	}

	@ParameterizedTest
	@EnumSource(value = SocketType.class, names = { "SUB", "PULL", "DISH", "GATHER", "REQ" })
	void aTypeThatOnlyReceivesOrNeedsAReplyIsNoTargetOfASend(SocketType type) {
		String name = TypesApp.unique("receiver");
		app.bind(name, type, TypesApp.any("inproc"));
		assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
			.isThrownBy(() -> app.template.convertAndSend(name, "x"))
			.withMessageContaining("'" + name + "'");
	}

	@ParameterizedTest
	@EnumSource(value = SocketType.class, names = "RAW", mode = EnumSource.Mode.EXCLUDE)
	void aMessageOfAShapeThatATypeDoesNotHaveIsRefusedByName(SocketType type) {
		Set<SocketType> single = EnumSet.of(SocketType.CLIENT, SocketType.SCATTER, SocketType.CHANNEL);
		Set<SocketType> routed = EnumSet.of(SocketType.ROUTER, SocketType.REP, SocketType.STREAM, SocketType.SERVER,
				SocketType.PEER, SocketType.RADIO);
		if (!single.contains(type) && !routed.contains(type)) {
			return;
		}
		String name = TypesApp.unique("shape");
		app.bind(name, type, (type != SocketType.STREAM) ? TypesApp.any("inproc") : TypesApp.any("tcp"));
		Object[] frames = (single.contains(type)) ? new Object[] { "a", "b" } : new Object[] { "a" };
		assertThatExceptionOfType(ZmqException.class).isThrownBy(() -> app.template.sendFrames(name, frames))
			.withMessageContaining("'" + name + "'");
	}

	@Test
	void aGroupThatIsTooLongOrNotAsciiIsRefused() {
		String radio = TypesApp.unique("radio");
		String dish = TypesApp.unique("dish");
		app.connect(dish, SocketType.DISH, app.bind(radio, SocketType.RADIO, TypesApp.any("inproc")));
		for (String group : List.of("x".repeat(256), "größe")) {
			assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
				.isThrownBy(() -> app.template.publish(radio, group, "x"))
				.withMessageContaining("'" + radio + "'");
			assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
				.isThrownBy(() -> app.sockets.subscribe(dish, group))
				.withMessageContaining("'" + dish + "'");
		}
	}

	@ParameterizedTest
	@EnumSource(value = SocketType.class,
			names = { "CLIENT", "SERVER", "SCATTER", "GATHER", "CHANNEL", "PEER", "RADIO", "DISH", "STREAM" })
	void anEnvelopeIsRefusedWhereThereIsNoFrameForIt(SocketType type) {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> app.bind("enveloped", type, TypesApp.any("inproc"),
					(definition) -> definition.mutate().envelope(Envelope.HEADERS).build()))
			.withMessageContaining("zmq.sockets.enveloped.envelope");
	}

	@Test
	void theTypeRawIsRefused() {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> app.bind("raw", SocketType.RAW, TypesApp.any("inproc")))
			.withMessageContaining("zmq.sockets.raw.type");
	}

}
