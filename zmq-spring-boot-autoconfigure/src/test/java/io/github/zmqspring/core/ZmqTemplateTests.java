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

package io.github.zmqspring.core;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ZmqTemplate}.
 */
@NoLeaks
class ZmqTemplateTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class))
		.withBean(Server.class)
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in", "zmq.sockets.out.type=push",
				"zmq.sockets.out.connect=inproc://in", "zmq.sockets.pub.type=pub", "zmq.sockets.pub.bind=inproc://pub",
				"zmq.sockets.sub.type=sub", "zmq.sockets.sub.connect=inproc://pub", "zmq.sockets.rep.type=rep",
				"zmq.sockets.rep.bind=inproc://rep", "zmq.sockets.req.type=req", "zmq.sockets.req.connect=inproc://rep",
				"zmq.sockets.router.type=router", "zmq.sockets.router.bind=inproc://router",
				"zmq.sockets.dealer.type=dealer", "zmq.sockets.dealer.connect=inproc://router",
				"zmq.sockets.dealer.options.routing-id=me", "zmq.sockets.lonely.type=push", "zmq.sockets.lonely.bind=",
				"zmq.sockets.silent.type=dealer", "zmq.sockets.silent.connect=inproc://router",
				"zmq.sockets.off.type=push", "zmq.sockets.off.auto-startup=false");

	@Test
	void sendsAndReceivesAllKindsOfPayloads() {
		this.runner.run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			template.send("out", MessageBuilder.withPayload("message").build());
			Message<?> message = template.receive("in");
			assertThat(message).isNotNull();
			assertThat(message.getPayload()).isEqualTo("message".getBytes());
			assertThat(message.getHeaders()).containsEntry(ZmqHeaders.SOCKET, "in");
			template.convertAndSend("out", "text");
			assertThat(template.receiveAndConvert("in", String.class)).isEqualTo("text");
			template.convertAndSend("out", new byte[] { 1, 2 });
			assertThat(template.receiveAndConvert("in", byte[].class)).containsExactly(1, 2);
			ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 0, 1, 2, 3 }, 1, 2);
			template.convertAndSend("out", buffer);
			assertThat(buffer.remaining()).isEqualTo(2);
			assertThat(template.receiveAndConvert("in", byte[].class)).containsExactly(1, 2);
			template.convertAndSend("out", ByteBuffer.allocateDirect(4).putInt(7).flip().position(2));
			assertThat(template.receiveAndConvert("in", ByteBuffer.class))
				.isEqualTo(ByteBuffer.wrap(new byte[] { 0, 7 }));
			template.convertAndSend("out", List.of("a".getBytes(), new byte[0]));
			assertThat(template.receiveFrames("in", LONG).frames()).hasSize(2);
			template.sendFrames("out", "a", ByteBuffer.wrap(new byte[] { 1 }), new byte[0], List.of(1));
			ZmqMessage frames = template.receiveFrames("in", LONG);
			assertThat(frames.text(0) + frames.size() + frames.text(3)).isEqualTo("a4[1]");
			assertThat(template.receiveFrames("in", Duration.ZERO)).isNull();
		});
	}

	@Test
	void tryingToSendWaitsForNothing() {
		ZmqSockets sockets = mock();
		ZmqSocket socket = mock();
		MessageOperations messages = mock();
		given(sockets.socket("out")).willReturn(socket);
		given(socket.definition())
			.willReturn(SocketDefinition.of("out", SocketType.PUSH, List.of(), List.of("inproc://out")));
		given(messages.send(socket, "text", 0)).willReturn(SendResult.TIMED_OUT, SendResult.ACCEPTED);
		ZmqTemplate template = new ZmqTemplate(sockets, mock(), messages);
		template.setSendTimeout(LONG);
		assertThat(template.trySend("out", "text")).isFalse();
		assertThat(template.trySend("out", "text")).isTrue();
	}

	@Test
	void arraysMayBeUsedAgainAfterASend() {
		this.runner.run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			byte[] array = new byte[2000];
			for (byte i = 1; i <= 50; i++) {
				array[0] = i;
				array[1999] = i;
				template.convertAndSend("out", array);
				template.sendFrames("out", array, ByteBuffer.wrap(array));
				template.convertAndSend("out", ZmqMessage.of(array, "x"));
			}
			java.util.Arrays.fill(array, (byte) 0);
			for (byte i = 1; i <= 50; i++) {
				for (int message = 0; message < 3; message++) {
					ZmqMessage received = template.receiveFrames("in", LONG);
					assertThat(received.frame(0)[0]).isEqualTo(i);
					assertThat(received.frame(0)[1999]).isEqualTo(i);
				}
			}
		});
	}

	@Test
	void publishesAndRoutes() {
		this.runner.run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			Awaitility.await().atMost(LONG).until(() -> {
				template.publish("pub", "topic", "payload");
				return template.receiveFrames("sub", Duration.ofMillis(50)) != null;
			});
			template.newMessage("payload").to("pub").topic("t").send();
			Awaitility.await().atMost(LONG).until(() -> {
				ZmqMessage message = template.receiveFrames("sub", Duration.ofSeconds(1));
				return message != null && message.text(0).equals("t") && message.text(1).equals("payload");
			});
			template.convertAndSend("dealer", "hello");
			Message<?> hello = template.receive("router");
			assertThat(hello).isNotNull();
			byte[] id = (byte[]) hello.getHeaders().get(ZmqHeaders.ROUTING_ID);
			assertThat(id).isEqualTo("me".getBytes());
			template.sendTo("router", id, "to you");
			assertThat(template.receiveAndConvert("dealer", String.class)).isEqualTo("to you");
			template.newMessage("again").to("router").routingId(id).send();
			assertThat(template.receiveAndConvert("dealer", String.class)).isEqualTo("again");
			assertThatExceptionOfType(ZmqHostUnreachableException.class)
				.isThrownBy(() -> template.sendTo("router", "nobody".getBytes(), "x"))
				.satisfies((ex) -> assertThat(ex.getSocket()).isEqualTo("router"));
		});
	}

	@Test
	void asksAndGetsTypedReplies() {
		this.runner.run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			assertThat(template.convertSendAndReceive("req", "[1,2]", String.class)).isEqualTo("[1,2]");
			assertThat(
					template.convertSendAndReceive("req", List.of(1, 2), new ParameterizedTypeReference<List<Long>>() {
					}))
				.containsExactly(1L, 2L);
			Message<?> reply = template.sendAndReceive("req", MessageBuilder.withPayload("x").build());
			assertThat(reply).isNotNull();
			assertThat(reply.getPayload()).isEqualTo("x".getBytes());
			List<CompletableFuture<String>> replies = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				replies.add(template.requestAsync("req", "r" + i, String.class));
			}
			for (int i = 0; i < 100; i++) {
				assertThat(replies.get(i)).succeedsWithin(LONG).isEqualTo("r" + i);
			}
			assertThat(template.requestAsync("silent", "x", String.class, Duration.ofMillis(50))).failsWithin(LONG)
				.withThrowableThat()
				.withCauseInstanceOf(ZmqRequestTimeoutException.class)
				.withMessageContaining("'silent'");
			assertThatExceptionOfType(ZmqRemoteException.class)
				.isThrownBy(() -> template.convertSendAndReceive("req", "fail", String.class))
				.satisfies((ex) -> assertThat(ex.getErrorType()).isEqualTo("IllegalStateException"));
		});
	}

	@Test
	void sendsThatCannotBeAcceptedSaySo() {
		this.runner.withPropertyValues("zmq.template.send-timeout=20ms").run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			assertThat(template.trySend("out", "x")).isTrue();
			assertThat(template.trySend("lonely", "x")).isFalse();
			assertThat(template.newMessage("x").to("lonely").trySend()).isFalse();
			assertThat(template.sendAsync("out", "x")).succeedsWithin(LONG);
			assertThat(template.sendAsync("lonely", "x")).failsWithin(LONG)
				.withThrowableThat()
				.withCauseInstanceOf(ZmqSendTimeoutException.class);
			fails(ZmqSendTimeoutException.class, "lonely", () -> template.convertAndSend("lonely", "SECRET"));
			fails(ZmqSocketClosedException.class, "off", () -> template.convertAndSend("off", "SECRET"));
			fails(ZmqUnknownSocketException.class, "nowhere", () -> template.convertAndSend("nowhere", "SECRET"));
			fails(ZmqUnsupportedOperationException.class, "in", () -> template.convertAndSend("in", "SECRET"));
			fails(ZmqUnsupportedOperationException.class, "req", () -> template.convertAndSend("req", "SECRET"));
			fails(ZmqUnsupportedOperationException.class, "out", () -> template.receive("out"));
			fails(ZmqUnsupportedOperationException.class, "rep", () -> template.receive("rep"));
			fails(ZmqUnsupportedOperationException.class, "out", () -> template.publish("out", "t", "SECRET"));
			fails(ZmqUnsupportedOperationException.class, "out",
					() -> template.sendTo("out", new byte[] { 1 }, "SECRET"));
			fails(ZmqUnsupportedOperationException.class, "out",
					() -> template.convertSendAndReceive("out", "SECRET", String.class));
		});
	}

	private static void fails(Class<? extends ZmqException> type, String socket, Runnable call) {
		assertThatExceptionOfType(type).isThrownBy(call::run)
			.withMessageContaining("'" + socket + "'")
			.withMessageNotContaining("SECRET")
			.satisfies((ex) -> assertThat(ex.getSocket()).isEqualTo(socket));
	}

	@Test
	void fourThreadsLoseAndTearNothing() {
		this.runner.withPropertyValues("zmq.template.send-timeout=30s").run(ZmqTemplateTests::sendFromFourThreads);
	}

	private static void sendFromFourThreads(AssertableApplicationContext context) {
		int each = 5000;
		ZmqTemplate template = context.getBean(ZmqTemplate.class);
		AtomicInteger threads = new AtomicInteger();
		List<CompletableFuture<Void>> senders = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			senders.add(CompletableFuture.runAsync(() -> {
				int thread = threads.getAndIncrement();
				for (int n = 0; n < each; n++) {
					template.sendFrames("out", "" + thread, "" + n, "" + thread + n);
				}
			}, (task) -> new Thread(task).start()));
		}
		BitSet[] seen = { new BitSet(), new BitSet(), new BitSet(), new BitSet() };
		int[] last = { -1, -1, -1, -1 };
		for (int n = 0; n < 4 * each; n++) {
			ZmqMessage message = template.receiveFrames("in", LONG);
			assertThat(message).isNotNull();
			assertThat(message.size()).isEqualTo(3);
			int thread = Integer.parseInt(message.text(0));
			int number = Integer.parseInt(message.text(1));
			assertThat(message.text(2)).isEqualTo("" + thread + number);
			assertThat(number).isGreaterThan(last[thread]);
			last[thread] = number;
			seen[thread].set(number);
		}
		assertThat(senders).allSatisfy((sender) -> assertThat(sender).succeedsWithin(LONG));
		assertThat(seen).allMatch((numbers) -> numbers.cardinality() == each);
	}

	static class Server {

		@ZmqListener("rep")
		byte[] echo(byte[] request) {
			if (new String(request).equals("fail")) {
				throw new IllegalStateException("on purpose");
			}
			return request;
		}

	}

}
