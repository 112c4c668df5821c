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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZMsg;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What may be sent, whose the arrays are, and messages of odd shapes.
 */
@NoLeaks
class SendingTests {

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

	private static void pipe(String endpoint) {
		app.connect("push", SocketType.PUSH, app.bind("pull", SocketType.PULL, endpoint));
	}

	private static ZmqMessage received() {
		ZmqMessage message = app.template.receiveFrames("pull", TypesApp.PATIENCE);
		assertThat(message).isNotNull();
		return message;
	}

	@Test
	void arraysStayTheCallersUnlessItGivesThemAway() {
		pipe("inproc://arrays");
		byte[] one = { 1 };
		byte[] two = { 2 };
		app.template.convertAndSend("push", one);
		assertThat(received().frame(0)).isEqualTo(one).isNotSameAs(one);
		app.template.sendFrames("push", one, two);
		assertThat(received().frame(1)).isEqualTo(two).isNotSameAs(two);
		app.template.convertAndSend("push", List.of(one, two));
		assertThat(received().frame(1)).isEqualTo(two).isNotSameAs(two);
		app.template.convertAndSend("push", ZmqMessage.of(one, two));
		assertThat(received().frame(0)).isEqualTo(one).isNotSameAs(one);
		ZMsg message = new ZMsg();
		message.add(one);
		app.template.convertAndSend("push", message);
		assertThat(received().frame(0)).isEqualTo(one).isNotSameAs(one);
		app.template.sendGivenAway("push", one, two);
		ZmqMessage given = received();
		assertThat(given.frame(0)).isSameAs(one);
		assertThat(given.frame(1)).isSameAs(two);
		assertThatIllegalArgumentException().isThrownBy(() -> app.template.sendGivenAway("push"));
		assertThatIllegalArgumentException().isThrownBy(() -> app.template.sendGivenAway("push", one, null));
	}

	static Stream<ByteBuffer> buffers() {
		byte[] bytes = "--text--".getBytes(StandardCharsets.UTF_8);
		ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
		return Stream.of(ByteBuffer.wrap(bytes, 2, 4), ByteBuffer.wrap(bytes, 2, 4).slice(),
				ByteBuffer.wrap(bytes, 2, 4).asReadOnlyBuffer(), direct.flip().position(2).limit(6));
	}

	@ParameterizedTest
	@MethodSource("buffers")
	void aBufferIsSentFromItsPositionAndNotConsumed(ByteBuffer buffer) {
		pipe("inproc://buffers");
		int position = buffer.position();
		app.template.convertAndSend("push", buffer);
		assertThat(received().text(0)).isEqualTo("text");
		app.template.sendFrames("push", "x", buffer);
		assertThat(received().text(1)).isEqualTo("text");
		app.template.convertAndSend("push", ZmqMessage.of(buffer));
		assertThat(received().text(0)).isEqualTo("text");
		assertThat(buffer.position()).isEqualTo(position);
		assertThat(buffer.remaining()).isEqualTo(4);
	}

	@Test
	void aFutureTellsWhenZeroMqHasTheMessage() throws Exception {
		app.sockets.create(SocketDefinition.of("push", SocketType.PUSH, List.of("inproc://later"), List.of()));
		CompletableFuture<Void> sent = app.template.sendAsync("push", "x");
		assertThat(sent).isNotDone();
		app.connect("pull", SocketType.PULL, "inproc://later");
		sent.get(TypesApp.PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(received().text(0)).isEqualTo("x");
		assertThat(app.template.sendAsync("push", "y")).isCompleted();
		assertThat(received().text(0)).isEqualTo("y");
	}

	@Test
	void aMessageReceivedByTheTemplateIsRepliedToWhateverTookItHere() {
		String endpoint = app.bind("server", SocketType.REP, "tcp://127.0.0.1:*");
		app.connect("client", SocketType.REQ, endpoint);
		CompletableFuture<String> reply = app.template.requestAsync("client", "question", String.class,
				TypesApp.PATIENCE);
		ZmqMessage request = app.template.receiveFrames("server", TypesApp.PATIENCE);
		assertThat(request.text(0)).isEqualTo("question");
		app.template.reply("server", request, "answer");
		assertThat(reply.join()).isEqualTo("answer");
		assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
			.isThrownBy(() -> app.template.reply("server", ZmqMessage.of("made up"), "x"))
			.withMessageContaining("'server'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "inproc" })
	void messagesOfOddShapes(String scheme) throws InterruptedException {
		pipe(TypesApp.any(scheme));
		BlockingQueue<ZmqMessage> heard = app.listen("pull");
		app.template.convertAndSend("push", "");
		assertThat(TypesApp.next(heard).frames()).containsExactly(new byte[0]);
		app.template.sendFrames("push", "", new byte[0], ByteBuffer.allocate(0), "");
		assertThat(TypesApp.next(heard).frames()).hasSize(4).allMatch((frame) -> frame.length == 0);
		List<byte[]> many = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			many.add(new byte[] { (byte) i });
		}
		app.template.convertAndSend("push", many);
		List<byte[]> got = TypesApp.next(heard).frames();
		assertThat(got).hasSize(10_000);
		assertThat(got.get(9_999)).isEqualTo(many.get(9_999));
		byte[] large = new byte[3_000_000];
		Arrays.fill(large, (byte) 7);
		app.template.convertAndSend("push", large);
		assertThat(TypesApp.next(heard).frame(0)).isEqualTo(large);
		app.template.convertAndSend("push", "grüße \uD83D\uDE00");
		assertThat(TypesApp.next(heard).text(0)).isEqualTo("grüße \uD83D\uDE00");
	}

	@Test
	void whatIsTooLargeForThePeerEndsThatConnectionAndTheNextMessagesArrive() {
		String endpoint = app.bind("pull", SocketType.PULL, "tcp://127.0.0.1:*",
				TypesApp.with(SocketOption.MAX_MESSAGE_SIZE, DataSize.ofKilobytes(100)));
		app.connect("push", SocketType.PUSH, endpoint);
		app.template.convertAndSend("push", new byte[100 * 1024]);
		assertThat(received().frame(0)).hasSize(100 * 1024);
		app.template.convertAndSend("push", new byte[100 * 1024 + 1]);
		// what was on its way over that connection may be lost with it
		ZmqMessage next = null;
		for (int i = 0; next == null && i < 100; i++) {
			app.template.convertAndSend("push", "next");
			next = app.template.receiveFrames("pull", Duration.ofMillis(200));
		}
		assertThat(next).isNotNull();
		assertThat(next.text(0)).isEqualTo("next");
	}

	@Test
	void nothingIsNoMessage() {
		pipe("inproc://nothing");
		assertThatIllegalArgumentException().isThrownBy(() -> app.template.convertAndSend("push", (Object) null));
		assertThatIllegalArgumentException().isThrownBy(() -> app.template.sendFrames("push"));
		assertThatIllegalArgumentException().isThrownBy(() -> app.template.sendFrames("push", "x", null));
		assertThatIllegalArgumentException().isThrownBy(() -> app.template.trySend("push", null));
		assertThatIllegalArgumentException().isThrownBy(() -> ZmqMessage.of());
		assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
			.isThrownBy(() -> app.template.convertAndSend("push", new ZMsg()))
			.withMessageContaining("'push'");
		assertThat(app.template.receiveFrames("pull", Duration.ofMillis(50))).isNull();
	}

	@Test
	void aHundredSocketsOfOneApplication() {
		List<String> names = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			String endpoint = app.bind("pull-" + i, SocketType.PULL, "inproc://many-" + i);
			app.connect("push-" + i, SocketType.PUSH, endpoint);
			names.add("push-" + i);
		}
		names.forEach((name) -> app.template.convertAndSend(name, name));
		for (int i = 0; i < 50; i++) {
			assertThat(app.template.receiveFrames("pull-" + i, TypesApp.PATIENCE).text(0)).isEqualTo("push-" + i);
		}
	}

}
