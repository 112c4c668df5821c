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

package io.github.zmqspring.transport.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.support.ShortYield;
import io.github.zmqspring.transport.jeromq.Cure;
import io.github.zmqspring.transport.jeromq.JeroMqInternals;
import org.jspecify.annotations.Nullable;
import zmq.Mailbox;

/**
 * Keeps an I/O thread from turning with nothing to do. A sender of a command writes a
 * byte that wakes the thread, and counts the byte only then; the thread believes the
 * count. A sender that is preempted in between, often by the very thread that it woke,
 * leaves it turning as fast as it can, for a whole time slice, on the processor that the
 * sender needs. Here it steps aside until the byte is counted: twice as many messages
 * come through on two processors.
 */
final class SignalGate {

	private static final int YIELDS = 5;

	private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

	private final @Nullable Object signaler;

	private final @Nullable AtomicLong written;

	private final ShortYield shortYield = new ShortYield();

	private int empty;

	SignalGate(Mailbox mailbox) {
		boolean available = Cure.SIGNALS.isAvailable();
		this.signaler = (available) ? JeroMqInternals.MAILBOX_SIGNALER.require(mailbox) : null;
		this.written = (this.signaler != null) ? (AtomicLong) JeroMqInternals.SIGNALER_WRITTEN.require(this.signaler)
				: null;
	}

	/** Called by the thread when it was woken, before it looks for commands. */
	void pass() {
		if (isCounted()) {
			this.empty = 0;
		}
		else if (this.empty++ >= YIELDS || !this.shortYield.tryYield()) {
			LockSupport.parkNanos(PARK_NANOS);
		}
	}

	private boolean isCounted() {
		if (this.signaler == null || this.written == null) {
			return true;
		}
		try {
			return JeroMqInternals.SIGNALER_READ.field().getLong(this.signaler) < this.written.get();
		}
		catch (IllegalAccessException ex) {
			return true;
		}
	}

}
