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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.HeaderFrame;
import io.github.zmqspring.message.ReturnPath;
import io.github.zmqspring.message.SubscriptionFrame;
import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.transport.jeromq.FrameGuard;
import io.github.zmqspring.transport.jeromq.Interrupts;
import io.github.zmqspring.transport.jeromq.KnownMetadata;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import zmq.Msg;
import zmq.SocketBase;
import zmq.ZError;
import zmq.ZMQ;
import zmq.io.Metadata;

/**
 * Reads whole messages from one JeroMQ socket, never waiting. The caller holds the
 * socket's lock. The return path and the header frame of a message are found here, so
 * that all readers see the same.
 *
 * @since 0.1.0
 */
public final class FrameReader {

	private static final String SOCKET_TYPE = "Socket-Type";

	private static final int INITIAL_FRAMES = 4;

	private static final int MOST_MID_MESSAGE = 64;

	/** No more than an inline consumer takes at once. */
	private static final int MOST_AHEAD = 256;

	/** The most bytes of upstream messages that are kept, as nothing may read them. */
	private static final long MOST_AHEAD_BYTES = 1024 * 1024;

	/** A message that counts by its number. */
	private static final int SMALL = 4 * 1024;

	private final SocketDefinition definition;

	private final SocketTraits traits;

	private final SocketBase socket;

	private final SocketCounters counters;

	private final Interrupts interrupts;

	private final boolean envelope;

	private boolean sharesArrays;

	/** Connections that are in the middle of a message of several frames. */
	private final Deque<Metadata> midMessage = new ArrayDeque<>();

	private final Deque<ZmqMessage> ahead = new ArrayDeque<>();

	private @Nullable SubscriptionWatch watch;

	private @Nullable SentPaths paths;

	private @Nullable SequenceTracker sequence;

	/** What the last message came over. */
	private @Nullable Metadata connection;

	private @Nullable IntSupplier origin;

	public FrameReader(SocketDefinition definition, SocketBase socket, SocketCounters counters, Interrupts interrupts) {
		this.definition = definition;
		this.traits = definition.traits();
		this.socket = socket;
		this.counters = counters;
		this.interrupts = interrupts;
		this.envelope = definition.envelope() == Envelope.HEADERS;
	}

	/** Over inproc all subscribers get the publisher's very array. */
	public void usesInproc() {
		this.sharesArrays = this.traits.subscribes();
	}

	/** Recognize these paths, which this socket has sent, in received messages. */
	public void recognize(SentPaths paths) {
		this.paths = paths;
	}

	/**
	 * Reads the next message.
	 * @return the message, or {@code null} when there is none
	 */
	public @Nullable ZmqMessage read() {
		ZmqMessage early = this.ahead.pollFirst();
		if (early != null) {
			return early;
		}
		return (this.sequence != null) ? readInSequence(this.sequence) : readNew();
	}

	/** Follow the numbers of received messages. */
	public void follow(SequenceTracker sequence) {
		this.sequence = sequence;
	}

	private @Nullable ZmqMessage readInSequence(SequenceTracker tracker) {
		ZmqMessage deferred = tracker.nextDeferred();
		while (deferred == null && !tracker.isHolding()) {
			ZmqMessage message = readNew();
			if (message == null) {
				return null;
			}
			deferred = tracker.check(message, this.connection);
		}
		return deferred;
	}

	/** Return whether nothing is read until what is missing was fetched. */
	public boolean isHolding() {
		return this.sequence != null && this.sequence.isHolding();
	}

	/**
	 * Have messages read next that were fetched.
	 * @return how many are waiting
	 */
	public int fetched(List<ZmqMessage> messages) {
		for (ZmqMessage message : messages) {
			this.counters.received(message);
			this.ahead.addLast((this.sequence != null) ? this.sequence.fetched(message) : message);
		}
		return this.ahead.size();
	}

	/** Have a message read once more. */
	public void unread(ZmqMessage message) {
		this.ahead.addFirst(message);
	}

	/** Read on, beginning with the message that was held. */
	public void release() {
		ZmqMessage held = (this.sequence != null) ? this.sequence.release() : null;
		if (held != null) {
			this.ahead.addLast(held);
		}
	}

	/**
	 * Count a message that was read and that no reader wants.
	 */
	public void unwanted() {
		this.counters.dropped();
	}

	/**
	 * No reader takes the subscriptions of an XPUB, but they have to be looked at: the
	 * newest are kept for a reader that comes later.
	 * @param mayDrop whether older ones make room
	 * @return whether there were any
	 */
	public boolean readAhead(boolean mayDrop) {
		int count = 0;
		// with a last value cache each is looked at before the next message goes out
		boolean unbounded = this.watch != null && this.watch.isCaching();
		while (mayDrop || unbounded || this.ahead.size() < MOST_AHEAD) {
			ZmqMessage message = readNew();
			if (message == null) {
				break;
			}
			if (mayDrop) {
				makeRoom(message.bytes());
			}
			this.ahead.addLast(message);
			count++;
		}
		return count > 0;
	}

	/**
	 * Read ahead, and take some messages out.
	 * @param taken what to take out
	 * @return what was taken
	 */
	public List<ZmqMessage> lookAhead(Predicate<ZmqMessage> taken) {
		List<ZmqMessage> found = new ArrayList<>();
		long bytes = this.ahead.stream().mapToLong(ZmqMessage::bytes).sum();
		while (this.sequence == null && this.ahead.size() < MOST_AHEAD && bytes < MOST_AHEAD_BYTES) {
			ZmqMessage message = readNew();
			if (message == null) {
				break;
			}
			if (taken.test(message)) {
				found.add(message);
			}
			else {
				this.ahead.addLast(message);
				bytes += message.bytes();
			}
		}
		return found;
	}

	/** Drop the oldest; subscriptions among them were looked at. */
	private void makeRoom(long bytes) {
		while (!this.ahead.isEmpty() && (this.ahead.size() >= MOST_AHEAD || (bytes > SMALL
				&& this.ahead.stream().mapToLong(ZmqMessage::bytes).sum() + bytes > MOST_AHEAD_BYTES))) {
			if (!SubscriptionFrame.is(this.ahead.removeFirst().raw())) {
				this.counters.dropped();
			}
		}
	}

	/**
	 * Read all there is, for readers that come for it later.
	 * @return whether there was anything
	 */
	public boolean keepUnread() {
		boolean any = false;
		for (ZmqMessage message = readNew(); message != null; message = readNew()) {
			if (this.sequence != null) {
				this.sequence.defer(message, this.connection);
			}
			else {
				this.ahead.addLast(message);
			}
			any = true;
		}
		return any;
	}

	/** Return whether a reader that comes, or is resumed, has something to read. */
	public boolean hasReadAhead() {
		return !this.ahead.isEmpty() || (this.sequence != null && this.sequence.hasUnchecked());
	}

	/** Set what watches the subscriptions. */
	public void watch(SubscriptionWatch watch) {
		this.watch = watch;
	}

	/**
	 * Put a frame of four bytes in front of each message: where it came from.
	 * @param origin asked after each message was read
	 */
	public void tellOrigins(IntSupplier origin) {
		this.origin = origin;
	}

	private static ZmqMessage withOrigin(IntSupplier origin, ZmqMessage message) {
		return message.withFirst(ByteBuffer.allocate(Integer.BYTES).putInt(origin.getAsInt()).array());
	}

	private @Nullable ZmqMessage readNew() {
		while (true) {
			Msg first = readFrame();
			if (first == null) {
				return null;
			}
			ZmqMessage message = readRest(first);
			if (message != null) {
				this.counters.received(message);
				if (this.watch != null) {
					this.watch.received(message.raw());
				}
				return (this.origin != null) ? withOrigin(this.origin, message) : message;
			}
			this.counters.dropped();
		}
	}

	private @Nullable ZmqMessage readRest(Msg first) {
		boolean spoilt = isLastOfSeveral(first) || isSpoilt(first);
		switch (this.traits.address()) {
			case NUMBER -> {
				byte[] routingId = ByteBuffer.allocate(Integer.BYTES).putInt(first.getRoutingId()).array();
				return (spoilt) ? null : ZmqMessage.ofRaw(new byte[][] { routingId, data(first) }, 1, peer(first));
			}
			case GROUP -> {
				byte[] group = first.getGroup().getBytes(StandardCharsets.US_ASCII);
				return (spoilt) ? null : ZmqMessage.ofRaw(new byte[][] { group, data(first) }, 0, peer(first));
			}
			default -> {
			}
		}
		if (!first.hasMore()) {
			return (spoilt || this.traits.routes()) ? null
					: ZmqMessage.ofRaw(new byte[][] { data(first) }, 0, peer(first));
		}
		byte[][] frames = new byte[INITIAL_FRAMES][];
		int count = 0;
		frames[count++] = data(first);
		Msg last = first;
		while (last.hasMore()) {
			Msg frame = readFrame();
			if (frame == null) {
				return null;
			}
			last = frame;
			spoilt |= isSpoilt(frame);
			if (count == frames.length) {
				frames = Arrays.copyOf(frames, count * 2);
			}
			frames[count++] = data(frame);
		}
		if (spoilt) {
			return null;
		}
		byte[][] all = (count != frames.length) ? Arrays.copyOf(frames, count) : frames;
		// the first frame may be the routing id, which did not come over the wire
		Metadata connection = last.getMetadata();
		int pathLength = ReturnPath.length(this.definition, all, () -> isRequester(connection));
		if (pathLength == 0 && this.definition.type() == SocketType.REP) {
			return null;
		}
		if (pathLength == 0 && this.paths != null) {
			pathLength = this.paths.length(all);
		}
		this.connection = connection;
		ZmqMessage message = ZmqMessage.ofRaw(all, pathLength, peer(last));
		return (this.envelope) ? withHeaders(message) : message;
	}

	private static boolean isRequester(@Nullable Metadata connection) {
		return connection != null && SocketType.REQ.name().equals(connection.get(SOCKET_TYPE));
	}

	/** The map's own view of itself: nothing is copied for a message. */
	private static @Nullable Set<Map.Entry<String, String>> peer(Msg frame) {
		Metadata connection = frame.getMetadata();
		if (connection == null) {
			return null;
		}
		return (connection instanceof KnownMetadata) ? connection.entrySet() : withoutClaims(connection);
	}

	/**
	 * Trust user id and address only over our own engine: JeroMQ's take the peer's word.
	 */
	private static Set<Map.Entry<String, String>> withoutClaims(Metadata connection) {
		return connection.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().equals(Metadata.USER_ID)
					&& !entry.getKey().equals(Metadata.PEER_ADDRESS))
			.collect(Collectors.toUnmodifiableSet());
	}

	/** Behind the topic, if there is one, and never alone. */
	private ZmqMessage withHeaders(ZmqMessage message) {
		int index = (this.traits.hasTopics()) ? 1 : 0;
		return (message.size() > 1 && HeaderFrame.is(message.frame(index)))
				? message.withHeaderFrame(index, HeaderFrame::decode) : message;
	}

	private byte[] data(Msg frame) {
		byte[] data = frame.data();
		return (this.sharesArrays) ? data.clone() : data;
	}

	private static boolean isSpoilt(Msg frame) {
		return frame instanceof FrameGuard.Spoilt guarded && guarded.isSpoilt();
	}

	/**
	 * The last frame of a message of several looks like a message of one. All frames of a
	 * connection carry the same metadata object.
	 */
	private boolean isLastOfSeveral(Msg frame) {
		Metadata connection = frame.getMetadata();
		if (!(frame instanceof FrameGuard.SingleFrame guarded) || connection == null) {
			return false;
		}
		boolean inside = !this.midMessage.isEmpty() && this.midMessage.removeIf((other) -> other == connection);
		if (guarded.isSpoilt()) {
			if (this.midMessage.size() == MOST_MID_MESSAGE) {
				// connections that ended there
				this.midMessage.removeFirst();
			}
			this.midMessage.addLast(connection);
		}
		return inside;
	}

	private @Nullable Msg readFrame() {
		while (true) {
			Msg frame = this.socket.recv(ZMQ.ZMQ_DONTWAIT);
			if (frame != null) {
				return frame;
			}
			int error = this.socket.errno();
			switch (error) {
				case ZError.EINTR -> this.interrupts.noticed();
				case ZError.EAGAIN, ZError.ETERM -> {
					return null;
				}
				default -> throw new ZmqException(this.definition.name(),
						"Socket '%s' could not be read: %s".formatted(this.definition.name(), ZError.toString(error)),
						null);
			}
		}
	}

}
