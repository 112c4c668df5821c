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

package io.github.zmqspring.transport.zmtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.github.zmqspring.transport.jeromq.FrameGuard;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.io.coder.v2.V2Protocol;
import zmq.msg.MsgAllocator;

/**
 * Cuts what a connection receives into the frames of ZMTP (RFC 13, 15 and 23). JeroMQ's
 * decoders go through four steps and as many buffers for each frame, half of an I/O
 * thread's work with small ones. Has no buffer of its own, and belongs to the I/O thread
 * of its connection.
 * <p>
 * The memory of a body grows as its bytes come: announcing a size costs nothing, and a
 * quarter of a large body has to be there before all of it is reserved.
 *
 * @since 0.1.0
 */
public final class FrameDecoder {

	private static final int SHORT_HEADER = 2;

	private static final int LONG_HEADER = 1 + Long.BYTES;

	/** A size of ZMTP 1 that says that eight bytes with the real one follow. */
	private static final int OLD_LARGE = 0xff;

	/** What is reserved for a body before any of it is there. */
	private static final int FIRST = 8 * 1024;

	/** How many times as much is reserved as is there. */
	private static final int GROWTH = 4;

	/** Up to this size a peer that sent as much before gets it at once. */
	private static final int MOST_PROVED = 1024 * 1024;

	private static final byte[] NOTHING = new byte[0];

	/** The flags that no peer of this version sets. */
	private static final int RESERVED = ~(V2Protocol.MORE_FLAG | V2Protocol.LARGE_FLAG | V2Protocol.COMMAND_FLAG);

	private static final int OLD_RESERVED = ~V2Protocol.MORE_FLAG;

	private final FrameLimits limits;

	private final MsgAllocator allocator;

	/** ZMTP 1 puts the size, which counts the flags, before them. */
	private final boolean old;

	/** The part of a header that came with the data before. */
	private final ByteBuffer header = ByteBuffer.allocate(1 + LONG_HEADER);

	private BodyMemory memory = BodyMemory.UNLIMITED;

	/** Set once messages flow; until then all frames are bounded as commands. */
	private @Nullable Oversize oversize;

	// the message whose frames come

	private int frames;

	private long bytes;

	private boolean skipping;

	// the frame whose body comes, if there is one

	private boolean inBody;

	private int flags;

	private int size;

	/** How many bytes of it are still to be thrown away. */
	private long skip;

	/** The beginning of a body that is not reserved completely. */
	private byte[] partial = NOTHING;

	private int have;

	/** The message that lacks a part of its body, or {@code null}. */
	private @Nullable Msg begun;

	/** Where the missing part of its body goes. */
	private ByteBuffer missing = this.header;

	/** The size of the longest body so far. */
	private int proved;

	private boolean held;

	public FrameDecoder(FrameLimits limits, MsgAllocator allocator, boolean old) {
		this.limits = limits;
		this.allocator = allocator;
		this.old = old;
	}

	/** Set what lends the memory for bodies that come in parts. */
	public void memory(BodyMemory memory) {
		this.memory = memory;
	}

	/**
	 * End the handshake: messages follow, and commands between them.
	 * @param oversize receives messages that are too long
	 */
	public void messages(Oversize oversize) {
		this.oversize = oversize;
	}

	/**
	 * Take the next frame.
	 * @param data what was received; what belongs to the frame is consumed
	 * @return the frame, or {@code null} if it is not complete: all data is consumed, or
	 * the decoder {@link #isHeld() is held}
	 * @throws FrameException if the peer sent what a limit does not allow
	 */
	public @Nullable Msg decode(ByteBuffer data) {
		this.held = false;
		Msg frame = step(data);
		while (frame == null && data.hasRemaining() && !this.held) {
			frame = step(data);
		}
		return frame;
	}

	private @Nullable Msg step(ByteBuffer data) {
		if (this.inBody) {
			return (this.skip > 0) ? skip(data) : proceed(data);
		}
		return (this.header.position() == 0 && !this.old) ? decodeWhole(data) : decodeRest(data);
	}

	/**
	 * Return whether there is no memory for what comes next: give it the rest of the data
	 * again when there is.
	 * @return {@code false} if it takes all that it is given
	 */
	public boolean isHeld() {
		return this.held;
	}

	/** Return whether a message that is too long is being thrown away. */
	public boolean isSkipping() {
		return this.skipping;
	}

	/** Return whether the last data ended inside a frame or a message. */
	public boolean isInside() {
		return this.inBody || this.frames > 0 || this.header.position() > 0;
	}

	/** The usual case: header and body are there. */
	private @Nullable Msg decodeWhole(ByteBuffer data) {
		int available = data.remaining();
		if (available < SHORT_HEADER) {
			return decodeRest(data);
		}
		int flags = data.get(data.position());
		if ((flags & V2Protocol.LARGE_FLAG) == 0) {
			int size = data.get(data.position() + 1) & 0xff;
			data.position(data.position() + SHORT_HEADER);
			return begin(flags, size, data);
		}
		if (available < LONG_HEADER) {
			return decodeRest(data);
		}
		data.get();
		return begin(flags, data.getLong(), data);
	}

	private @Nullable Msg decodeRest(ByteBuffer data) {
		while (data.hasRemaining()) {
			this.header.put(data.get());
			int first = this.header.get(0);
			boolean large = (this.old) ? (first & 0xff) == OLD_LARGE : (first & V2Protocol.LARGE_FLAG) != 0;
			int size = ((large) ? LONG_HEADER : SHORT_HEADER) + ((this.old && large) ? 1 : 0);
			if (this.header.position() == size) {
				this.header.clear();
				if (!this.old) {
					return begin(first, (large) ? this.header.getLong(1) : this.header.get(1) & 0xff, data);
				}
				long length = ((large) ? this.header.getLong(1) : first & 0xff) - 1;
				if (length < 0) {
					throw new FrameException("a frame of ZMTP 1 without flags");
				}
				int flags = this.header.get(size - 1);
				checkReserved(flags & OLD_RESERVED);
				return begin(flags, length, data);
			}
		}
		return null;
	}

	/** Refuse unknown flags: most streams that are no ZMTP end here. */
	private static void checkReserved(int flags) {
		if (flags != 0) {
			throw new FrameException("a frame with flags that ZMTP does not know");
		}
	}

	private @Nullable Msg begin(int flags, long length, ByteBuffer data) {
		checkReserved(flags & RESERVED);
		Oversize messages = this.oversize;
		if (messages == null || (flags & V2Protocol.COMMAND_FLAG) != 0) {
			this.limits.checkCommand(length);
		}
		else if (!admit(flags, length, messages)) {
			return null;
		}
		if (length < 0 && !(this.allocator instanceof FrameGuard)) {
			throw new FrameException("a frame of a negative size");
		}
		// a negative one becomes a spoilt message
		int size = (int) Math.max(length, 0);
		if (size <= data.remaining()) {
			Msg message = allocate(flags, (int) Math.max(length, -1));
			// this view is never stored, so that the compiler can do without it
			copy(data, message.buf(), size);
			return message;
		}
		this.inBody = true;
		this.flags = flags;
		this.size = size;
		return proceed(data);
	}

	/**
	 * Count a frame of a message, and check whether it may be taken.
	 * @return {@code false} if it is thrown away
	 */
	private boolean admit(int flags, long length, Oversize messages) {
		boolean more = (flags & V2Protocol.MORE_FLAG) != 0;
		this.limits.checkFrames(++this.frames);
		// two of the longest do not overflow
		this.bytes += Math.min(Math.max(length, 0), Long.MAX_VALUE / 2);
		boolean skipped = this.skipping || this.limits.isExceededBy(this.bytes);
		if (skipped) {
			skip(length, more, messages);
		}
		if (!more) {
			this.frames = 0;
			this.bytes = 0;
		}
		return !skipped;
	}

	private void skip(long length, boolean more, Oversize messages) {
		if (!this.limits.maySkip(this.bytes)) {
			throw new FrameException(this.limits.describe(this.bytes, more), true);
		}
		if (!this.skipping) {
			messages.refused(this.limits.describe(this.bytes, more));
		}
		this.skip = Math.max(length, 0);
		this.inBody = this.skip > 0;
		this.skipping = more || this.inBody;
	}

	private @Nullable Msg skip(ByteBuffer data) {
		int count = (int) Math.min(this.skip, data.remaining());
		data.position(data.position() + count);
		this.skip -= count;
		this.inBody = this.skip > 0;
		this.skipping = this.inBody || this.frames > 0;
		return null;
	}

	private Msg allocate(int flags, int size) {
		Msg message = this.allocator.allocate(size);
		message.setFlags((((flags & V2Protocol.MORE_FLAG) != 0) ? Msg.MORE : 0)
				| (((flags & V2Protocol.COMMAND_FLAG) != 0) ? Msg.COMMAND : 0));
		return message;
	}

	private @Nullable Msg proceed(ByteBuffer data) {
		while (this.begun == null) {
			int count = Math.min(this.partial.length - this.have, data.remaining());
			data.get(this.partial, this.have, count);
			this.have += count;
			if (!data.hasRemaining()) {
				return null;
			}
			this.held = !grow(data.remaining());
			if (this.held) {
				return null;
			}
		}
		copy(data, this.missing, Math.min(data.remaining(), this.missing.remaining()));
		return completed();
	}

	/** Reserve more for the body, as much as its bytes so far have earned. */
	private boolean grow(int available) {
		int next = this.size;
		if (next > this.proved) {
			while (next > FIRST && next / GROWTH > this.have + available) {
				next = next / GROWTH + 1;
			}
		}
		if (!this.memory.mayTake(next, this.size)) {
			return false;
		}
		if (next < this.size) {
			this.partial = Arrays.copyOf(this.partial, next);
			return true;
		}
		Msg message = allocate(this.flags, this.size);
		this.missing = message.buf();
		this.missing.put(this.partial, 0, this.have);
		this.partial = NOTHING;
		this.begun = message;
		return true;
	}

	private @Nullable Msg completed() {
		if (this.missing.hasRemaining()) {
			return null;
		}
		Msg message = this.begun;
		this.begun = null;
		this.missing = this.header;
		this.have = 0;
		this.inBody = false;
		this.proved = Math.max(this.proved, Math.min(this.size, MOST_PROVED));
		return message;
	}

	/**
	 * Return where to read the rest of a large body outside of the heap, which needs no
	 * copy, or {@code null} for all else.
	 */
	public @Nullable ByteBuffer target() {
		return (this.begun != null && this.missing.isDirect()) ? this.missing : null;
	}

	/**
	 * Take what was read into {@link #target()}.
	 * @return the frame, or {@code null} if it is not complete
	 */
	public @Nullable Msg filled() {
		return completed();
	}

	private static void copy(ByteBuffer data, ByteBuffer body, int count) {
		if (body.hasArray()) {
			data.get(body.array(), body.arrayOffset() + body.position(), count);
			body.position(body.position() + count);
			return;
		}
		int limit = data.limit();
		data.limit(data.position() + count);
		body.put(data);
		data.limit(limit);
	}

}
