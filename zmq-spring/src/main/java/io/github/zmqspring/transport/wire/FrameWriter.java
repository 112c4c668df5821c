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

package io.github.zmqspring.transport.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.transport.jeromq.Interrupts;
import io.github.zmqspring.transport.jeromq.JeroMq;
import io.github.zmqspring.transport.jeromq.SocketCommands;
import io.github.zmqspring.transport.jeromq.Subscribers;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.SocketBase;
import zmq.ZError;
import zmq.ZMQ;

/**
 * Writes whole messages to one JeroMQ socket: all frames or none, never waiting. The
 * caller holds the socket's lock.
 *
 * @since 0.1.0
 */
public final class FrameWriter {

	private static final int MOST_IDENTITY = 255;

	private static final int MID_MESSAGE_RETRIES = 20_000;

	private final SocketDefinition definition;

	private final SocketTraits traits;

	private final SocketBase socket;

	private final Interrupts interrupts;

	private final SocketCommands commands;

	private final boolean conflates;

	private final int fewestFrames;

	private final int mostFrames;

	private @Nullable SubscriptionWatch watch;

	private @Nullable SentPaths paths;

	private @Nullable SequenceNumbers numbers;

	public FrameWriter(SocketDefinition definition, SocketBase socket, Interrupts interrupts) {
		this.definition = definition;
		this.traits = definition.traits();
		this.socket = socket;
		this.interrupts = interrupts;
		this.commands = new SocketCommands(socket);
		this.fewestFrames = this.traits.fewestFrames();
		this.mostFrames = this.traits.mostFrames();
		this.conflates = definition.options().isOn(SocketOption.CONFLATE);
	}

	/** Set what watches the messages that are sent. */
	public void watch(SubscriptionWatch watch) {
		this.watch = watch;
	}

	/** Remember the return paths of what is sent. */
	public void remember(SentPaths paths) {
		this.paths = paths;
	}

	/** Number what is sent. */
	public void number(SequenceNumbers numbers) {
		this.numbers = numbers;
	}

	/**
	 * Checks what can be checked without the lock.
	 */
	public void check(byte[][] frames) {
		require(frames.length == 1 || !this.conflates,
				"a single frame: with the option conflate ZeroMQ keeps only the last one");
		if (this.numbers != null) {
			require(this.numbers.fits(frames), "a topic and a payload, since the socket has a sequence: use publish");
		}
		boolean fits = frames.length >= this.fewestFrames && frames.length <= this.mostFrames;
		switch (this.traits.address()) {
			case NUMBER ->
				require(fits && frames[0].length == Integer.BYTES, "a routing id of 4 bytes and one frame: use sendTo");
			case GROUP -> {
				require(fits, "a group and one frame: use publish");
				require(isGroup(frames[0]), "for a group of up to " + Msg.MAX_GROUP_LENGTH + " ASCII characters");
			}
			case IDENTITY -> {
				require(fits, (this.traits.raw()) ? "a routing id and one frame of bytes: use sendTo"
						: "a routing id in front: use sendTo");
				require(frames[0].length > 0 && frames[0].length <= MOST_IDENTITY,
						"for a routing id of 1 to " + MOST_IDENTITY + " bytes");
			}
			case NONE -> require(fits, (this.traits.singleFrame()) ? "a single frame" : "at least one frame");
		}
	}

	public static boolean isGroup(byte[] group) {
		if (group.length > Msg.MAX_GROUP_LENGTH) {
			return false;
		}
		for (byte character : group) {
			if (character < 0) {
				return false;
			}
		}
		return true;
	}

	private void require(boolean condition, String what) {
		if (!condition) {
			throw new ZmqUnsupportedOperationException(this.definition.name(), "A message for the %s socket '%s' is %s"
				.formatted(this.definition.type(), this.definition.name(), what));
		}
	}

	/**
	 * Writes a message.
	 * @return as {@link #write(byte[][], boolean)}
	 */
	public int write(byte[][] frames) {
		return write(frames, false);
	}

	/**
	 * Writes a message.
	 * @param settled whether JeroMQ has looked at its commands just now, and shall not
	 * again
	 * @return 0, or {@code EAGAIN}, {@code EHOSTUNREACH} or {@code ETERM} when nothing
	 * was written
	 */
	public int write(byte[][] frames, boolean settled) {
		if (this.numbers == null) {
			return writeFrames(frames, settled);
		}
		byte[][] numbered = this.numbers.numbered(frames);
		// a subscriber may ask for it as soon as it has the next one
		this.numbers.keep(numbered);
		int error = writeFrames(numbered, settled);
		if (error == 0) {
			this.numbers.sent(numbered);
		}
		else {
			this.numbers.forget();
		}
		return error;
	}

	private int writeFrames(byte[][] frames, boolean settled) {
		switch (this.traits.address()) {
			case NUMBER -> {
				Msg message = new Msg(frames[1]);
				message.setRoutingId(ByteBuffer.wrap(frames[0]).getInt());
				return writeFirst(message, false);
			}
			case GROUP -> {
				Msg message = new Msg(frames[1]);
				message.setGroup(new String(frames[0], StandardCharsets.US_ASCII));
				return writeFirst(message, false);
			}
			default -> {
				int last = frames.length - 1;
				Msg first = new Msg(frames[0]);
				int error = (settled || !this.commands.arePossible() || (this.watch != null && this.watch.isCaching()))
						? writeSettled(first, last > 0) : writeFirst(first, last > 0);
				if (error != 0) {
					return refused(error, frames[0]);
				}
				for (int i = 1; i <= last; i++) {
					writeFollowing(frames[i], i < last);
				}
				if (this.watch != null) {
					this.watch.sent(frames);
				}
				if (this.paths != null) {
					this.paths.sent(frames);
				}
				return 0;
			}
		}
	}

	/** Some types must be put in order again after their first frame was refused. */
	private int refused(int error, byte[] first) {
		if (this.traits.raw()) {
			// it takes the next frame, whatever it is, for the data of this peer
			writeFollowing(new byte[0], false);
		}
		else if (this.traits.publishes()) {
			Subscribers.forgetMatches(this.socket);
		}
		else if (this.traits.routes() && error == ZError.EAGAIN && JeroMq.isPeerGone(this.socket, first)) {
			return ZError.EHOSTUNREACH;
		}
		return error;
	}

	private int writeFirst(Msg frame, boolean more) {
		int flags = (more) ? ZMQ.ZMQ_DONTWAIT | ZMQ.ZMQ_SNDMORE : ZMQ.ZMQ_DONTWAIT;
		while (!this.socket.send(frame, flags)) {
			int error = this.socket.errno();
			switch (error) {
				case ZError.EINTR -> this.interrupts.noticed();
				case ZError.EAGAIN, ZError.EHOSTUNREACH, ZError.ETERM -> {
					return error;
				}
				default -> throw failed(error);
			}
		}
		return 0;
	}

	/**
	 * Looks at no commands. So no subscription comes between the last look at them and
	 * the message, which would be sent once more from the cache.
	 */
	private int writeSettled(Msg frame, boolean more) {
		if (more) {
			frame.setFlags(Msg.MORE);
		}
		if (JeroMq.sendFollowing(this.socket, frame)) {
			return 0;
		}
		int error = this.socket.errno();
		if (error != ZError.EAGAIN && error != ZError.EHOSTUNREACH) {
			throw failed(error);
		}
		return error;
	}

	/** The peer was chosen with the first frame; nothing may come in between. */
	private void writeFollowing(byte[] bytes, boolean more) {
		Msg frame = new Msg(bytes);
		if (more) {
			frame.setFlags(Msg.MORE);
		}
		for (int attempt = 0; !JeroMq.sendFollowing(this.socket, frame); attempt++) {
			int error = this.socket.errno();
			if (error != ZError.EAGAIN || attempt == MID_MESSAGE_RETRIES) {
				throw failed(error);
			}
			LockSupport.parkNanos(50_000);
		}
	}

	private ZmqException failed(int error) {
		return new ZmqException(this.definition.name(),
				"Socket '%s' did not take a message: %s".formatted(this.definition.name(), ZError.toString(error)),
				null);
	}

}
