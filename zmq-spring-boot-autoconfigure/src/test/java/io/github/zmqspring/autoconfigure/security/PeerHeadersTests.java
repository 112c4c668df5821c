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

package io.github.zmqspring.autoconfigure.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.message.HeaderFrame;
import io.github.zmqspring.test.NoLeaks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * User id and address of a peer, as headers that no peer can set: at listeners, in
 * batches, requests, through proxies and with {@code receive}.
 */
@NoLeaks
@Timeout(120)
class PeerHeadersTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class,
				ZmqProxyAutoConfiguration.class))
		.withUserConfiguration(Listeners.class)
		.withPropertyValues("zmq.template.receive-timeout=20s", "zmq.security.users.staff.alice=a",
				"zmq.security.users.staff.bob=b", "zmq.security.users.staff.hub=h")
		.withPropertyValues(server("single", "pull", "tcp://127.0.0.1:*"))
		.withPropertyValues(server("batch", "pull", "tcp://127.0.0.1:*"))
		.withPropertyValues(server("rpc", "rep", "tcp://127.0.0.1:*"))
		.withPropertyValues(server("taken", "pull", "tcp://127.0.0.1:*"))
		.withPropertyValues(server("brokered", "pull", "tcp://127.0.0.1:*"))
		.withPropertyValues("zmq.sockets.open.type=pull", "zmq.sockets.open.bind=tcp://127.0.0.1:*",
				"zmq.sockets.open.envelope=headers", "zmq.sockets.open.envelope-headers=*",
				"zmq.sockets.inside.type=pull", "zmq.sockets.inside.bind=inproc://inside",
				"zmq.sockets.inside.envelope=headers", "zmq.sockets.inside.envelope-headers=*")
		.withPropertyValues(client("to-single", "push", "single", "alice", "a"))
		.withPropertyValues(client("to-batch", "push", "batch", "alice", "a"))
		.withPropertyValues(client("bobs", "push", "batch", "bob", "b"))
		.withPropertyValues(client("ask", "req", "rpc", "alice", "a"))
		.withPropertyValues(client("to-taken", "push", "taken", "alice", "a"))
		.withPropertyValues(client("to-proxy", "push", "p.frontend", "alice", "a"))
		.withPropertyValues("zmq.sockets.to-open.type=push", "zmq.sockets.to-open.connect=socket:open",
				"zmq.sockets.raw-to-open.type=push", "zmq.sockets.raw-to-open.connect=socket:open",
				"zmq.sockets.raw-to-inside.type=push", "zmq.sockets.raw-to-inside.connect=inproc://inside",
				"zmq.sockets.to-open.envelope=headers", "zmq.sockets.to-open.envelope-headers=*",
				"zmq.sockets.to-inside.type=push", "zmq.sockets.to-inside.connect=inproc://inside",
				"zmq.proxies.p.type=streamer", "zmq.proxies.p.frontend.bind=tcp://127.0.0.1:*",
				"zmq.proxies.p.frontend.security.mechanism=plain", "zmq.proxies.p.frontend.security.users=staff",
				"zmq.proxies.p.backend.connect=socket:brokered", "zmq.proxies.p.backend.security.mechanism=plain",
				"zmq.proxies.p.backend.security.username=hub", "zmq.proxies.p.backend.security.password=h");

	private static String[] server(String name, String type, String endpoint) {
		String socket = "zmq.sockets." + name + ".";
		return new String[] { socket + "type=" + type, socket + "bind=" + endpoint, socket + "envelope=headers",
				socket + "envelope-headers=*", socket + "security.mechanism=plain", socket + "security.users=staff" };
	}

	private static String[] client(String name, String type, String server, String user, String password) {
		List<String> properties = new ArrayList<>();
		for (String socket : List.of("zmq.sockets." + name + ".", "zmq.sockets.raw-" + name + ".")) {
			properties.addAll(List.of(socket + "type=" + type, socket + "connect=socket:" + server,
					socket + "security.mechanism=plain", socket + "security.username=" + user,
					socket + "security.password=" + password));
		}
		properties.addAll(
				List.of("zmq.sockets." + name + ".envelope=headers", "zmq.sockets." + name + ".envelope-headers=*"));
		return properties.toArray(String[]::new);
	}

	/**
	 * As the API sends it, and as a peer of another make may, through a socket without
	 * envelope.
	 */
	private static List<Object> forgeries(String text) {
		Message<String> message = MessageBuilder.withPayload(text)
			.setHeader(ZmqHeaders.USER_ID, "admin")
			.setHeader("ZMQ_USERID", "admin")
			.setHeader(ZmqHeaders.PEER_ADDRESS, "10.0.0.1")
			.setHeader("other", "kept")
			.build();
		ZmqMessage frames = ZmqMessage.of(HeaderFrame.encode(Map.of(ZmqHeaders.USER_ID, "admin", "zmq_userid", "admin",
				ZmqHeaders.PEER_ADDRESS, "10.0.0.1", "Zmq_PeerAddress", "10.0.0.1", "other", "kept")), text);
		return List.of(message, frames);
	}

	@Test
	void headersTellUserIdAndAddressOfAPeerWhateverItSays() {
		this.runner.run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			Listeners listeners = context.getBean(Listeners.class);
			for (Object message : forgeries("hello")) {
				send(template, "to-single", message);
				assertThat(listeners.next()).isEqualTo("hello alice 127.0.0.1");
				send(template, "to-batch", message);
				assertThat(listeners.next()).isEqualTo("batch alice 127.0.0.1");
				send(template, "bobs", message);
				assertThat(listeners.next()).isEqualTo("batch bob 127.0.0.1");
				send(template, "to-proxy", message);
				assertThat(listeners.next()).isEqualTo("brokered hub 127.0.0.1");
				send(template, "to-open", message);
				assertThat(listeners.next()).isEqualTo("open null 127.0.0.1");
				send(template, "to-inside", message);
				assertThat(listeners.next()).isEqualTo("inside null null");
				send(template, "to-taken", message);
				Message<?> received = template.receive("taken");
				assertThat(received).isNotNull();
				assertThat(received.getHeaders()).containsEntry(ZmqHeaders.USER_ID, "alice")
					.containsEntry("other", "kept")
					.doesNotContainValue("admin")
					.doesNotContainValue("10.0.0.1");
			}
			Message<?> request = (Message<?>) forgeries("question").get(0);
			assertThat(template.convertSendAndReceive("ask", request, String.class)).isEqualTo("alice");
			Message<?> reply = template.sendAndReceive("ask", request);
			assertThat(reply).isNotNull();
			assertThat(reply.getHeaders()).doesNotContainKey(ZmqHeaders.USER_ID)
				.hasEntrySatisfying(ZmqHeaders.PEER_ADDRESS,
						(address) -> assertThat((String) address).startsWith("127.0.0.1:"));
		});
	}

	private static void send(ZmqTemplate template, String socket, Object message) {
		if (message instanceof ZmqMessage frames) {
			template.sendFrames("raw-" + socket, frames.frames().toArray());
		}
		else {
			template.convertAndSend(socket, message);
		}
	}

	/** What listeners got. */
	static class Listeners {

		private final BlockingQueue<String> got = new LinkedBlockingQueue<>();

		String next() throws InterruptedException {
			return String.valueOf(this.got.poll(20, TimeUnit.SECONDS));
		}

		private void add(String text, @Nullable Object user, @Nullable Object address) {
			this.got.add(text + ' ' + user + ' ' + String.valueOf(address).replaceAll(":[0-9]+$", ""));
		}

		@ZmqListener("single")
		void single(String text, @Header(ZmqHeaders.USER_ID) String user,
				@Header(ZmqHeaders.PEER_ADDRESS) String address) {
			add(text, user, address);
		}

		@ZmqListener(socket = "batch", batch = true)
		void batch(List<Message<String>> batch) {
			for (Message<String> message : batch) {
				add("batch", message.getHeaders().get(ZmqHeaders.USER_ID),
						message.getHeaders().get(ZmqHeaders.PEER_ADDRESS));
			}
		}

		@ZmqListener("brokered")
		void brokered(Message<String> message) {
			add("brokered", message.getHeaders().get(ZmqHeaders.USER_ID),
					message.getHeaders().get(ZmqHeaders.PEER_ADDRESS));
		}

		@ZmqListener("open")
		void open(ZmqMessage message) {
			add("open", message.userId(), message.peerAddress());
		}

		@ZmqListener("inside")
		void inside(Message<String> message) {
			add("inside", message.getHeaders().get(ZmqHeaders.USER_ID),
					message.getHeaders().get(ZmqHeaders.PEER_ADDRESS));
		}

		@ZmqListener("rpc")
		Message<String> rpc(Message<String> request) {
			return MessageBuilder.withPayload(String.valueOf(request.getHeaders().get(ZmqHeaders.USER_ID)))
				.setHeader(ZmqHeaders.USER_ID, "server")
				.setHeader(ZmqHeaders.PEER_ADDRESS, "10.0.0.1")
				.build();
		}

	}

}
