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

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.zmqspring.core.MessageOperations;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.ZmqListenerException;
import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqListenerInvocation;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.messaging.Message;

/**
 * Records what listeners were called with, what came of it, and what was sent. AssertJ's
 * {@code assertThat} takes it, and waits for what has not come yet. <pre class="code">
 * assertThat(zmq).listener("orders.handle").received(2).last().payload(Order.class).isEqualTo(order);
 * assertThat(zmq).socket("confirmations").sent(1).first().text().isEqualTo("ok");
 * </pre> A name that no listener or socket has is refused at once, with the names that
 * there are. It may be used from any thread. It forgets everything after each test
 * method, and when {@link #clear()} is called.
 *
 * @since 0.1.0
 */
public class ZmqRecorder implements ZmqListenerInterceptor, Ordered, AssertProvider<ZmqRecorderAssert> {

	private static final long MOST_BYTES = 64L * 1024 * 1024;

	private static final int MOST_RECORDS = 100_000;

	private final ObjectProvider<ZmqListenerRegistry> listeners;

	private final ObjectProvider<ZmqSockets> sockets;

	private final ObjectProvider<MessageOperations> messages;

	private final List<Call> calls = new ArrayList<>();

	private final List<Sent> sent = new ArrayList<>();

	private final List<ZmqListenerException> failures = new ArrayList<>();

	/** What the recorded messages take. */
	private long bytes;

	private boolean full;

	ZmqRecorder(ObjectProvider<ZmqListenerRegistry> listeners, ObjectProvider<ZmqSockets> sockets,
			ObjectProvider<MessageOperations> messages) {
		this.listeners = listeners;
		this.sockets = sockets;
		this.messages = messages;
	}

	@Override
	public @Nullable Object intercept(ZmqListenerInvocation invocation) throws Throwable {
		Object result;
		try {
			result = invocation.proceed();
		}
		catch (Throwable ex) {
			add(invocation, null, ex);
			throw ex;
		}
		if (result instanceof CompletionStage<?> later) {
			CompletableFuture<?> future = later.toCompletableFuture();
			return future.whenComplete((value, failure) -> add(invocation, value, failure));
		}
		add(invocation, result, null);
		return result;
	}

	private synchronized void add(ZmqListenerInvocation invocation, @Nullable Object result,
			@Nullable Throwable failure) {
		List<ZmqMessage> messages = List.copyOf(invocation.messages());
		if (hasRoom(messages)) {
			this.calls.add(new Call(invocation.listenerId(), messages, invocation.attempt(), result, failure));
		}
		notifyAll();
	}

	synchronized void sent(String socket, ZmqMessage message, @Nullable Throwable failure) {
		if (hasRoom(List.of(message))) {
			this.sent.add(new Sent(socket, message, failure));
		}
		notifyAll();
	}

	synchronized void failed(ZmqListenerException failure) {
		if (hasRoom(List.of())) {
			this.failures.add(failure);
		}
		notifyAll();
	}

	/** An application that is busy all the time must not fill the heap of its tests. */
	private boolean hasRoom(List<ZmqMessage> messages) {
		for (ZmqMessage message : messages) {
			this.bytes += message.frames().stream().mapToLong((frame) -> frame.length).sum();
		}
		this.full |= this.bytes > MOST_BYTES
				|| this.calls.size() + this.sent.size() + this.failures.size() >= MOST_RECORDS;
		return !this.full;
	}

	private void requireAll() {
		if (this.full) {
			throw new IllegalStateException(
					"More than %d records or %d MiB of messages came since the recorder was cleared, and it has not kept all of them: call clear() before what is to be recorded"
						.formatted(MOST_RECORDS, MOST_BYTES >> 20));
		}
	}

	/**
	 * Return the calls of a listener so far, in the order in which they ended.
	 * @param listenerId the id of the listener
	 * @return its calls
	 * @throws IllegalArgumentException if there is no such listener
	 */
	public List<Call> calls(String listenerId) {
		ZmqListenerRegistry registry = this.listeners.getIfAvailable();
		check("listener", listenerId, (registry != null) ? registry.ids() : Set.of());
		synchronized (this) {
			requireAll();
			return this.calls.stream().filter((call) -> call.listenerId().equals(listenerId)).toList();
		}
	}

	/**
	 * Return what was sent on a socket so far, requests and replies included.
	 * @param socket the logical name of the socket
	 * @return what ZeroMQ was given, accepted or not
	 * @throws IllegalArgumentException if there is no such socket
	 */
	public List<Sent> sent(String socket) {
		check("socket", socket, this.sockets.getObject().names());
		synchronized (this) {
			requireAll();
			return this.sent.stream().filter((message) -> message.socket().equals(socket)).toList();
		}
	}

	/**
	 * Return the messages that a listener could not handle so far: those that were
	 * unreadable, those whose last attempt failed, and those that were left when it
	 * stopped.
	 * @param listenerId the id of the listener
	 * @return the failures, in their order
	 * @throws IllegalArgumentException if there is no such listener
	 */
	public List<ZmqListenerException> failures(String listenerId) {
		ZmqListenerRegistry registry = this.listeners.getIfAvailable();
		check("listener", listenerId, (registry != null) ? registry.ids() : Set.of());
		synchronized (this) {
			requireAll();
			return this.failures.stream().filter((failure) -> failure.getListenerId().equals(listenerId)).toList();
		}
	}

	private static void check(String kind, String name, Collection<String> known) {
		if (!known.contains(name)) {
			throw new IllegalArgumentException(
					"There is no %s '%s'. There are %s".formatted(kind, name, new TreeSet<>(known)));
		}
	}

	/**
	 * Forget all that was recorded.
	 */
	public synchronized void clear() {
		this.calls.clear();
		this.sent.clear();
		this.failures.clear();
		this.bytes = 0;
		this.full = false;
	}

	/** Wait until there is what is wanted, or the time is over. */
	synchronized boolean await(Duration timeout, Predicate<ZmqRecorder> wanted) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!wanted.test(this)) {
			long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			if (left <= 0) {
				return false;
			}
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted while waiting for messages", ex);
			}
		}
		return true;
	}

	/** Convert the payload of a message as a listener of the socket would. */
	@Nullable Object payload(String socket, ZmqMessage message, Type type) {
		MessageOperations operations = this.messages.getObject();
		Message<byte[]> converted = operations.toMessage(this.sockets.getObject().definition(socket), message);
		return operations.decode(converted.getPayload(), type, converted.getHeaders());
	}

	@Nullable Object header(String socket, ZmqMessage message, String name) {
		return this.messages.getObject()
			.toMessage(this.sockets.getObject().definition(socket), message)
			.getHeaders()
			.get(name);
	}

	String socketOf(String listenerId) {
		return this.listeners.getObject().status(listenerId).socket();
	}

	/** Innermost, so that it sees the call as the other interceptors have changed it. */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public ZmqRecorderAssert assertThat() {
		return new ZmqRecorderAssert(this);
	}

	/**
	 * One call of a listener's method.
	 *
	 * @param listenerId the id of the listener
	 * @param messages what it was called with; none after a timeout
	 * @param attempt which call for these messages it was
	 * @param result what it returned, or what its future came to
	 * @param failure what it threw
	 * @since 0.1.0
	 */
	public record Call(String listenerId, List<ZmqMessage> messages, int attempt, @Nullable Object result,
			@Nullable Throwable failure) {

	}

	/**
	 * One message that was sent.
	 *
	 * @param socket the logical name of the socket
	 * @param message its frames
	 * @param failure why ZeroMQ did not accept it, or why a request had no reply
	 * @since 0.1.0
	 */
	public record Sent(String socket, ZmqMessage message, @Nullable Throwable failure) {

	}

}
