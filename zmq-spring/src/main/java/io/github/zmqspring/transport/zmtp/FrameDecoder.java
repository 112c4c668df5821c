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
 *
 * @since 0.1.0
 */
public final class FrameDecoder {

	private static final int SHORT_HEADER = 2;

	private static final int LONG_HEADER = 1 + Long.BYTES;

	/** A size of ZMTP 1 that says that eight bytes with the real one follow. */
	private static final int OLD_LARGE = 0xff;

	private final FrameLimits limits;

	private final MsgAllocator allocator;

	/** ZMTP 1 puts the size, which counts the flags, before them. */
	private final boolean old;

	/** The part of a header that came with the data before. */
	private final ByteBuffer header = ByteBuffer.allocate(1 + LONG_HEADER);

	/** The message that lacks a part of its body, or {@code null}. */
	private @Nullable Msg begun;

	/** Where the missing part of its body goes. */
	private ByteBuffer missing = this.header;

	public FrameDecoder(FrameLimits limits, MsgAllocator allocator, boolean old) {
		this.limits = limits;
		this.allocator = allocator;
		this.old = old;
	}

	/**
	 * Take the next frame.
	 * @param data what was received; what belongs to the frame is consumed
	 * @return the frame, or {@code null} if it is not complete: all data is consumed
	 * @throws FrameException if the peer sent what a limit does not allow
	 */
	public @Nullable Msg decode(ByteBuffer data) {
		if (this.begun != null) {
			copy(data, this.missing, Math.min(data.remaining(), this.missing.remaining()));
			return completed();
		}
		return (this.header.position() == 0 && !this.old) ? decodeWhole(data) : decodeRest(data);
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
				return begin(this.header.get(size - 1) & V2Protocol.MORE_FLAG, length, data);
			}
		}
		return null;
	}

	private @Nullable Msg begin(int flags, long length, ByteBuffer data) {
		boolean command = (flags & V2Protocol.COMMAND_FLAG) != 0;
		this.limits.check(length, command);
		if (length < 0 && !(this.allocator instanceof FrameGuard)) {
			throw new FrameException("a frame of a negative size");
		}
		// a negative one becomes a spoilt message
		Msg message = this.allocator.allocate((int) Math.max(length, -1));
		message.setFlags((((flags & V2Protocol.MORE_FLAG) != 0) ? Msg.MORE : 0) | ((command) ? Msg.COMMAND : 0));
		int size = message.size();
		if (size <= data.remaining()) {
			// this view is never stored, so that the compiler can do without it
			copy(data, message.buf(), size);
			return message;
		}
		ByteBuffer body = message.buf();
		copy(data, body, data.remaining());
		this.begun = message;
		this.missing = body;
		return null;
	}

	private @Nullable Msg completed() {
		if (this.missing.hasRemaining()) {
			return null;
		}
		Msg message = this.begun;
		this.begun = null;
		this.missing = this.header;
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
