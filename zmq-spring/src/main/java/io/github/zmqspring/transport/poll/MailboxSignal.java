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

package io.github.zmqspring.transport.poll;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.support.BackOff;
import org.jspecify.annotations.Nullable;

/**
 * The signal of one socket, for the one thread that may wait for it itself instead of
 * being woken by the poller: a lane that is alone, a sender or a receiver. That saves a
 * thread switch each time. The wait uses the selector that JeroMQ has for its own
 * blocking calls, which are never made here.
 *
 * @since 0.1.0
 */
public final class MailboxSignal {

	private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

	private static final @Nullable MethodHandle IS_VIRTUAL = findIsVirtual();

	private final @Nullable Selector selector;

	private final BackOff backOff = new BackOff(4, PARK_NANOS, PARK_NANOS);

	/** Whether a thread waits; written with the socket's lock held. */
	private volatile boolean taken;

	/** Whether the socket was closed by other code. */
	private volatile boolean closed;

	/**
	 * Create the signal of a socket.
	 * @param selector the selector that JeroMQ waits with, or {@code null} if it cannot
	 * be had: then no thread may wait for the signal
	 */
	public MailboxSignal(@Nullable Selector selector) {
		this.selector = selector;
	}

	/**
	 * Take the signal, to wait for it. The socket's lock must be held.
	 * @return whether the caller may wait, and must {@link #release()} it after that
	 */
	public boolean take() {
		if (this.taken || this.closed || this.selector == null || isVirtual()) {
			return false;
		}
		this.taken = true;
		return true;
	}

	/** Give the signal back. The socket's lock must be held. */
	public void release() {
		this.taken = false;
	}

	public boolean isTaken() {
		return this.taken;
	}

	/** Note that there was something behind the signal. */
	public void worthwhile() {
		this.backOff.reset();
	}

	/**
	 * Wait without the socket's lock until there is a signal, or {@link #wakeUp()}, an
	 * interrupt or the end of the socket.
	 * @param nanos how long, in nanoseconds, rounded up to milliseconds
	 * @return whether there is a signal
	 */
	public boolean await(long nanos) {
		Selector waiting = this.selector;
		if (waiting == null) {
			return false;
		}
		try {
			long millis = TimeUnit.NANOSECONDS.toMillis(Math.min(nanos, Long.MAX_VALUE - 999_999) + 999_999);
			int selected = waiting.select(Math.max(millis, 1));
			if (selected == 0) {
				return false;
			}
			waiting.selectedKeys().clear();
			this.backOff.idle();
			return true;
		}
		catch (IOException | ClosedSelectorException ex) {
			// the caller's next use of the socket tells what has happened
			this.closed = true;
			return true;
		}
	}

	/** A selector would pin the carrier thread of a virtual thread. */
	private static boolean isVirtual() {
		if (IS_VIRTUAL == null) {
			return false;
		}
		try {
			return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable MethodHandle findIsVirtual() {
		try {
			return MethodHandles.lookup().findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
		}
		catch (ReflectiveOperationException ex) {
			// before Java 21
			return null;
		}
	}

	/** End the wait, or the next one if there is none. */
	public void wakeUp() {
		Selector waiting = this.selector;
		if (waiting != null) {
			waiting.wakeup();
		}
	}

}
