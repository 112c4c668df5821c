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

import java.lang.reflect.Field;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.ZError;
import zmq.io.StreamEngine;
import zmq.io.coder.Decoder;
import zmq.io.coder.DecoderBase;
import zmq.io.coder.IDecoder;
import zmq.io.coder.v2.V2Decoder;
import zmq.io.coder.v2.V2Protocol;
import zmq.msg.MsgAllocator;
import zmq.util.Errno;
import zmq.util.ValueReference;

/**
 * Cuts what a connection receives into the frames of ZMTP 2 and 3 (RFC 15 and 23), as
 * JeroMQ's own {@link V2Decoder} does, whose place it takes. That one goes through four
 * steps and as many buffers for each frame, half of an I/O thread's work with small ones.
 * Belongs to the I/O thread of its connection.
 */
final class FrameDecoder implements IDecoder {

	private static final int SHORT_HEADER = 2;

	private static final int LONG_HEADER = 1 + Long.BYTES;

	private static final Field ENGINE_DECODER = JeroMq.field(StreamEngine.class, "decoder");

	private static final Field ENGINE_UNREAD = JeroMq.field(StreamEngine.class, "insize");

	private static final Field ENGINE_HANDSHAKING = JeroMq.field(StreamEngine.class, "handshaking");

	private static final Field ERRNO = JeroMq.field(DecoderBase.class, "errno");

	private static final Field BUFFER = JeroMq.field(DecoderBase.class, "buf");

	private static final Field DIRECT = JeroMq.field(DecoderBase.class, "zeroCopy");

	private static final Field REST = JeroMq.field(DecoderBase.class, "readPos");

	private static final Field NEXT_STEP = JeroMq.field(DecoderBase.class, "next");

	private static final Field FIRST_STEP = JeroMq.field(Decoder.class, "flagsReady");

	private static final Field LAST_STEP = JeroMq.field(Decoder.class, "messageReady");

	private static final Field MESSAGE = JeroMq.field(Decoder.class, "inProgress");

	private static final Field MOST_BYTES = JeroMq.field(Decoder.class, "maxmsgsize");

	private static final Field ALLOCATOR = JeroMq.field(Decoder.class, "allocator");

	private final Errno errno;

	private final ByteBuffer buffer;

	private final long mostBytes;

	private final MsgAllocator allocator;

	/** The part of a header that came with the data before. */
	private final ByteBuffer header = ByteBuffer.allocate(LONG_HEADER);

	private Msg message = new Msg();

	/** What is missing of the message, or {@code null} if its header is. */
	private @Nullable ByteBuffer missing;

	/** Whether data goes right into the message. */
	private boolean direct;

	FrameDecoder(Errno errno, ByteBuffer buffer, long mostBytes, MsgAllocator allocator) {
		this.errno = errno;
		this.buffer = buffer;
		this.mostBytes = mostBytes;
		this.allocator = allocator;
	}

	/**
	 * Takes the place of a connection's decoder, on its I/O thread. What is received and
	 * not decoded is in the same buffer.
	 * @return whether there is nothing left to do: the connection is not there yet, or in
	 * the middle of a header, if not
	 */
	static boolean install(StreamEngine engine) throws IllegalAccessException {
		if (ENGINE_HANDSHAKING.getBoolean(engine)) {
			return false;
		}
		Object decoder = ENGINE_DECODER.get(engine);
		if (decoder == null || decoder.getClass() != V2Decoder.class) {
			return true;
		}
		Object step = NEXT_STEP.get(decoder);
		boolean inBody = step == LAST_STEP.get(decoder);
		if ((!inBody && !isAtBegin(decoder, step))
				|| (DIRECT.getBoolean(decoder) && ENGINE_UNREAD.getInt(engine) != 0)) {
			return false;
		}
		FrameDecoder successor = new FrameDecoder((Errno) ERRNO.get(decoder), (ByteBuffer) BUFFER.get(decoder),
				MOST_BYTES.getLong(decoder), (MsgAllocator) ALLOCATOR.get(decoder));
		Msg message = (Msg) MESSAGE.get(decoder);
		if (message != null) {
			// one that was refused is asked for again
			successor.message = message;
		}
		if (inBody) {
			successor.missing = (ByteBuffer) REST.get(decoder);
		}
		ENGINE_DECODER.set(engine, successor);
		return true;
	}

	private static boolean isAtBegin(Object decoder, Object step) throws IllegalAccessException {
		return step == FIRST_STEP.get(decoder) && ((ByteBuffer) REST.get(decoder)).position() == 0;
	}

	/** A message of at least the buffer's size is filled without it. */
	@Override
	public ByteBuffer getBuffer() {
		ByteBuffer body = this.missing;
		this.direct = body != null && body.remaining() >= this.buffer.capacity();
		return (body != null && this.direct) ? body.duplicate() : this.buffer.clear();
	}

	@Override
	public Step.Result decode(ByteBuffer data, int size, ValueReference<Integer> processed) {
		ByteBuffer body = this.missing;
		if (body != null) {
			int count = Math.min(size, body.remaining());
			if (this.direct) {
				body.position(body.position() + count);
			}
			else {
				copy(data, body, count);
			}
			processed.set(count);
			return complete(body);
		}
		int before = data.position();
		Step.Result result = (this.header.position() == 0) ? decodeWhole(data, size) : decodeRest(data, size);
		processed.set(data.position() - before);
		return result;
	}

	/** The usual case: header and body are there. */
	private Step.Result decodeWhole(ByteBuffer data, int size) {
		int flags = data.get(data.position());
		int headerSize = ((flags & V2Protocol.LARGE_FLAG) != 0) ? LONG_HEADER : SHORT_HEADER;
		if (size < headerSize) {
			return decodeRest(data, size);
		}
		data.get();
		long length = ((flags & V2Protocol.LARGE_FLAG) != 0) ? data.getLong() : data.get() & 0xff;
		return begin(flags, length, data, size - headerSize);
	}

	private Step.Result decodeRest(ByteBuffer data, int size) {
		int left = size;
		while (left > 0) {
			this.header.put(data.get());
			left--;
			int flags = this.header.get(0);
			boolean large = (flags & V2Protocol.LARGE_FLAG) != 0;
			if (this.header.position() == ((large) ? LONG_HEADER : SHORT_HEADER)) {
				long length = (large) ? this.header.getLong(1) : this.header.get(1) & 0xff;
				this.header.clear();
				return begin(flags, length, data, left);
			}
		}
		return Step.Result.MORE_DATA;
	}

	private Step.Result begin(int flags, long length, ByteBuffer data, int left) {
		if ((this.mostBytes >= 0 && length > this.mostBytes) || length > Integer.MAX_VALUE
				|| (length < 0 && !(this.allocator instanceof FrameGuard))) {
			this.errno.set(ZError.EMSGSIZE);
			return Step.Result.ERROR;
		}
		// a negative one becomes a spoilt message
		Msg begun = this.allocator.allocate((int) Math.max(length, -1));
		begun.setFlags((((flags & V2Protocol.MORE_FLAG) != 0) ? Msg.MORE : 0)
				| (((flags & V2Protocol.COMMAND_FLAG) != 0) ? Msg.COMMAND : 0));
		this.message = begun;
		int size = begun.size();
		if (size <= left) {
			copy(data, begun.buf(), size);
			return Step.Result.DECODED;
		}
		ByteBuffer body = begun.buf();
		copy(data, body, left);
		this.missing = body;
		return Step.Result.MORE_DATA;
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

	private Step.Result complete(ByteBuffer body) {
		if (body.hasRemaining()) {
			return Step.Result.MORE_DATA;
		}
		this.missing = null;
		return Step.Result.DECODED;
	}

	@Override
	public Msg msg() {
		return this.message;
	}

	@Override
	public void destroy() {
	}

}
