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

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqHostUnreachableException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What each socket type allows, and that everything else is refused with the socket's
 * name.
 */
@NoLeaks
class SocketTypeMatrixTests {

	private static final Map<Use, Set<SocketType>> ALLOWED = new EnumMap<>(Use.class);

	static {
		allow(Use.LISTENER, "SUB PULL REP DEALER ROUTER PAIR XPUB XSUB STREAM CLIENT SERVER DISH GATHER CHANNEL PEER");
		allow(Use.RECEIVE, "SUB PULL REP DEALER ROUTER PAIR XPUB XSUB STREAM CLIENT SERVER DISH GATHER CHANNEL PEER");
		allow(Use.SEND, "PUB PUSH REP DEALER ROUTER PAIR XPUB XSUB STREAM CLIENT SERVER RADIO SCATTER CHANNEL PEER");
		allow(Use.TRY_SEND,
				"PUB PUSH REP DEALER ROUTER PAIR XPUB XSUB STREAM CLIENT SERVER RADIO SCATTER CHANNEL PEER");
		allow(Use.SEND_TO_ANNOTATION,
				"PUB PUSH REP DEALER ROUTER PAIR XPUB XSUB STREAM CLIENT SERVER RADIO SCATTER CHANNEL PEER");
		allow(Use.PUBLISH, "PUB XPUB XSUB RADIO");
		allow(Use.SEND_TO, "REP ROUTER STREAM SERVER PEER");
		allow(Use.REPLY, "REP ROUTER DEALER STREAM PAIR CLIENT SERVER CHANNEL PEER");
		allow(Use.REQUEST, "REQ DEALER");
		allow(Use.SUBSCRIBE, "SUB XSUB DISH");
		allow(Use.TOPICS, "SUB XSUB DISH");
		allow(Use.SUBSCRIBERS, "PUB XPUB RADIO");
		allow(Use.LAST_VALUE_CACHE, "XPUB");
		allow(Use.DEAD_LETTER, "PUSH PUB XPUB DEALER PAIR");
	}

	private static TypesApp app;

	@BeforeAll
	static void start() {
		app = new TypesApp("zmq.template.send-timeout=0", "zmq.template.request-timeout=1ms");
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@AfterEach
	void reset() {
		app.reset();
	}

	private static void allow(Use use, String types) {
		Set<SocketType> allowed = EnumSet.noneOf(SocketType.class);
		Stream.of(types.split(" ")).map(SocketType::valueOf).forEach(allowed::add);
		ALLOWED.put(use, allowed);
	}

	static Stream<Arguments> all() {
		return Stream.of(Use.values())
			.flatMap((use) -> EnumSet.complementOf(EnumSet.of(SocketType.RAW))
				.stream()
				.map((type) -> Arguments.of(type, use)));
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("all")
	void whatATypeDoesNotAllowIsRefusedByName(SocketType type, Use use) {
		String name = TypesApp.unique("socket");
		app.sockets.create(SocketDefinition.of(name, type, List.of(), List.of()));
		Throwable failure = catchThrowable(() -> use(use, name, type));
		if (ALLOWED.get(use).contains(type)) {
			// no peer is there, which is no fault of the type
			assertThat(failure).satisfiesAnyOf((nothing) -> assertThat(nothing).isNull(),
					(timeout) -> assertThat(timeout).isInstanceOf(ZmqSendTimeoutException.class),
					(unreachable) -> assertThat(unreachable).isInstanceOf(ZmqHostUnreachableException.class));
		}
		else {
			assertThat(failure).isInstanceOfAny(ZmqConfigurationException.class, ZmqUnsupportedOperationException.class)
				.hasMessageContaining(name)
				.hasMessageContaining(type.name());
		}
	}

	private static void use(Use use, String name, SocketType type) {
		switch (use) {
			case LISTENER -> app.listen(name);
			case RECEIVE -> assertThat(app.template.receiveFrames(name, Duration.ZERO)).isNull();
			case SEND -> app.template.sendFrames(name, frames(type));
			case TRY_SEND -> app.template.trySend(name, Arrays.asList(frames(type)));
			case PUBLISH -> app.template.publish(name, "topic", "x");
			case SEND_TO -> app.template.sendTo(name, new byte[] { 1, 2, 3, 4 }, "x");
			case REPLY -> app.template.reply(name, received(type), "x");
			case REQUEST -> request(name);
			case SUBSCRIBE -> app.sockets.subscribe(name, "topic");
			case SUBSCRIBERS -> assertThat(app.sockets.subscribers(name, "topic")).isZero();
			case TOPICS -> app.sockets.create(SocketDefinition.of(TypesApp.unique(name), type, List.of(), List.of())
				.withTopics(List.of("topic")));
			case LAST_VALUE_CACHE -> app.sockets
				.create(SocketDefinition.of(TypesApp.unique(name), type, List.of(), List.of()).withLastValueCache(100));
			case SEND_TO_ANNOTATION -> register((listener) -> listener.sendTo(List.of(name)));
			case DEAD_LETTER -> register((listener) -> listener.deadLetter(name));
		}
	}

	private static void request(String name) {
		CompletableFuture<String> reply = app.template.requestAsync(name, "x", String.class);
		if (!reply.isDone()) {
			reply.cancel(false);
			return;
		}
		try {
			reply.join();
		}
		catch (CompletionException ex) {
			throw (RuntimeException) ex.getCause();
		}
	}

	private static void register(Consumer<ZmqListenerEndpoint.Builder> customizer) {
		String source = TypesApp.unique("source");
		app.sockets.create(SocketDefinition.of(source, SocketType.PULL, List.of(), List.of()));
		Object bean = new TypesApp.Answerer((message) -> null);
		ZmqListenerEndpoint.Builder listener = ZmqListenerEndpoint
			.of(TypesApp.unique("listener"), bean, TypesApp.method(bean, "handle"))
			.socket(source);
		customizer.accept(listener);
		app.listeners.register(listener.build());
	}

	private static ZmqMessage received(SocketType type) {
		byte[][] frames = frames(type);
		return ZmqMessage.ofRaw(frames, frames.length - 1);
	}

	/** The shape that messages of the type have. */
	private static byte[][] frames(SocketType type) {
		byte[] id = { 1, 2, 3, 4 };
		return switch (type) {
			case REP, ROUTER, STREAM, SERVER, PEER, RADIO -> new byte[][] { id, { 'x' } };
			default -> new byte[][] { { 'x' } };
		};
	}

	enum Use {

		LISTENER, RECEIVE, SEND, TRY_SEND, PUBLISH, SEND_TO, REPLY, REQUEST, SUBSCRIBE, TOPICS, SUBSCRIBERS,
		LAST_VALUE_CACHE, SEND_TO_ANNOTATION, DEAD_LETTER

	}

}
