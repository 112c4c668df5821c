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
import java.util.function.UnaryOperator;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqHostUnreachableException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What happens when no peer reads, by counting. Over inproc both marks add up, and the
 * receiver may hold one message more in its hand; over tcp the kernel's buffers and the
 * engine's batches come on top, so that there is only a lower bound.
 */
@NoLeaks
class HighWaterMarkTests {

	private static final int SEND = 10;

	private static final int RECEIVE = 20;

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

	private static SocketDefinition marks(SocketDefinition definition) {
		SocketDefinition marked = definition;
		for (SocketOption option : new SocketOption[] { SocketOption.SEND_HWM, SocketOption.RECEIVE_HWM }) {
			if (option.appliesTo(definition.type())) {
				marked = TypesApp.with(option, (option == SocketOption.SEND_HWM) ? SEND : RECEIVE).apply(marked);
			}
		}
		return TypesApp.with(SocketOption.SEND_TIMEOUT, Duration.ofMillis(100)).apply(marked);
	}

	private static SocketDefinition receiverMarks(SocketDefinition definition) {
		return TypesApp.with(SocketOption.RECEIVE_HWM, RECEIVE).apply(definition);
	}

	@ParameterizedTest(name = "{0} binds: {2}")
	@CsvSource({ "PUSH, PULL, true", "PUSH, PULL, false", "DEALER, DEALER, true", "DEALER, DEALER, false",
			"PAIR, PAIR, true", "SCATTER, GATHER, true", "CLIENT, SERVER, false" })
	void aFullSenderWaitsAndSaysThatItTimedOut(SocketType from, SocketType to, boolean senderBinds) {
		if (senderBinds) {
			app.connect("to", to, app.bind("from", from, TypesApp.any("inproc"), HighWaterMarkTests::marks),
					HighWaterMarkTests::receiverMarks);
		}
		else {
			app.connect("from", from, app.bind("to", to, TypesApp.any("inproc"), HighWaterMarkTests::receiverMarks),
					HighWaterMarkTests::marks);
		}
		int accepted = 0;
		while (app.template.trySend("from", "" + accepted)) {
			accepted++;
		}
		assertThat(accepted).isBetween(SEND + RECEIVE, SEND + RECEIVE + 1);
		long start = System.nanoTime();
		assertThatExceptionOfType(ZmqSendTimeoutException.class)
			.isThrownBy(() -> app.template.convertAndSend("from", "late"))
			.withMessageContaining("'from'");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
		// what was accepted arrives, in order, and nothing else
		for (int i = 0; i < accepted; i++) {
			assertThat(text(app.template.receiveFrames("to", TypesApp.PATIENCE))).isEqualTo("" + i);
		}
		assertThat(app.template.receiveFrames("to", Duration.ofMillis(50))).isNull();
		app.template.convertAndSend("from", "again");
		assertThat(text(app.template.receiveFrames("to", TypesApp.PATIENCE))).isEqualTo("again");
		assertThat(app.sockets.status("from").rejected()).isEqualTo(2);
	}

	/** The time is what is tested: several heartbeats come and go while no peer reads. */
	@ParameterizedTest
	@CsvSource({ "PUSH, PULL", "DEALER, DEALER" })
	void whatStandsStillForLongerThanAHeartbeatIsNotLost(SocketType from, SocketType to) {
		UnaryOperator<SocketDefinition> beating = TypesApp.with(SocketOption.HEARTBEAT_INTERVAL,
				Duration.ofMillis(200));
		app.connect("from", from,
				app.bind("to", to, TypesApp.any("tcp"), (definition) -> beating.apply(receiverMarks(definition))),
				(definition) -> beating.apply(marks(definition)));
		app.template.convertAndSend("from", new byte[10_000]);
		assertThat(app.template.receiveFrames("to", TypesApp.PATIENCE)).isNotNull();
		int accepted = 0;
		while (accepted < 5000 && app.template.trySend("from", new byte[10_000])) {
			accepted++;
		}
		Awaitility.await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
		while (accepted < 5000 && app.template.trySend("from", new byte[10_000])) {
			accepted++;
		}
		for (int i = 0; i < accepted; i++) {
			assertThat(app.template.receiveFrames("to", TypesApp.PATIENCE)).as("message %d of %d", i, accepted)
				.isNotNull();
		}
	}

	@Test
	void aPublisherDropsForTheSlowSubscriberWithoutAWord() throws InterruptedException {
		app.connect("sub", SocketType.SUB,
				app.bind("pub", SocketType.PUB, TypesApp.any("inproc"), HighWaterMarkTests::marks),
				HighWaterMarkTests::receiverMarks);
		assertThat(app.sockets.awaitSubscribers("pub", "", 1, TypesApp.PATIENCE)).isTrue();
		for (int i = 0; i < 1000; i++) {
			app.template.convertAndSend("pub", "" + i);
		}
		int received = 0;
		for (ZmqMessage message = slow(); message != null; message = slow()) {
			assertThat(text(message)).isEqualTo("" + received);
			received++;
		}
		assertThat(received).isBetween(SEND + RECEIVE, SEND + RECEIVE + 1);
		assertThat(app.sockets.status("pub").rejected()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "PUB", "XPUB" })
	void aPublisherThatMayNotDropTimesOut(SocketType type) throws InterruptedException {
		app.connect("sub", SocketType.SUB,
				app.bind("pub", type, TypesApp.any("inproc"),
						(definition) -> TypesApp.with(SocketOption.XPUB_NO_DROP, true).apply(marks(definition))),
				HighWaterMarkTests::receiverMarks);
		assertThat(app.sockets.awaitSubscribers("pub", "", 1, TypesApp.PATIENCE)).isTrue();
		int accepted = 0;
		while (app.template.trySend("pub", "" + accepted)) {
			accepted++;
		}
		assertThat(accepted).isBetween(SEND + RECEIVE, SEND + RECEIVE + 1);
		assertThatExceptionOfType(ZmqSendTimeoutException.class)
			.isThrownBy(() -> app.template.convertAndSend("pub", "late"))
			.withMessageContaining("'pub'");
		for (int i = 0; i < accepted; i++) {
			assertThat(text(app.template.receiveFrames("sub", TypesApp.PATIENCE))).isEqualTo("" + i);
		}
	}

	@Test
	void aRouterTellsAFullPeerFromOneThatIsNotThere() {
		app.connect("dealer", SocketType.DEALER,
				app.bind("router", SocketType.ROUTER, TypesApp.any("inproc"), HighWaterMarkTests::marks),
				(definition) -> TypesApp.with(SocketOption.ROUTING_ID, "peer").apply(receiverMarks(definition)));
		byte[] peer = "peer".getBytes();
		int accepted = 0;
		try {
			while (accepted < 1000) {
				app.template.sendTo("router", peer, "" + accepted);
				accepted++;
			}
		}
		catch (ZmqSendTimeoutException ex) {
			assertThat(ex).hasMessageContaining("'router'");
		}
		assertThat(accepted).isBetween(SEND + RECEIVE, SEND + RECEIVE + 1);
		assertThatExceptionOfType(ZmqHostUnreachableException.class)
			.isThrownBy(() -> app.template.sendTo("router", "stranger".getBytes(), "x"))
			.withMessageContaining("'router'");
		for (int i = 0; i < accepted; i++) {
			assertThat(text(app.template.receiveFrames("dealer", TypesApp.PATIENCE))).isEqualTo("" + i);
		}
	}

	@Test
	void overTcpEveryAcceptedMessageArrives() {
		app.connect("pull", SocketType.PULL,
				app.bind("push", SocketType.PUSH, "tcp://127.0.0.1:*", HighWaterMarkTests::marks),
				HighWaterMarkTests::receiverMarks);
		byte[] payload = new byte[50_000];
		app.template.convertAndSend("push", payload);
		int accepted = 1;
		try {
			while (accepted < 10_000) {
				app.template.convertAndSend("push", payload);
				accepted++;
			}
		}
		catch (ZmqSendTimeoutException ex) {
			assertThat(ex).hasMessageContaining("'push'");
		}
		assertThat(accepted).isBetween(SEND + RECEIVE, 9_999);
		for (int i = 0; i < accepted; i++) {
			assertThat(app.template.receiveFrames("pull", TypesApp.PATIENCE)).isNotNull();
		}
		assertThat(app.template.receiveFrames("pull", Duration.ofMillis(50))).isNull();
	}

	private static @Nullable ZmqMessage slow() {
		return app.template.receiveFrames("sub", Duration.ofMillis(100));
	}

	private static String text(@Nullable ZmqMessage message) {
		assertThat(message).isNotNull();
		return message.text(0);
	}

}
