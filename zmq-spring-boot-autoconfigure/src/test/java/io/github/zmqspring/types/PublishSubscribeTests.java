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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.event.ZmqSubscriptionEvent;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import org.springframework.context.ApplicationListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NoLeaks
class PublishSubscribeTests {

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

	@Test
	void topicsArePrefixesAndMayComeAndGoAtRunTime() throws InterruptedException {
		app.connect("sub", SocketType.SUB, app.bind("pub", SocketType.PUB, "tcp://127.0.0.1:*"),
				(definition) -> definition.withTopics(List.of("a.")));
		assertThat(app.sockets.awaitSubscribers("pub", "a.1", 1, TypesApp.PATIENCE)).isTrue();
		assertThat(app.sockets.subscribers("pub", "a")).isZero();
		BlockingQueue<ZmqMessage> heard = app.listen("sub");
		app.sockets.subscribe("sub", "b");
		assertThat(app.sockets.awaitSubscribers("pub", "b", 1, TypesApp.PATIENCE)).isTrue();
		for (String topic : List.of("a", "a.x", "c", "bc")) {
			app.template.publish("pub", topic, "1");
		}
		assertThat(TypesApp.next(heard).text(0)).isEqualTo("a.x");
		assertThat(TypesApp.next(heard).text(0)).isEqualTo("bc");
		app.sockets.unsubscribe("sub", "a.");
		Awaitility.await().until(() -> app.sockets.subscribers("pub", "a.x") == 0);
		app.template.publish("pub", "a.x", "2");
		app.template.publish("pub", "b", "2");
		assertThat(TypesApp.next(heard).text(0)).isEqualTo("b");
	}

	@Test
	void subscribersAreCountedEachOnceAndAreGoneWithTheirSocket() throws InterruptedException {
		String endpoint = app.bind("xpub", SocketType.XPUB, "tcp://127.0.0.1:*");
		for (String name : List.of("one", "two")) {
			app.connect(name, SocketType.SUB, endpoint,
					(definition) -> definition.withTopics(List.of("w", "wea", "z")));
		}
		assertThat(app.sockets.awaitSubscribers("xpub", "weather", 2, TypesApp.PATIENCE)).isTrue();
		assertThat(app.sockets.subscribers("xpub", "x")).isZero();
		assertThat(app.sockets.awaitSubscribers("xpub", "weather", 3, Duration.ofMillis(50))).isFalse();
		app.sockets.remove("two");
		Awaitility.await().until(() -> app.sockets.subscribers("xpub", "weather") == 1);
		assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
			.isThrownBy(() -> app.sockets.subscribers("one", "w"))
			.withMessageContaining("'one'");
	}

	@Test
	void subscriptionsReachTheListenerOfAnXpubAndTheApplicationAsEvents() throws InterruptedException {
		BlockingQueue<ZmqSubscriptionEvent> events = new LinkedBlockingQueue<>();
		ApplicationListener<ZmqSubscriptionEvent> listener = events::add;
		app.context.addApplicationListener(listener);
		String endpoint = app.bind("xpub", SocketType.XPUB, "inproc://subscriptions");
		app.connect("sub", SocketType.SUB, endpoint, (definition) -> definition.withTopics(List.of("prices")));
		assertThat(event(events)).isEqualTo("xpub prices true");
		// no listener was there: it waits for a later one
		BlockingQueue<ZmqMessage> heard = app.listen("xpub");
		assertThat(TypesApp.next(heard).text(0)).isEqualTo("\1prices");
		app.sockets.unsubscribe("sub", "prices");
		assertThat(event(events)).isEqualTo("xpub prices false");
		assertThat(TypesApp.next(heard).text(0)).isEqualTo("\0prices");
		app.context.removeApplicationListener(listener);
	}

	@Test
	void subscriptionsThatWereReadAheadReachAListenerThatIsResumed() throws InterruptedException {
		BlockingQueue<ZmqSubscriptionEvent> events = new LinkedBlockingQueue<>();
		ApplicationListener<ZmqSubscriptionEvent> listener = events::add;
		app.context.addApplicationListener(listener);
		String endpoint = app.bind("xpub", SocketType.XPUB, "inproc://ahead");
		app.connect("sub", SocketType.SUB, endpoint, (definition) -> definition.withTopics(List.of("prices")));
		assertThat(event(events)).isEqualTo("xpub prices true");
		BlockingQueue<ZmqMessage> heard = new LinkedBlockingQueue<>();
		ManagedSocket socket = (ManagedSocket) app.sockets.socket("xpub");
		MessageFlow flow = socket.consume(LaneSettings.of("ahead", 1), heard::add, true);
		// it looked, was not allowed to read, and sleeps
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.anyMatch((thread) -> thread.getName().equals("zmq-ahead-1")
						&& thread.getState() == Thread.State.WAITING));
		flow.resume();
		assertThat(TypesApp.next(heard).text(0)).isEqualTo("\1prices");
		flow.stop(TypesApp.PATIENCE.toNanos());
		app.context.removeApplicationListener(listener);
	}

	private static String event(BlockingQueue<ZmqSubscriptionEvent> events) throws InterruptedException {
		ZmqSubscriptionEvent event = events.poll(TypesApp.PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(event).isNotNull();
		return event.getSocket() + " " + event.getTopic() + " " + event.isSubscribed();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aVerboseXpubTellsOfEverySubscription(boolean verbose) {
		String endpoint = app.bind("xpub", SocketType.XPUB, "inproc://verbose",
				TypesApp.with(SocketOption.XPUB_VERBOSE, verbose));
		app.connect("one", SocketType.SUB, endpoint);
		assertThat(app.template.receiveFrames("xpub", TypesApp.PATIENCE).frame(0)).containsExactly(1);
		app.connect("two", SocketType.SUB, endpoint);
		app.sockets.subscribe("two", "x");
		assertThat(app.template.receiveFrames("xpub", TypesApp.PATIENCE).text(0)).isEqualTo((verbose) ? "\1" : "\1x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "inproc" })
	void lateSubscriberGetsTheNewestOfEachTopicAloneAndOnce(String scheme) throws InterruptedException {
		String endpoint = app.bind("xpub", SocketType.XPUB, TypesApp.any(scheme),
				(definition) -> definition.withLastValueCache(100));
		app.connect("early", SocketType.SUB, endpoint);
		assertThat(app.sockets.awaitSubscribers("xpub", "", 1, TypesApp.PATIENCE)).isTrue();
		BlockingQueue<ZmqMessage> early = app.listen("early");
		for (int i = 1; i <= 3; i++) {
			app.template.publish("xpub", "a.1", "value" + i);
			app.template.publish("xpub", "a.2", "value" + i);
			app.template.publish("xpub", "b", "value" + i);
		}
		app.connect("late", SocketType.SUB, endpoint, (definition) -> definition.withTopics(List.of("a.")));
		BlockingQueue<ZmqMessage> late = app.listen("late");
		assertThat(text(TypesApp.next(late))).isEqualTo("a.1 value3");
		assertThat(text(TypesApp.next(late))).isEqualTo("a.2 value3");
		app.sockets.subscribe("late", "b");
		assertThat(text(TypesApp.next(late))).isEqualTo("b value3");
		app.connect("same", SocketType.SUB, endpoint, (definition) -> definition.withTopics(List.of("a.")));
		assertThat(text(app.template.receiveFrames("same", TypesApp.PATIENCE))).isEqualTo("a.1 value3");
		app.template.publish("xpub", "a.1", "end");
		assertThat(text(TypesApp.next(late))).isEqualTo("a.1 end");
		List<String> all = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			all.add(text(TypesApp.next(early)));
		}
		assertThat(all).startsWith("a.1 value1").endsWith("b value3", "a.1 end").doesNotHaveDuplicates();
	}

	private static String text(ZmqMessage message) {
		return message.text(0) + " " + message.text(1);
	}

	@Test
	void aLastValueCacheBelongsToAnXpub() {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> app.bind("pub", SocketType.PUB, "inproc://lvc",
					(definition) -> definition.withLastValueCache(100)))
			.withMessageContaining("zmq.sockets.pub.last-value-cache");
	}

	@Test
	void conflateKeepsTheNewestMessage() throws InterruptedException {
		String endpoint = app.bind("push", SocketType.PUSH, "tcp://127.0.0.1:*");
		app.connect("pull", SocketType.PULL, endpoint, TypesApp.with(SocketOption.CONFLATE, true));
		for (int i = 1; i <= 100; i++) {
			app.template.convertAndSend("push", "" + i);
		}
		Awaitility.await().until(() -> "100".equals(app.template.receiveFrames("pull", Duration.ZERO).text(0)));
		assertThat(app.template.receiveFrames("pull", Duration.ofMillis(50))).isNull();
	}

	@Test
	void aMessageOfSeveralFramesIsRefusedWhereConflateWouldTearIt() {
		app.bind("push", SocketType.PUSH, "inproc://conflate", TypesApp.with(SocketOption.CONFLATE, true));
		assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
			.isThrownBy(() -> app.template.sendFrames("push", "a", "b"))
			.withMessageContaining("conflate");
	}

	@Test
	void afterARefusedSendTheNextMessageGoesToItsOwnSubscribersOnly() throws InterruptedException {
		String endpoint = app.bind("xpub", SocketType.XPUB, "inproc://nodrop",
				(definition) -> TypesApp.with(SocketOption.SEND_HWM, 1)
					.andThen(TypesApp.with(SocketOption.XPUB_NO_DROP, true))
					.andThen(TypesApp.with(SocketOption.SEND_TIMEOUT, Duration.ofMillis(50)))
					.apply(definition));
		for (String topic : List.of("a", "b")) {
			app.connect(topic, SocketType.SUB, endpoint, (definition) -> TypesApp.with(SocketOption.RECEIVE_HWM, 1)
				.apply(definition.withTopics(List.of(topic))));
			assertThat(app.sockets.awaitSubscribers("xpub", topic, 1, TypesApp.PATIENCE)).isTrue();
		}
		int accepted = 0;
		try {
			while (accepted < 100) {
				app.template.convertAndSend("xpub", "a" + accepted);
				accepted++;
			}
		}
		catch (ZmqSendTimeoutException ex) {
			assertThat(ex).hasMessageContaining("'xpub'");
		}
		assertThat(accepted).as("the marks of both sides, and one that the subscriber holds in its hand")
			.isBetween(2, 3);
		// the subscriber of the other topic has room, while this one is still full
		Awaitility.await().until(() -> app.template.trySend("xpub", "b0"));
		assertThat(app.template.receiveFrames("b", TypesApp.PATIENCE).text(0)).isEqualTo("b0");
		assertThat(app.template.trySend("xpub", "a")).isFalse();
		for (int i = 0; i < accepted; i++) {
			assertThat(app.template.receiveFrames("a", TypesApp.PATIENCE).text(0)).isEqualTo("a" + i);
		}
		Awaitility.await().until(() -> app.template.trySend("xpub", "b"));
		assertThat(app.template.receiveFrames("b", TypesApp.PATIENCE).text(0)).isEqualTo("b");
		assertThat(app.template.receiveFrames("a", Duration.ofMillis(50))).isNull();
	}

	@Test
	void aBinaryTopicIsCountedByItsBytes() throws InterruptedException {
		app.connect("sub", SocketType.SUB, app.bind("pub", SocketType.PUB, "inproc://binary"),
				(definition) -> definition.withTopics(List.of("größe")));
		assertThat(app.sockets.awaitSubscribers("pub", "größe.1", 1, TypesApp.PATIENCE)).isTrue();
		app.template.publish("pub", "größe.1", "x".getBytes(StandardCharsets.UTF_8));
		assertThat(app.template.receiveFrames("sub", TypesApp.PATIENCE).text(0)).isEqualTo("größe.1");
	}

	@Test
	void whatIsSubscribedAtRunTimeEndsWithTheSocket() throws InterruptedException {
		String endpoint = app.bind("pub", SocketType.PUB, "tcp://127.0.0.1:*");
		SocketDefinition sub = SocketDefinition.of("sub", SocketType.SUB, List.of(), List.of(endpoint))
			.withTopics(List.of("kept"));
		app.sockets.create(sub);
		app.sockets.subscribe("sub", "extra");
		assertThat(app.sockets.awaitSubscribers("pub", "extra", 1, TypesApp.PATIENCE)).isTrue();
		app.sockets.stop("sub");
		Awaitility.await().until(() -> app.sockets.subscribers("pub", "kept") == 0);
		app.sockets.start("sub");
		assertThat(app.sockets.awaitSubscribers("pub", "kept", 1, TypesApp.PATIENCE)).isTrue();
		assertThat(app.sockets.subscribers("pub", "extra")).isZero();
	}

}
