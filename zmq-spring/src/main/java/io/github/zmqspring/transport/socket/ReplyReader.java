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

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.lane.LaneGroup;
import io.github.zmqspring.transport.wire.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * Lets the thread that waits for a reply read it itself, while no other reply is
 * expected. The socket's signal wakes it, and not the lane that would have to wake it
 * then: that is one switch of threads less for each request.
 */
final class ReplyReader {

	/** How often it looks at its condition, if nothing ever wakes it. */
	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final SocketCore core;

	private final SocketLock lock;

	private final Readiness readiness;

	private final SignalLeadership waiting;

	private final FrameReader frames;

	private final Supplier<@Nullable ZmqMessage> readOne;

	/** Whether callers read; written with the lock held. */
	private volatile boolean callersRead;

	ReplyReader(SocketCore core, Readiness readiness, SignalLeadership waiting, FrameReader frames) {
		this.core = core;
		this.lock = core.lock();
		this.readiness = readiness;
		this.waiting = waiting;
		this.frames = frames;
		this.readOne = frames::read;
	}

	SocketLock lock() {
		return this.lock;
	}

	/** Have the lane leave the signal to callers, or take it as soon as it can. */
	void leaveToCallers(boolean callers) {
		this.lock.lock();
		try {
			if (this.readiness.reader() instanceof LaneGroup lane) {
				leaveToCallers(lane, callers);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void leaveToCallers(LaneGroup lane, boolean callers) {
		this.callersRead = callers;
		lane.standBy(callers);
		if (!callers) {
			lane.wake();
		}
	}

	boolean isLeftToCallers() {
		return this.callersRead;
	}

	/** Make a thread look at its condition that is in {@link #read}. */
	void wakeCaller() {
		this.waiting.signal().wakeUp();
	}

	/**
	 * Read the next message, on the thread that waits for it.
	 * @param waits whether the thread still has to wait
	 * @param own whether a message is for this thread; any other is left to the lane,
	 * which goes on then
	 * @return the message; {@code null} if the wait is over, or the lane has to end it
	 */
	@Nullable ZmqMessage read(BooleanSupplier waits, Predicate<ZmqMessage> own) {
		boolean led = false;
		boolean mine = false;
		boolean unread = false;
		this.lock.lock();
		try {
			while (this.core.isOpen() && this.readiness.reader() instanceof LaneGroup lane && lane.isAccepting()
					&& waits.getAsBoolean() && !this.core.interrupts().beforeWait()) {
				ZmqMessage message = this.readiness.settling(this.readOne);
				if (message != null) {
					mine = own.test(message);
					if (!mine) {
						this.frames.unread(message);
						leaveToCallers(lane, false);
					}
					this.readiness.settle();
					if (led) {
						this.waiting.signal().worthwhile();
					}
					return (mine) ? message : null;
				}
				unread = Readiness.hasInput(this.readiness.settleToRead());
				if (unread) {
					continue;
				}
				if (!await()) {
					if (!lane.isLed()) {
						leaveToCallers(lane, false);
					}
					return null;
				}
				led = true;
			}
			return null;
		}
		finally {
			if (led) {
				this.waiting.leaves(this.waiting.receivers());
			}
			if ((led || unread) && (!mine || !this.callersRead) && this.readiness.reader() instanceof LaneGroup lane) {
				// what is there was not read, or the lane found the signal taken
				lane.wake();
			}
			this.lock.unlock();
		}
	}

	private boolean await() {
		this.readiness.callerReads(true);
		try {
			return this.waiting.leadToMessage(LOOK_NANOS);
		}
		finally {
			this.readiness.callerReads(false);
		}
	}

}
