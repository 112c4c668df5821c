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

import java.io.IOException;
import java.nio.ByteBuffer;

import io.github.zmqspring.transport.zmtp.FrameEncoder;
import io.github.zmqspring.transport.zmtp.Greeting;
import org.jspecify.annotations.Nullable;
import zmq.Msg;

/**
 * Writes what the stage of a connection has to send, in batches. Has a buffer only while
 * there is something to write. Belongs to an engine.
 */
final class EngineOutput {

	/** What one connection may write before the others have their turn. */
	private static final int MOST_AT_ONCE = 1024 * 1024;

	/** The frames of a message that comes alone. */
	private static final int FEW = 4;

	private final Engine engine;

	private final EngineThread thread;

	/** Once the peer has greeted, unless it speaks raw TCP. */
	private @Nullable FrameEncoder encoder;

	/** The part of our greeting that is not sent yet; frames follow it. */
	private @Nullable Greeting greeting;

	private @Nullable ByteBuffer buffer;

	/** There was nothing to send when it was last looked. */
	private boolean idle;

	/**
	 * The socket gave nothing more when the buffer was filled, and tells when it has
	 * more.
	 */
	private boolean drained;

	/** The last batch held more than a request or a reply. */
	private boolean streams;

	/** The peer, or the network, has not taken all of the last write. */
	private boolean blocked;

	/** The peer takes nothing more; what it sent before may still be there to be read. */
	private boolean broken;

	private boolean signOfLife;

	/** What was not sent is counted already. */
	private boolean counted;

	/** Where the first frame begins in the buffer. */
	private int firstFrame;

	/** Whether a message of the socket ends before that frame. */
	private boolean continued;

	/** Waits until all is sent. */
	private @Nullable Runnable whenSent;

	EngineOutput(Engine engine) {
		this.engine = engine;
		this.thread = engine.thread();
	}

	/** All that follows are frames. */
	void encodeBy(FrameEncoder encoder, Greeting greeting) {
		this.encoder = encoder;
		this.greeting = greeting;
	}

	/** There may be something to send. */
	void resume() {
		if (!this.engine.isEnded()) {
			this.idle = false;
			this.drained = false;
			if (this.streams) {
				// the sender that woke this thread has more: each batch costs four calls
				this.thread.shortYield().tryYield();
			}
			write();
			if (!this.idle && !this.broken) {
				this.engine.interest().out(true);
			}
		}
	}

	/** Send as much as the peer takes now. */
	void write() {
		int written = 0;
		while (!this.broken && !this.engine.isEnded()) {
			ByteBuffer batch = this.buffer;
			if (batch == null || !batch.hasRemaining()) {
				batch = load();
				if (batch == null) {
					rest();
					return;
				}
			}
			int count;
			try {
				count = this.engine.channel().write(batch);
			}
			catch (IOException ex) {
				// what the peer sent before it went away is still to be read
				this.broken = true;
				this.engine.interest().out(false);
				sent();
				return;
			}
			written += count;
			this.signOfLife |= this.blocked && count > 0;
			this.blocked = batch.hasRemaining();
			if (!this.blocked && this.drained) {
				// to ask the poller, and the socket once more, is four calls for nothing
				rest();
				return;
			}
			if (this.blocked || batch.limit() < batch.capacity()) {
				// the next turn of the poller gathers more
				return;
			}
			if (written >= MOST_AT_ONCE) {
				// the next turn comes with room for as much: no write may ever be cut
				// short
				this.blocked = true;
				return;
			}
		}
	}

	private void rest() {
		this.idle = true;
		if (this.buffer != null) {
			this.thread.giveBack(this.buffer);
			this.buffer = null;
		}
		this.engine.interest().out(false);
		sent();
	}

	/** Fill a buffer with what is to be sent, or return {@code null} if nothing is. */
	private @Nullable ByteBuffer load() {
		ByteBuffer batch = (this.buffer != null) ? this.buffer.clear() : this.thread.takeWriteBuffer();
		this.buffer = batch;
		this.drained = false;
		FrameEncoder frames = this.encoder;
		if (frames == null) {
			this.engine.stage().write(batch);
		}
		else {
			load(frames, batch);
		}
		if (this.engine.isEnded()) {
			return null;
		}
		if (batch.position() == 0) {
			this.buffer = null;
			this.thread.giveBack(batch);
			return null;
		}
		return batch.flip();
	}

	private void load(FrameEncoder frames, ByteBuffer batch) {
		if (this.greeting != null) {
			this.greeting.write(batch);
			if (this.greeting.hasMore()) {
				return;
			}
			this.greeting = null;
		}
		this.continued = frames.isBusyWithLast();
		if (frames.isBusy()) {
			frames.proceed(batch);
		}
		this.firstFrame = batch.position();
		int count = 0;
		while (batch.hasRemaining() && !this.engine.isEnded()) {
			Msg frame = this.engine.stage().next();
			if (frame == null) {
				this.drained = true;
				this.streams = count > FEW;
				return;
			}
			count++;
			frames.encode(frame, batch);
		}
	}

	/** Whether there is something that was taken from the socket and not written yet. */
	boolean isPending() {
		return !this.broken && ((this.buffer != null && this.buffer.hasRemaining())
				|| (this.encoder != null && this.encoder.isBusy()) || this.engine.stage().hasRest());
	}

	/** Run a task once all that was taken from the socket is sent, or cannot be. */
	void whenSent(Runnable task) {
		this.whenSent = task;
		resume();
	}

	/** Run the task that waits, whatever was sent. */
	void sent() {
		Runnable task = this.whenSent;
		this.whenSent = null;
		if (task != null) {
			task.run();
		}
	}

	/**
	 * Count the messages that were taken from the socket and not written completely.
	 * Those of a security mechanism that hides the borders of messages count by their
	 * frames.
	 */
	long takeUnsent() {
		long count = (this.counted) ? 0 : unsent();
		this.counted = true;
		return count;
	}

	private long unsent() {
		ByteBuffer batch = this.buffer;
		FrameEncoder frames = this.encoder;
		if (frames == null) {
			return (isPending()) ? 1 : 0;
		}
		if (batch == null) {
			return (frames.isBusyWithLast()) ? 1 : 0;
		}
		int written = batch.position();
		boolean all = this.firstFrame == batch.limit() && frames.isBusyWithLast();
		long before = ((this.continued && written < this.firstFrame) || all) ? 1 : 0;
		return before + frames.countUnwritten(batch, this.firstFrame, written);
	}

	/** Tell whether a peer that kept us waiting took anything since the last call. */
	boolean takeSignOfLife() {
		boolean given = this.signOfLife;
		this.signOfLife = false;
		return given;
	}

	void close() {
		this.thread.giveBack(this.buffer);
		this.buffer = null;
		this.encoder = null;
	}

}
