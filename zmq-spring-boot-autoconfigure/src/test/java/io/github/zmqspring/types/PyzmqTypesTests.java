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

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every classic type against libzmq, both ways: one peer that does what it is told.
 */
@NoLeaks
@RequiresPyzmq
class PyzmqTypesTests {

	private static final String PEER = """
			sockets = {}
			while True:
			    words = hear().split(" ")
			    if words[0] == "open":
			        s = sockets[words[1]] = ctx.socket(getattr(zmq, words[1]))
			        s.linger = 0
			        s.rcvtimeo = 20000
			        if words[1] == "SUB":
			            s.subscribe(b"")
			        if words[1] == "XSUB":
			            s.send(b"\\x01")
			        say("port", s.bind_to_random_port("tcp://127.0.0.1"))
			    elif words[0] == "bind6":
			        s = sockets[words[1]] = ctx.socket(getattr(zmq, words[1]))
			        s.linger, s.rcvtimeo, s.ipv6 = 0, 20000, 1
			        say("port", s.bind_to_random_port("tcp://[::1]"))
			    elif words[0] == "connect":
			        s = sockets[words[1]] = ctx.socket(getattr(zmq, words[1]))
			        s.linger, s.rcvtimeo, s.ipv6 = 0, 20000, 1
			        if words[1] not in ("STREAM", "PUSH"):
			            s.routing_id = b"theirs"
			        s.connect(words[2])
			        say("connected")
			    elif words[0] == "send":
			        sockets[words[1]].send_multipart([bytes.fromhex(w) for w in words[2:]])
			        say("sent")
			    elif words[0] == "receive":
			        say("received", *[f.hex() for f in sockets[words[1]].recv_multipart()])
			    elif words[0] == "close":
			        sockets.pop(words[1]).close()
			        say("closed")
			""";

	private static TypesApp app;

	private static PythonPeer peer;

	@BeforeAll
	static void start() {
		app = new TypesApp();
		peer = PythonPeer.start(PEER);
	}

	@AfterAll
	static void stop() {
		peer.close();
		app.close();
	}

	@AfterEach
	void reset() {
		app.reset();
	}

	private static void open(String type, SocketType ours) {
		peer.tell("open " + type);
		String port = peer.awaitLine("port ").substring(5);
		app.connect("ours", ours, "tcp://127.0.0.1:" + port);
	}

	private static void close(String type) {
		peer.tell("close " + type);
		peer.awaitLine("closed");
	}

	private static void send(String type, byte[]... frames) {
		peer.tell("send " + type
				+ Stream.of(frames)
					.map((frame) -> " " + HexFormat.of().formatHex(frame))
					.collect(Collectors.joining()));
		peer.awaitLine("sent");
	}

	private static List<byte[]> received(String type) {
		peer.tell("receive " + type);
		return awaitReceived();
	}

	private static List<byte[]> awaitReceived() {
		String line = peer.awaitLine("received ").substring(9);
		return Stream.of(line.split(" ", -1)).map(HexFormat.of()::parseHex).toList();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@ParameterizedTest(name = "our {0} to the {1} of pyzmq")
	@CsvSource({ "PUB, SUB", "PUB, XSUB", "XPUB, SUB", "XPUB, XSUB", "PUSH, PULL", "PAIR, PAIR", "DEALER, DEALER" })
	void messagesGoOut(SocketType ours, String theirs) throws InterruptedException {
		open(theirs, ours);
		// libzmq subscribes at a peer that connects when its socket is used
		peer.tell("receive " + theirs);
		if (ours == SocketType.PUB || ours == SocketType.XPUB) {
			assertThat(app.sockets.awaitSubscribers("ours", "a", 1, TypesApp.PATIENCE)).isTrue();
		}
		app.template.sendFrames("ours", "a", new byte[0], new byte[] { 0, -1 });
		assertThat(awaitReceived()).containsExactly(utf8("a"), new byte[0], new byte[] { 0, -1 });
		close(theirs);
	}

	@ParameterizedTest(name = "the {0} of pyzmq to our {1}")
	@CsvSource({ "PUB, SUB", "PUB, XSUB", "XPUB, SUB", "XPUB, XSUB", "PUSH, PULL", "PAIR, PAIR" })
	void messagesComeIn(String theirs, SocketType ours) throws InterruptedException {
		open(theirs, ours);
		if (ours == SocketType.XSUB) {
			app.sockets.subscribe("ours", "a");
		}
		BlockingQueue<ZmqMessage> heard = app.listen("ours");
		if (theirs.equals("XPUB")) {
			assertThat(received(theirs).get(0)[0]).isEqualTo((byte) 1);
		}
		ZmqMessage message = null;
		for (int i = 0; message == null && i < 100; i++) {
			// a PUB of libzmq does not say who subscribes
			send(theirs, utf8("a"), new byte[0], new byte[] { 0, -1 });
			message = heard.poll(200, TimeUnit.MILLISECONDS);
		}
		assertThat(message).isNotNull();
		assertThat(message.frames()).containsExactly(utf8("a"), new byte[0], new byte[] { 0, -1 });
		close(theirs);
	}

	@ParameterizedTest
	@CsvSource({ "REP", "ROUTER" })
	void theirServerAnswersOurRequest(String theirs) throws Exception {
		open(theirs, SocketType.REQ);
		var reply = app.template.requestAsync("ours", "question", String.class, TypesApp.PATIENCE);
		List<byte[]> request = received(theirs);
		assertThat(request.get(request.size() - 1)).isEqualTo(utf8("question"));
		byte[][] answer = request.toArray(byte[][]::new);
		answer[answer.length - 1] = utf8("answer");
		send(theirs, answer);
		assertThat(reply.get()).isEqualTo("answer");
		close(theirs);
	}

	@ParameterizedTest(name = "the {0} of pyzmq asks our {1}")
	@CsvSource({ "REQ, REP", "REQ, ROUTER", "DEALER, REP", "DEALER, ROUTER" })
	void ourServerAnswersTheirRequest(String theirs, SocketType ours) {
		open(theirs, ours);
		app.answer("ours", (request) -> request.text(0) + "!");
		if (theirs.equals("REQ")) {
			send(theirs, utf8("question"));
			assertThat(received(theirs)).containsExactly(utf8("question!"));
		}
		else {
			send(theirs, new byte[0], utf8("question"));
			assertThat(received(theirs)).containsExactly(new byte[0], utf8("question!"));
		}
		close(theirs);
	}

	@Test
	void ourDealerAndTheirRouterTalkInAnyOrder() {
		open("ROUTER", SocketType.DEALER);
		app.template.sendFrames("ours", "hello", "1");
		List<byte[]> hello = received("ROUTER");
		assertThat(hello.subList(1, 3)).containsExactly(utf8("hello"), utf8("1"));
		send("ROUTER", hello.get(0), utf8("one"));
		send("ROUTER", hello.get(0), utf8("two"));
		assertThat(app.template.receiveFrames("ours", TypesApp.PATIENCE).text(0)).isEqualTo("one");
		assertThat(app.template.receiveFrames("ours", TypesApp.PATIENCE).text(0)).isEqualTo("two");
		close("ROUTER");
	}

	@Test
	void ourRouterReachesTheirDealerByItsName() {
		String endpoint = app.bind("ours", SocketType.ROUTER, "tcp://127.0.0.1:*");
		connect("DEALER", endpoint);
		send("DEALER", utf8("hello"), utf8("1"));
		ZmqMessage hello = app.template.receiveFrames("ours", TypesApp.PATIENCE);
		assertThat(List.of(hello.returnPath())).containsExactly(utf8("theirs"));
		assertThat(hello.frames()).containsExactly(utf8("hello"), utf8("1"));
		app.template.sendTo("ours", utf8("theirs"), "one");
		app.template.reply("ours", hello, List.of(utf8("two"), utf8("2")));
		assertThat(received("DEALER")).containsExactly(utf8("one"));
		assertThat(received("DEALER")).containsExactly(utf8("two"), utf8("2"));
		close("DEALER");
	}

	@Test
	void ourRouterAndTheirsTalkByTheirNames() {
		String endpoint = app.bind("ours", SocketType.ROUTER, "tcp://127.0.0.1:*",
				TypesApp.with(SocketOption.ROUTING_ID, "ours"));
		connect("ROUTER", endpoint);
		Awaitility.await().until(() -> app.sockets.routingIds("ours").size() == 1);
		app.template.sendTo("ours", utf8("theirs"), "hello");
		assertThat(received("ROUTER")).containsExactly(utf8("ours"), utf8("hello"));
		send("ROUTER", utf8("ours"), utf8("welcome"));
		assertThat(app.template.receiveFrames("ours", TypesApp.PATIENCE).text(0)).isEqualTo("welcome");
		close("ROUTER");
	}

	@Test
	void theirDealerTalksToOurs() {
		open("DEALER", SocketType.DEALER);
		send("DEALER", utf8("a"), utf8("b"));
		assertThat(app.template.receiveFrames("ours", TypesApp.PATIENCE).frames()).containsExactly(utf8("a"),
				utf8("b"));
		close("DEALER");
	}

	@Test
	void theirStreamConnectsToOurs() {
		String endpoint = app.bind("ours", SocketType.STREAM, "tcp://127.0.0.1:*");
		connect("STREAM", endpoint);
		List<byte[]> greeting = received("STREAM");
		assertThat(greeting.get(1)).isEmpty();
		ZmqMessage arrived = app.template.receiveFrames("ours", TypesApp.PATIENCE);
		assertThat(arrived.frame(0)).isEmpty();
		app.template.sendTo("ours", arrived.returnPath()[0], "ping");
		assertThat(received("STREAM").get(1)).isEqualTo(utf8("ping"));
		send("STREAM", greeting.get(0), utf8("pong"));
		assertThat(app.template.receiveFrames("ours", TypesApp.PATIENCE).text(0)).isEqualTo("pong");
		close("STREAM");
	}

	@Test
	void ipv6BothWays() throws SocketException {
		Assumptions.assumeTrue(NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.anyMatch((address) -> address instanceof Inet6Address && address.isLoopbackAddress()));
		String endpoint = app.bind("pull", SocketType.PULL, "tcp://[::1]:*", TypesApp.with(SocketOption.IPV6, true));
		connect("PUSH", endpoint);
		send("PUSH", utf8("x"));
		assertThat(app.template.receiveFrames("pull", TypesApp.PATIENCE).text(0)).isEqualTo("x");
		close("PUSH");
		peer.tell("bind6 PULL");
		String port = peer.awaitLine("port ").substring(5);
		app.connect("push", SocketType.PUSH, "tcp://[::1]:" + port, TypesApp.with(SocketOption.IPV6, true));
		app.template.convertAndSend("push", "y");
		assertThat(received("PULL")).containsExactly(utf8("y"));
		close("PULL");
	}

	@Test
	void aMessageTellsOfThePeerThatItCameFrom() {
		String endpoint = app.bind("ours", SocketType.ROUTER, "tcp://127.0.0.1:*");
		connect("DEALER", endpoint);
		send("DEALER", utf8("hello"));
		ZmqMessage message = app.template.receiveFrames("ours", TypesApp.PATIENCE);
		assertThat(message.metadata()).containsEntry("Socket-Type", "DEALER").containsEntry("Identity", "theirs");
		assertThat(message.metadata().get("Peer-Address")).startsWith("127.0.0.1:");
		assertThat(message.withFrames("x").metadata()).isEqualTo(message.metadata());
		close("DEALER");
	}

	private static void connect(String type, String endpoint) {
		peer.tell("connect " + type + " " + endpoint);
		peer.awaitLine("connected");
	}

	@Test
	void streamsExchangeBytes() {
		open("STREAM", SocketType.STREAM);
		ZmqMessage arrived = app.template.receiveFrames("ours", TypesApp.PATIENCE);
		List<byte[]> greeting = received("STREAM");
		assertThat(greeting.get(1)).isEmpty();
		app.template.sendTo("ours", arrived.returnPath()[0], "ping");
		assertThat(received("STREAM").get(1)).isEqualTo(utf8("ping"));
		send("STREAM", greeting.get(0), utf8("pong"));
		assertThat(app.template.receiveFrames("ours", TypesApp.PATIENCE).text(0)).isEqualTo("pong");
		close("STREAM");
	}

}
