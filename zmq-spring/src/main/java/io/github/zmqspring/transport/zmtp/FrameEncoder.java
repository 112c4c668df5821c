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

import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.io.coder.v2.V2Protocol;

/**
 * Puts messages into the frames of ZMTP (RFC 13, 15 and 23) with one copy and no buffers
 * in between. Large ones are copied in slices as well: a write from the heap would have
 * the JVM keep a buffer of the message's size for the thread. Belongs to the I/O thread
 * of its connection.
 *
 * @since 0.1.0
 */
public final class FrameEncoder {

	private static final int LONG_HEADER = 1 + Long.BYTES;

	private static final int MOST_SHORT = 255;

	/** Up to here a message is certainly on the heap, and its array has its size. */
	private static final int MOST_SMALL = 4096;

	private static final int OLD_LARGE = 0xff;

	/** ZMTP 1 puts the size, which counts the flags, before them. */
	private final boolean old;

	/** What is left of a header that did not fit. */
	private final ByteBuffer header = ByteBuffer.allocate(1 + LONG_HEADER).limit(0);

	/** What is left of the message, or {@code null} if all of it was taken. */
	private @Nullable ByteBuffer body;

	/** Whether a message of the socket ends with the frame. */
	private boolean last;

	public FrameEncoder(boolean old) {
		this.old = old;
	}

	/** Whether a message was not taken completely. */
	public boolean isBusy() {
		return this.body != null;
	}

	/**
	 * Take a message, when there is no other.
	 * @param message the message
	 * @param to where the frame goes, as far as it fits
	 */
	public void encode(Msg message, ByteBuffer to) {
		int size = message.size();
		int flags = ((message.hasMore()) ? V2Protocol.MORE_FLAG : 0)
				| ((message.isCommand()) ? V2Protocol.COMMAND_FLAG : 0);
		this.last = flags == 0;
		ByteBuffer head = (to.remaining() > LONG_HEADER) ? to : this.header.clear();
		if (this.old) {
			oldHeader(head, size + 1L, flags);
		}
		else if (size > MOST_SHORT) {
			head.put((byte) (flags | V2Protocol.LARGE_FLAG)).putLong(size);
		}
		else {
			head.put((byte) flags).put((byte) size);
		}
		if (head != to) {
			this.header.flip();
		}
		if (head == to && size <= to.remaining()) {
			if (size <= MOST_SMALL) {
				// a view of each message would be an object for each
				to.put(message.data());
			}
			else {
				move(message.buf().limit(size).position(0), to);
			}
			return;
		}
		ByteBuffer bytes = message.buf();
		this.body = bytes.limit(size).position(0);
		proceed(to);
	}

	/** Whether a message of the socket ends with what is left. */
	public boolean isBusyWithLast() {
		return this.body != null && this.last;
	}

	/**
	 * Count the messages of which not all was written.
	 * @param batch what was encoded, from the first frame that begins there
	 * @param first where that frame begins
	 * @param written how many bytes were written
	 * @return the number of messages whose last frame begins in the batch
	 */
	public long countUnwritten(ByteBuffer batch, int first, int written) {
		long count = 0;
		long at = first;
		while (at < batch.limit()) {
			int begin = (int) at;
			int head = (this.old) ? oldHead(batch, begin) : head(batch, begin);
			if (begin + head > batch.limit()) {
				// the rest of the header waits, as the whole message does
				return count + ((this.last) ? 1 : 0);
			}
			int flags = batch.get((this.old) ? begin + head - 1 : begin);
			long size = (this.old) ? oldSize(batch, begin) : size(batch, begin);
			at = begin + head + size;
			if ((flags & (V2Protocol.MORE_FLAG | V2Protocol.COMMAND_FLAG)) == 0 && at > written) {
				count++;
			}
		}
		return count;
	}

	private static int head(ByteBuffer batch, int at) {
		return ((batch.get(at) & V2Protocol.LARGE_FLAG) != 0) ? LONG_HEADER : 2;
	}

	private static long size(ByteBuffer batch, int at) {
		return ((batch.get(at) & V2Protocol.LARGE_FLAG) != 0) ? batch.getLong(at + 1) : batch.get(at + 1) & 0xff;
	}

	private static int oldHead(ByteBuffer batch, int at) {
		return ((batch.get(at) & 0xff) == OLD_LARGE) ? LONG_HEADER + 1 : 2;
	}

	/** The size in the header counts the flags. */
	private static long oldSize(ByteBuffer batch, int at) {
		int first = batch.get(at) & 0xff;
		return ((first == OLD_LARGE) ? batch.getLong(at + 1) : first) - 1;
	}

	private static void oldHeader(ByteBuffer head, long size, int flags) {
		if (size < OLD_LARGE) {
			head.put((byte) size);
		}
		else {
			head.put((byte) OLD_LARGE).putLong(size);
		}
		head.put((byte) flags);
	}

	/** Go on with a message that was not taken completely. */
	public void proceed(ByteBuffer to) {
		ByteBuffer from = this.body;
		if (this.header.hasRemaining()) {
			move(this.header, to);
		}
		if (from == null || this.header.hasRemaining()) {
			return;
		}
		move(from, to);
		if (!from.hasRemaining()) {
			this.body = null;
		}
	}

	private static void move(ByteBuffer from, ByteBuffer to) {
		int count = Math.min(from.remaining(), to.remaining());
		if (from.hasArray()) {
			to.put(from.array(), from.arrayOffset() + from.position(), count);
			from.position(from.position() + count);
			return;
		}
		int limit = from.limit();
		to.put(from.limit(from.position() + count));
		from.limit(limit);
	}

}
