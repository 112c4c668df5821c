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

package io.github.zmqspring.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerException;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Assertions on what a {@link ZmqRecorder} has recorded. They wait for what has not come
 * yet, thirty seconds unless {@link #within} says otherwise.
 *
 * @since 0.1.0
 */
public class ZmqRecorderAssert extends AbstractAssert<ZmqRecorderAssert, ZmqRecorder> {

	private Duration patience = Patience.LIMIT;

	ZmqRecorderAssert(ZmqRecorder actual) {
		super(actual, ZmqRecorderAssert.class);
	}

	/**
	 * Set how long the assertions that follow wait.
	 * @param timeout the time
	 * @return this
	 */
	public ZmqRecorderAssert within(Duration timeout) {
		this.patience = timeout;
		return this;
	}

	/**
	 * Look at a listener.
	 * @param id its id
	 * @return assertions on its calls
	 * @throws IllegalArgumentException if there is no such listener
	 */
	public ListenerAssert listener(String id) {
		isNotNull();
		this.actual.calls(id);
		return new ListenerAssert(id);
	}

	/**
	 * Look at what was sent on a socket.
	 * @param name its logical name
	 * @return assertions on its messages
	 * @throws IllegalArgumentException if there is no such socket
	 */
	public SocketAssert socket(String name) {
		isNotNull();
		this.actual.sent(name);
		return new SocketAssert(name);
	}

	private void awaitThat(Predicate<ZmqRecorder> wanted) {
		this.actual.await(this.patience, wanted);
	}

	/**
	 * Assertions on the calls of one listener.
	 */
	public final class ListenerAssert {

		private final String id;

		private ListenerAssert(String id) {
			this.id = id;
		}

		private List<ZmqRecorder.Call> calls() {
			return ZmqRecorderAssert.this.actual.calls(this.id);
		}

		/** Retries are calls for the same messages. */
		private List<ZmqMessage> messages() {
			return calls().stream().filter((call) -> call.attempt() == 1).flatMap(this::messages).toList();
		}

		private Stream<ZmqMessage> messages(ZmqRecorder.Call call) {
			return call.messages().stream();
		}

		/**
		 * Wait until it has been called with this many messages, and verify that there
		 * are no more.
		 * @param count how many
		 * @return assertions on these messages
		 */
		public MessagesAssert received(int count) {
			awaitThat((recorder) -> messages().size() >= count);
			List<ZmqMessage> messages = messages();
			Assertions.assertThat(messages).as("messages that listener '%s' received", this.id).hasSize(count);
			return new MessagesAssert(ZmqRecorderAssert.this.actual.socketOf(this.id), messages);
		}

		/**
		 * Wait until it has been called with this many messages, or more.
		 * @param count how many at least
		 * @return assertions on these messages
		 */
		public MessagesAssert receivedAtLeast(int count) {
			awaitThat((recorder) -> messages().size() >= count);
			List<ZmqMessage> messages = messages();
			Assertions.assertThat(messages)
				.as("messages that listener '%s' received", this.id)
				.hasSizeGreaterThanOrEqualTo(count);
			return new MessagesAssert(ZmqRecorderAssert.this.actual.socketOf(this.id), messages);
		}

		/**
		 * Verify that it has not been called so far.
		 * @return this
		 */
		public ListenerAssert receivedNothing() {
			Assertions.assertThat(messages()).as("messages that listener '%s' received", this.id).isEmpty();
			return this;
		}

		/**
		 * Wait until so many of its calls have failed, retries among them, and verify
		 * that there are no more.
		 * @param count how many
		 * @return assertions on the last failure
		 */
		public AbstractThrowableAssert<?, ? extends Throwable> failed(int count) {
			awaitThat((recorder) -> failures().size() >= count);
			List<Throwable> failures = failures();
			Assertions.assertThat(failures).as("failed calls of listener '%s'", this.id).hasSize(count);
			return Assertions.assertThat((count > 0) ? failures.get(count - 1) : null);
		}

		private List<Throwable> failures() {
			return calls().stream().map(ZmqRecorder.Call::failure).flatMap(Stream::ofNullable).toList();
		}

		/**
		 * Wait until it has got this many messages that could not be converted to its
		 * parameters, and verify that there are no more.
		 * @param count how many
		 * @return this
		 */
		public ListenerAssert unreadable(int count) {
			return gaveUp(ZmqListenerException.Reason.UNREADABLE, count);
		}

		/**
		 * Wait until it has given up this many messages whose last attempt failed, and
		 * verify that there are no more.
		 * @param count how many
		 * @return this
		 */
		public ListenerAssert gaveUp(int count) {
			return gaveUp(ZmqListenerException.Reason.FAILED, count);
		}

		private ListenerAssert gaveUp(ZmqListenerException.Reason reason, int count) {
			awaitThat((recorder) -> failures(reason).size() >= count);
			Assertions.assertThat(failures(reason))
				.as("messages of listener '%s' given up as %s", this.id, reason)
				.hasSize(count);
			return this;
		}

		private List<ZmqListenerException> failures(ZmqListenerException.Reason reason) {
			return ZmqRecorderAssert.this.actual.failures(this.id)
				.stream()
				.filter((failure) -> failure.getReason() == reason)
				.toList();
		}

		/**
		 * Wait until it has returned so many results, and look at the last of them.
		 * @param count how many calls have ended without an exception
		 * @return assertions on the result
		 */
		public ObjectAssert<Object> returned(int count) {
			awaitThat((recorder) -> successes().size() >= count);
			List<ZmqRecorder.Call> successes = successes();
			Assertions.assertThat(successes).as("calls of listener '%s' that returned", this.id).hasSize(count);
			return new ObjectAssert<>(successes.get(count - 1).result());
		}

		private List<ZmqRecorder.Call> successes() {
			return calls().stream().filter((call) -> call.failure() == null).toList();
		}

	}

	/**
	 * Assertions on what was sent on one socket.
	 */
	public final class SocketAssert {

		private final String name;

		private SocketAssert(String name) {
			this.name = name;
		}

		private List<ZmqMessage> messages() {
			return ZmqRecorderAssert.this.actual.sent(this.name)
				.stream()
				.filter((sent) -> sent.failure() == null)
				.map(ZmqRecorder.Sent::message)
				.toList();
		}

		/**
		 * Wait until this many messages have been accepted, and verify that there are no
		 * more.
		 * @param count how many
		 * @return assertions on these messages
		 */
		public MessagesAssert sent(int count) {
			awaitThat((recorder) -> messages().size() >= count);
			List<ZmqMessage> messages = messages();
			Assertions.assertThat(messages).as("messages sent on socket '%s'", this.name).hasSize(count);
			return new MessagesAssert(this.name, messages);
		}

		/**
		 * Wait until this many messages have been accepted, or more.
		 * @param count how many at least
		 * @return assertions on these messages
		 */
		public MessagesAssert sentAtLeast(int count) {
			awaitThat((recorder) -> messages().size() >= count);
			List<ZmqMessage> messages = messages();
			Assertions.assertThat(messages)
				.as("messages sent on socket '%s'", this.name)
				.hasSizeGreaterThanOrEqualTo(count);
			return new MessagesAssert(this.name, messages);
		}

		/**
		 * Wait until so many messages have not been accepted, or requests have failed,
		 * and verify that there are no more.
		 * @param count how many
		 * @return assertions on the last failure
		 */
		public AbstractThrowableAssert<?, ? extends Throwable> failed(int count) {
			awaitThat((recorder) -> failures().size() >= count);
			List<Throwable> failures = failures();
			Assertions.assertThat(failures).as("messages that failed on socket '%s'", this.name).hasSize(count);
			return Assertions.assertThat((count > 0) ? failures.get(count - 1) : null);
		}

		private List<Throwable> failures() {
			return ZmqRecorderAssert.this.actual.sent(this.name)
				.stream()
				.map(ZmqRecorder.Sent::failure)
				.flatMap(Stream::ofNullable)
				.toList();
		}

		/**
		 * Verify that nothing has been sent so far.
		 * @return this
		 */
		public SocketAssert sentNothing() {
			Assertions.assertThat(messages()).as("messages sent on socket '%s'", this.name).isEmpty();
			return this;
		}

	}

	/**
	 * Assertions on several messages.
	 */
	public final class MessagesAssert {

		private final String socket;

		private final List<ZmqMessage> messages;

		private MessagesAssert(String socket, List<ZmqMessage> messages) {
			this.socket = socket;
			this.messages = messages;
		}

		/**
		 * Look at the first.
		 * @return assertions on it
		 */
		public MessageAssert first() {
			return message(0);
		}

		/**
		 * Look at the last.
		 * @return assertions on it
		 */
		public MessageAssert last() {
			return message(this.messages.size() - 1);
		}

		/**
		 * Look at one of them.
		 * @param index which, from 0
		 * @return assertions on it
		 */
		public MessageAssert message(int index) {
			Assertions.assertThat(index).as("index of a message").isBetween(0, this.messages.size() - 1);
			return new MessageAssert(this.socket, this.messages.get(index));
		}

		/**
		 * Look at the payloads of all.
		 * @param <T> their type
		 * @param type their type
		 * @return assertions on the list
		 */
		public <T> org.assertj.core.api.ListAssert<T> payloads(Class<T> type) {
			return Assertions.assertThat(this.messages.stream()
				.map((message) -> type.cast(ZmqRecorderAssert.this.actual.payload(this.socket, message, type)))
				.toList());
		}

	}

	/**
	 * Assertions on one message.
	 */
	public final class MessageAssert {

		private final String socket;

		private final ZmqMessage message;

		private MessageAssert(String socket, ZmqMessage message) {
			this.socket = socket;
			this.message = message;
		}

		/**
		 * Look at the payload, converted as a listener's parameter is.
		 * @param <T> its type
		 * @param type its type
		 * @return assertions on it
		 */
		public <T> ObjectAssert<T> payload(Class<T> type) {
			return new ObjectAssert<>(
					type.cast(ZmqRecorderAssert.this.actual.payload(this.socket, this.message, type)));
		}

		/**
		 * Look at the payload, converted to a generic type as a listener's parameter is.
		 * @param <T> its type
		 * @param type its type
		 * @return assertions on it
		 */
		@SuppressWarnings("unchecked")
		public <T> ObjectAssert<T> payload(ParameterizedTypeReference<T> type) {
			return new ObjectAssert<>(
					(T) ZmqRecorderAssert.this.actual.payload(this.socket, this.message, type.getType()));
		}

		/**
		 * Look at the topic, of publish-subscribe types.
		 * @return assertions on its text
		 */
		public org.assertj.core.api.AbstractStringAssert<?> topic() {
			return Assertions
				.assertThat((String) ZmqRecorderAssert.this.actual.header(this.socket, this.message, ZmqHeaders.TOPIC));
		}

		/**
		 * Look at the payload as text.
		 * @return assertions on it
		 */
		public org.assertj.core.api.AbstractStringAssert<?> text() {
			return Assertions
				.assertThat((String) ZmqRecorderAssert.this.actual.payload(this.socket, this.message, String.class));
		}

		/**
		 * Look at a header.
		 * @param name its name
		 * @return assertions on its value
		 */
		public ObjectAssert<Object> header(String name) {
			return new ObjectAssert<>(ZmqRecorderAssert.this.actual.header(this.socket, this.message, name));
		}

		/**
		 * Look at the frames.
		 * @return assertions on them
		 */
		public org.assertj.core.api.ListAssert<byte[]> frames() {
			return Assertions.assertThat(this.message.frames());
		}

	}

}
