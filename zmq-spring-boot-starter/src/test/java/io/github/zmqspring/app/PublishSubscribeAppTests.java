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

package io.github.zmqspring.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.test.ZmqAppProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for publish and subscribe against libzmq.
 */
@RequiresPyzmq
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishSubscribeAppTests {

	private RemotePeer peer;

	private ZmqAppProcess app;

	@BeforeAll
	void start() {
		this.peer = new RemotePeer();
		this.app = Apps.withJackson(PublishSubscribeApp.class)
			// an XPUB is a PUB that tells of subscriptions
			.args("--zmq.sockets.feed.type=sub", "--zmq.sockets.feed.connect=" + this.peer.bind("feed", "XPUB"))
			.args("--zmq.sockets.news.type=pub", "--zmq.sockets.news.bind=tcp://127.0.0.1:*")
			.args("--zmq.sockets.control.type=pull", "--zmq.sockets.control.bind=tcp://127.0.0.1:*")
			.start();
		this.peer.connect("news", "SUB", Apps.bound(this.app, "news"));
		this.peer.connect("control", "PUSH", Apps.bound(this.app, "control"));
		List<String> subscribed = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			subscribed.addAll(this.peer.receive("feed"));
		}
		assertThat(subscribed).containsExactlyInAnyOrder("\u0001bytes.", "\u0001text.", "\u0001json.", "\u0001whole.");
	}

	@AfterAll
	void stop() {
		this.app.close();
		this.peer.close();
	}

	@Test
	void eachListenerGetsItsTopics() {
		this.peer.send("feed", "bytes.1", new byte[] { 0, 1, (byte) 0xFF });
		this.peer.send("feed", "text.1", "hello");
		this.peer.send("feed", "json.1", Order.JSON);
		this.peer.send("feed", "whole.1", "b", "c");
		this.app.awaitLine("^bytes.1 0001ff$");
		this.app.awaitLine("^text hello$");
		this.app.awaitLine("^json.1 3 nut$");
		this.app.awaitLine("^whole.1 3 c$");
	}

	@Test
	void publishesTopicAndPayload() {
		assertThat(published("bytes")).containsExactly("bytes", "\u0000\u0001\u00ff");
		assertThat(published("text")).containsExactly("text", "hello");
		assertThat(published("json")).containsExactly("json", Order.JSON);
		assertThat(published("frames")).containsExactly("frames", "a", "b");
	}

	/** A subscription takes a while to arrive: until then nothing is published. */
	private List<String> published(String what) {
		AtomicReference<List<String>> message = new AtomicReference<>();
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).until(() -> {
			this.peer.send("control", what);
			for (List<String> next = next(); next != null; next = next()) {
				message.set(next);
			}
			return message.get() != null && message.get().get(0).equals(what);
		});
		return message.get();
	}

	private List<String> next() {
		return this.peer.poll("news", Duration.ofMillis(200));
	}

}
