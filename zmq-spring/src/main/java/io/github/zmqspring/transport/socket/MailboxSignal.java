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

package io.github.zmqspring.transport.socket;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The signal of one socket, for the one thread that may wait for it itself instead of
 * being woken by the poller: a lane that is alone, a sender, a receiver. That spares a
 * thread switch each time. It waits with the selector that JeroMQ has for its own
 * blocking calls, which are never made here.
 */
final class MailboxSignal {

	private static final int YIELDS = 5;

	private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

	private static final @Nullable MethodHandle IS_VIRTUAL = findIsVirtual();

	private final @Nullable Selector selector;

	/** Somebody waits; written with the socket's lock held. */
	private volatile boolean taken;

	/** Somebody else has closed the socket. */
	private volatile boolean closed;

	private int inVain;

	MailboxSignal(@Nullable Selector selector) {
		this.selector = selector;
	}

	/**
	 * The socket's lock is held.
	 * @return whether the caller may wait, and must {@link #release()} it after that
	 */
	boolean take() {
		if (this.taken || this.closed || this.selector == null || isVirtual()) {
			return false;
		}
		this.taken = true;
		return true;
	}

	/** The socket's lock is held. */
	void release() {
		this.taken = false;
	}

	boolean isTaken() {
		return this.taken;
	}

	/** That there was a signal led to something. */
	void worthwhile() {
		this.inVain = 0;
	}

	/**
	 * Waits without the socket's lock until there is a signal, or {@link #wakeUp()}, an
	 * interrupt or the end of the socket.
	 * @param nanos how long, rounded up to milliseconds
	 * @return whether there is a signal
	 */
	boolean await(long nanos) {
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
			stepAside();
			return true;
		}
		catch (IOException | ClosedSelectorException ex) {
			// what is done next with the socket tells
			this.closed = true;
			return true;
		}
	}

	/** A selector would keep the carrier of a virtual thread from the others. */
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

	/** JeroMQ writes its signal before it counts it. */
	private void stepAside() {
		if (this.inVain++ == 0) {
			return;
		}
		if (this.inVain < YIELDS) {
			Thread.yield();
		}
		else {
			LockSupport.parkNanos(PARK_NANOS);
		}
	}

	/** Ends the wait, or the next one if there is none. */
	void wakeUp() {
		Selector waiting = this.selector;
		if (waiting != null) {
			waiting.wakeup();
		}
	}

}
