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

package io.github.zmqspring.transport.jeromq;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import zmq.Msg;
import zmq.msg.MsgAllocator;
import zmq.msg.MsgAllocatorThreshold;

/**
 * Makes the buffers that frames are received into. A frame that claims a negative size
 * would throw on the I/O thread and leave it spinning (jeromq 1005), and CLIENT and
 * GATHER sockets loop for ever on a message of several frames: both become a
 * {@link Spoilt} frame, which the reader drops.
 *
 * @since 0.1.0
 */
public final class FrameGuard implements MsgAllocator {

	private static final Log logger = LogFactory.getLog(FrameGuard.class);

	private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final AtomicBoolean warned = new AtomicBoolean();

	private final MsgAllocator delegate;

	private final long mostBytes;

	private final boolean singleFrames;

	/** When there was no direct memory; 0 if there always was. */
	private volatile long exhausted;

	public FrameGuard(int heapThreshold, long mostBytes, boolean singleFrames) {
		this(new MsgAllocatorThreshold(heapThreshold), mostBytes, singleFrames);
	}

	FrameGuard(MsgAllocator delegate, long mostBytes, boolean singleFrames) {
		this.mostBytes = mostBytes;
		this.delegate = delegate;
		this.singleFrames = singleFrames;
	}

	@Override
	public Msg allocate(int size) {
		// a negative size of 64 bits passes JeroMQ's check of the maximum, and may be cut
		// to any int
		if (size < 0 || size > this.mostBytes) {
			return new Spoilt(0);
		}
		return (this.singleFrames) ? new SingleFrame(size) : allocateAnywhere(size);
	}

	/**
	 * The JVM may have less direct memory than heap, and collects garbage and waits a
	 * while before it says that none is left.
	 */
	private Msg allocateAnywhere(int size) {
		long since = this.exhausted;
		if (since != 0 && System.nanoTime() - since < AGAIN_NANOS) {
			return new Msg(size);
		}
		try {
			return this.delegate.allocate(size);
		}
		catch (OutOfMemoryError ex) {
			Msg message = new Msg(size);
			this.exhausted = System.nanoTime() | 1;
			if (warned.compareAndSet(false, true)) {
				logger.warn("No direct memory is left for a message of " + size
						+ " bytes, so it lies in the heap, as others will. Raise -XX:MaxDirectMemorySize,"
						+ " or options.msg-allocation-heap-threshold to keep large messages in the heap");
			}
			return message;
		}
	}

	/**
	 * Return a frame that came inside another one, encrypted, as if it had come openly.
	 * @param frame the frame, decrypted
	 * @return the same frame, guarded where the socket knows no multipart messages
	 */
	public Msg guarded(Msg frame) {
		return (this.singleFrames && !frame.isCommand()) ? new SingleFrame(frame) : frame;
	}

	/** A frame that must not reach any reader. */
	public static class Spoilt extends Msg {

		Spoilt(int size) {
			super(size);
		}

		Spoilt(byte[] body) {
			super(body);
		}

		public boolean isSpoilt() {
			return true;
		}

	}

	/** A frame of a socket that knows no multipart messages. */
	public static final class SingleFrame extends Spoilt {

		private boolean spoilt;

		SingleFrame(int size) {
			super(size);
		}

		SingleFrame(Msg frame) {
			super(frame.data());
			setFlags(frame.flags());
		}

		@Override
		public void setFlags(int flags) {
			boolean message = (flags & COMMAND) == 0;
			this.spoilt |= message && (flags & MORE) != 0;
			// a command with more to come is refused in the handshake, and not readers'
			// later
			super.setFlags((message) ? flags & ~MORE : flags);
		}

		@Override
		public boolean isSpoilt() {
			return this.spoilt;
		}

	}

}
