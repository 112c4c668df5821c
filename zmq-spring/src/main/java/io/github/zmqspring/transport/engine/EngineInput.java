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
import java.util.Objects;

import io.github.zmqspring.transport.limit.IncomingLedger;
import io.github.zmqspring.transport.limit.IncomingLedgers;
import io.github.zmqspring.transport.zmtp.FrameDecoder;
import io.github.zmqspring.transport.zmtp.Oversize;
import org.jspecify.annotations.Nullable;
import zmq.Msg;

/**
 * Reads what the peer sends and gives it to the stage that the connection is in. When the
 * socket takes no more it stops to read, so that TCP holds the peer back, until the
 * socket does. Belongs to an engine.
 */
final class EngineInput implements IncomingLedgers.Reader {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	/** What one connection may read before the others have their turn. */
	private static final int MOST_AT_ONCE = 512 * 1024;

	/** How many bytes are read ahead while the socket takes nothing. */
	private static final int MOST_AHEAD = 64 * 1024;

	private final Engine engine;

	private final EngineThread thread;

	/** Once the peer has greeted, unless it speaks raw TCP. */
	private @Nullable FrameDecoder decoder;

	/** The frame that the stage did not take, or {@code null} if it was bytes. */
	private @Nullable Msg refused;

	/** What came after it, while reading is stopped. */
	private @Nullable ByteBuffer unread;

	/** Reading is stopped for lack of memory, and not by the stage. */
	private boolean held;

	private final IncomingLedger ledger;

	private boolean signOfLife;

	/** How many bytes the peer has sent. */
	private long received;

	/** Waits for the end of what the peer sends, all of which is thrown away. */
	private @Nullable Runnable whenOver;

	EngineInput(Engine engine) {
		this.engine = engine;
		this.thread = engine.thread();
		this.ledger = this.thread.ledgers().open(this);
	}

	/** All that follows are frames. */
	void decodeBy(FrameDecoder decoder) {
		this.decoder = decoder;
		decoder.memory(this.ledger);
	}

	/** Frames are messages from now on. */
	void messages(Oversize oversize) {
		if (this.decoder != null) {
			this.decoder.messages(oversize);
		}
	}

	@Override
	public long received() {
		return this.received;
	}

	/** Whether a message that is too long is being thrown away. */
	boolean isSkipping() {
		return this.decoder != null && this.decoder.isSkipping();
	}

	/** Whether what was received waits for the socket, or for memory. */
	@Override
	public boolean isStopped() {
		return this.unread != null;
	}

	@Override
	public void readOn() {
		this.engine.restartInput();
	}

	@Override
	public void end(String why) {
		this.engine.end(new ConnectionEnd(ConnectionEnd.Reason.LIMIT, why));
	}

	/** What the connection holds of the memory for incoming messages. */
	IncomingLedger ledger() {
		return this.ledger;
	}

	/** Take what is there to be read. */
	void read() {
		if (this.whenOver != null) {
			discard(this.whenOver);
			return;
		}
		if (isStopped()) {
			return;
		}
		int taken = 0;
		boolean more = true;
		while (more && taken < MOST_AT_ONCE && !isStopped() && !this.engine.isEnded()) {
			ByteBuffer body = (this.decoder != null) ? this.decoder.target() : null;
			ByteBuffer buffer = (body != null) ? body : this.thread.readBuffer();
			if (body == null) {
				long most = this.ledger.mayRead();
				if (most <= 0) {
					hold(NOTHING);
					break;
				}
				buffer.limit((int) Math.min(buffer.limit(), most));
			}
			int count = receive(buffer);
			if (count <= 0) {
				break;
			}
			taken += count;
			// a buffer that was filled was too small for what is there
			more = !buffer.hasRemaining();
			if (body != null) {
				filled();
			}
			else {
				decode(buffer.flip());
			}
			this.ledger.update();
		}
		this.engine.flush();
	}

	/**
	 * Throw away what the peer sends from now on, and run a task at its end. A channel
	 * that is closed with something unread is reset, and loses what it has still to send.
	 */
	void discardUntilOver(Runnable task) {
		this.whenOver = task;
		this.engine.interest().in(true);
		discard(task);
	}

	private void discard(Runnable task) {
		int count;
		do {
			try {
				count = this.engine.channel().read(this.thread.readBuffer());
			}
			catch (IOException ex) {
				count = -1;
			}
		}
		while (count > 0);
		if (count < 0) {
			this.engine.interest().in(false);
			task.run();
		}
	}

	private void filled() {
		Msg frame = Objects.requireNonNull(this.decoder).filled();
		this.ledger.decoded(frame);
		if (frame != null && !this.engine.stage().receive(frame)) {
			stop(frame, NOTHING);
		}
	}

	/** Returns how many bytes there were; the connection may have ended. */
	private int receive(ByteBuffer buffer) {
		int count;
		try {
			count = this.engine.channel().read(buffer);
		}
		catch (IOException ex) {
			count = -1;
		}
		if (count < 0) {
			this.engine.end(this.engine.stage().hungUp());
		}
		else {
			this.signOfLife |= count > 0;
			this.received += count;
		}
		return count;
	}

	/** Give data to the stage: as bytes until there is a decoder, then as frames. */
	void decode(ByteBuffer data) {
		while (this.decoder == null && data.hasRemaining() && !this.engine.isEnded()) {
			if (!this.engine.stage().receive(data)) {
				stop(null, data);
				return;
			}
		}
		FrameDecoder frames = this.decoder;
		while (frames != null && data.hasRemaining() && !this.engine.isEnded()) {
			Msg frame = frames.decode(data);
			this.ledger.decoded(frame);
			if (frame == null) {
				if (frames.isHeld()) {
					hold(data);
				}
				return;
			}
			if (!this.engine.stage().receive(frame)) {
				stop(frame, data);
				return;
			}
			if (this.ledger.isOver() && data.hasRemaining() && !this.engine.isEnded() && mustWait()) {
				hold(data);
				return;
			}
		}
	}

	private boolean mustWait() {
		this.ledger.update();
		return this.ledger.mayRead() <= 0;
	}

	/** Read no more until there is memory. */
	private void hold(ByteBuffer rest) {
		if (!this.engine.isEnded()) {
			this.held = true;
			stop(null, rest);
			this.thread.ledgers().await(this);
		}
	}

	/** The socket takes no more for now. */
	private void stop(@Nullable Msg frame, ByteBuffer rest) {
		if (!this.engine.isEnded()) {
			this.refused = frame;
			ByteBuffer kept = this.thread.keep(rest);
			this.unread = kept;
			this.ledger.keep(kept.remaining());
			this.engine.interest().in(false);
		}
	}

	/**
	 * Go on where it stopped: the socket takes messages again, or there may be memory.
	 */
	void resume() {
		ByteBuffer rest = this.unread;
		if (rest == null || (this.held && !this.ledger.mayGoOn())) {
			return;
		}
		Msg frame = this.refused;
		boolean bytes = frame == null && !this.held;
		if (frame != null && !this.engine.stage().receive(frame)) {
			this.engine.flush();
			return;
		}
		goOn();
		if (bytes && !this.engine.stage().receive(rest)) {
			stop(null, rest);
		}
		else {
			decode(rest);
		}
		if (this.unread != rest) {
			this.thread.release(rest);
		}
		this.ledger.update();
		this.engine.flush();
		if (!isStopped() && !this.engine.isEnded()) {
			this.engine.interest().in(true);
			read();
		}
	}

	private void goOn() {
		this.refused = null;
		this.unread = null;
		this.ledger.keep(0);
		if (this.held) {
			this.held = false;
			this.thread.ledgers().goOn(this);
		}
	}

	/**
	 * Read a little though it is stopped, to see whether the peer is still there.
	 * @return {@code false} if it is gone; what it sent is kept
	 */
	boolean readAhead() {
		ByteBuffer before = this.unread;
		if (before == null || before.remaining() >= MOST_AHEAD) {
			return true;
		}
		ByteBuffer buffer = this.thread.readBuffer();
		int count;
		try {
			count = this.engine.channel().read(buffer);
		}
		catch (IOException ex) {
			return false;
		}
		if (count > 0) {
			buffer.flip();
			ByteBuffer kept = ByteBuffer.allocate(before.remaining() + count).put(before).put(buffer).flip();
			this.unread = kept;
			this.thread.release(before);
			this.ledger.keep(kept.remaining());
		}
		return count >= 0;
	}

	/**
	 * Return whether the peer sent anything since the last call, or reading is stopped.
	 */
	boolean takeSignOfLife() {
		boolean given = this.signOfLife || isStopped();
		this.signOfLife = false;
		return given;
	}

	void close() {
		this.thread.release(this.unread);
		goOn();
		this.decoder = null;
		this.ledger.close();
	}

}
