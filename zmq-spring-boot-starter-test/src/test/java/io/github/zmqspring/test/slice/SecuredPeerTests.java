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

package io.github.zmqspring.test.slice;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqRecorder;
import io.github.zmqspring.test.ZmqTest;
import io.github.zmqspring.test.ZmqTestPeer;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for peers of secured sockets.
 */
@ZmqTest(properties = { "zmq.sockets.letters.type=pull", "zmq.sockets.letters.bind=tcp://*:5571",
		"zmq.sockets.letters.security.mechanism=curve", "zmq.sockets.letters.security.key=server",
		"zmq.sockets.letters.security.clients=partners", "zmq.sockets.notes.type=pull",
		"zmq.sockets.notes.bind=tcp://*:5572", "zmq.sockets.notes.security.mechanism=plain",
		"zmq.sockets.notes.security.users=staff", "zmq.security.users.staff.alice=sesame", "zmq.sockets.ask.type=req",
		"zmq.sockets.ask.connect=tcp://elsewhere.invalid:5573", "zmq.sockets.ask.security.mechanism=curve",
		"zmq.sockets.ask.security.key=server", "zmq.sockets.ask.security.server-key=hub" })
@NoLeaks
class SecuredPeerTests {

	private static final ZmqKeyPair SERVER = ZmqKeys.generate();

	private static final ZmqKeyPair HUB = ZmqKeys.generate();

	private static final ZmqKeyPair PARTNER = ZmqKeys.generate();

	@Autowired
	private ZmqSockets sockets;

	@Autowired
	private ZmqTemplate template;

	@Autowired
	private ZmqRecorder zmq;

	@DynamicPropertySource
	static void keys(DynamicPropertyRegistry registry) {
		registry.add("zmq.security.keys.server.secret-key", SERVER::secretKey);
		registry.add("zmq.security.keys.hub.public-key", HUB::publicKey);
		registry.add("zmq.security.clients.partners.keys.alice", PARTNER::publicKey);
	}

	@Test
	void aPeerWithItsKeysIsLetIn() {
		try (ZmqTestPeer peer = ZmqTestPeer.curve(this.sockets, "letters", SocketType.PUSH, PARTNER,
				SERVER.publicKey())) {
			peer.send("dear");
			assertThat(this.zmq).listener("post.letter").received(1).first().header("zmq_userId").isEqualTo("alice");
		}
		try (ZmqTestPeer peer = ZmqTestPeer.plain(this.sockets, "notes", SocketType.PUSH, "alice", "sesame")) {
			peer.send("short");
			assertThat(this.zmq).listener("post.note").received(1).first().text().isEqualTo("short");
		}
	}

	@Test
	void strangersAreRefused() {
		ZmqTestPeer.awaitRefused(this.sockets, "letters", SocketType.PUSH);
		ZmqTestPeer.awaitRefused(this.sockets, "letters", SocketType.PUSH, ZmqKeys.generate(), SERVER.publicKey());
		ZmqTestPeer.awaitRefused(this.sockets, "notes", SocketType.PUSH, "alice", "wrong");
		assertThat(this.zmq).listener("post.letter").receivedNothing();
	}

	@Test
	void aPeerThatIsLetInIsNotRefused() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ZmqTestPeer.awaitRefused(this.sockets, "notes", SocketType.PUSH, "alice", "sesame"))
			.withMessage("Socket 'notes' took the peer, which it should have refused");
	}

	@Test
	void aPeerIsTheServerOfASecuredClient() {
		try (ZmqTestPeer server = ZmqTestPeer.curveServer(this.sockets, "ask", SocketType.REP, HUB)
			.answering((request) -> request.text(0) + "!")) {
			assertThat(this.template.convertSendAndReceive("ask", "who", String.class)).isEqualTo("who!");
		}
		assertThat(this.zmq).socket("ask").sentAtLeast(1).first().text().isEqualTo("who");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Post {

		@ZmqListener(id = "post.letter", socket = "letters")
		void letter(String text) {
		}

		@ZmqListener(id = "post.note", socket = "notes")
		void note(String text) {
		}

	}

}
