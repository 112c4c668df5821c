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
import zmq.io.StreamEngine;
import zmq.io.coder.EncoderBase;
import zmq.io.coder.IEncoder;
import zmq.io.coder.v2.V2Encoder;
import zmq.io.coder.v2.V2Protocol;
import zmq.util.ValueReference;

/**
 * Puts messages into the frames of ZMTP 2 and 3 (RFC 15 and 23), as JeroMQ's own
 * {@link V2Encoder} does, whose place it takes, with one copy and no buffers in between.
 * Belongs to the I/O thread of its connection.
 */
final class FrameEncoder implements IEncoder {

	private static final int LONG_HEADER = 1 + Long.BYTES;

	private static final int MOST_SHORT = 255;

	private static final Field ENGINE_ENCODER = JeroMq.field(StreamEngine.class, "encoder");

	private static final Field MESSAGE = JeroMq.field(EncoderBase.class, "inProgress");

	private static final Field IN_BODY = JeroMq.field(EncoderBase.class, "newMsgFlag");

	private static final Field REST = JeroMq.field(EncoderBase.class, "writeBuf");

	private static final Field REST_SIZE = JeroMq.field(EncoderBase.class, "toWrite");

	private static final Field BUFFER = JeroMq.field(EncoderBase.class, "buffer");

	private final ByteBuffer buffer;

	/** What is left of a header that did not fit. */
	private final ByteBuffer header = ByteBuffer.allocate(LONG_HEADER).limit(0);

	/** What is left of the message, or {@code null} if all of it was taken. */
	private @Nullable ByteBuffer body;

	FrameEncoder(ByteBuffer buffer) {
		this.buffer = buffer;
	}

	/**
	 * Takes the place of a connection's encoder, on its I/O thread. What is encoded and
	 * not written is in the same buffer.
	 * @return whether there is nothing left to do: the connection is not there yet, or in
	 * the middle of a header, if not
	 */
	static boolean install(StreamEngine engine) throws IllegalAccessException {
		Object encoder = ENGINE_ENCODER.get(engine);
		if (encoder == null) {
			return false;
		}
		if (encoder.getClass() != V2Encoder.class) {
			return true;
		}
		FrameEncoder successor = new FrameEncoder((ByteBuffer) BUFFER.get(encoder));
		int rest = (MESSAGE.get(encoder) != null) ? REST_SIZE.getInt(encoder) : 0;
		if (rest > 0) {
			if (!IN_BODY.getBoolean(encoder)) {
				return false;
			}
			ByteBuffer body = ((ByteBuffer) REST.get(encoder)).duplicate();
			successor.body = body.limit(body.position() + rest);
		}
		ENGINE_ENCODER.set(engine, successor);
		return true;
	}

	@Override
	public void loadMsg(Msg message) {
		int size = message.size();
		int flags = ((message.hasMore()) ? V2Protocol.MORE_FLAG : 0)
				| ((message.isCommand()) ? V2Protocol.COMMAND_FLAG : 0);
		this.header.clear();
		if (size > MOST_SHORT) {
			this.header.put((byte) (flags | V2Protocol.LARGE_FLAG)).putLong(size);
		}
		else {
			this.header.put((byte) flags).put((byte) size);
		}
		this.header.flip();
		ByteBuffer bytes = message.buf();
		bytes.limit(size).position(0);
		this.body = bytes;
	}

	/**
	 * Adds to what is in the buffer already, which is passed back in, or begins it. A
	 * message of at least the buffer's size is written without it, once its header was.
	 */
	@Override
	public int encode(ValueReference<ByteBuffer> data, int size) {
		ByteBuffer to = data.get();
		int room = size;
		boolean begins = to == null;
		if (to == null) {
			to = this.buffer.clear();
			room = to.capacity();
		}
		ByteBuffer from = this.body;
		if (from == null) {
			return 0;
		}
		to.limit(to.capacity());
		int count = move(this.header, to, room);
		if (begins && count == 0 && !this.header.hasRemaining() && from.remaining() >= room) {
			this.body = null;
			data.set(from);
			return from.remaining();
		}
		count += move(from, to, room - count);
		if (!this.header.hasRemaining() && !from.hasRemaining()) {
			this.body = null;
		}
		data.set(to);
		return count;
	}

	private static int move(ByteBuffer from, ByteBuffer to, int room) {
		int count = Math.min(Math.min(from.remaining(), room), to.remaining());
		if (from.hasArray()) {
			to.put(from.array(), from.arrayOffset() + from.position(), count);
			from.position(from.position() + count);
			return count;
		}
		int limit = from.limit();
		to.put(from.limit(from.position() + count));
		from.limit(limit);
		return count;
	}

	@Override
	public void encoded() {
		this.buffer.flip();
	}

	@Override
	public void destroy() {
	}

}
