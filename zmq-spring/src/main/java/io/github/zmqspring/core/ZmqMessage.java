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

package io.github.zmqspring.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZMsg;

/**
 * A ZeroMQ message: one or more frames. On a message received from a ROUTER, REP, SERVER,
 * PEER or STREAM socket the return path is kept apart from the frames and goes back with
 * the reply. A header frame, where the socket has {@code envelope: headers}, is kept
 * apart as well.
 * <p>
 * The message does not copy: changing an array that it was made of, or that it returned,
 * changes the message.
 *
 * @since 0.1.0
 */
public final class ZmqMessage {

	private static final byte[][] NO_PATH = {};

	private static final Function<byte[], Map<String, String>> NO_HEADERS = (frame) -> Map.of();

	private final byte[][] frames;

	private final int pathLength;

	/**
	 * Where the header frame is among all frames, behind the last one if there is none.
	 */
	private final int headerFrame;

	private final Function<byte[], Map<String, String>> headerReader;

	private volatile @Nullable Map<String, String> headers;

	/** What all messages of one connection share. */
	private final @Nullable Set<Map.Entry<String, String>> peer;

	/** No long: it fits where the JVM would leave a hole. */
	private final int missed;

	private ZmqMessage(byte[][] frames, int pathLength, int headerFrame, @Nullable Set<Map.Entry<String, String>> peer,
			Function<byte[], Map<String, String>> headerReader, int missed) {
		this.frames = frames;
		this.pathLength = pathLength;
		this.headerFrame = headerFrame;
		this.peer = peer;
		this.headerReader = headerReader;
		this.missed = missed;
	}

	/**
	 * Return a message of these frames.
	 * @param frames each a {@code byte[]}, {@code String} (UTF-8), {@link ByteBuffer}
	 * (what remains of it, copied), {@link Integer} or {@link Long} (as text)
	 * @return the message
	 * @throws IllegalArgumentException for a frame of another type, or none at all
	 */
	public static ZmqMessage of(Object... frames) {
		byte[][] all = new byte[frames.length][];
		for (int i = 0; i < frames.length; i++) {
			all[i] = toBytes(frames[i], i);
		}
		return ofRaw(all, 0);
	}

	/**
	 * Return a message of these frames.
	 * @param frames the frames, not copied
	 * @return the message
	 */
	public static ZmqMessage of(Collection<byte[]> frames) {
		return ofRaw(frames.toArray(NO_PATH), 0);
	}

	/**
	 * Return a message whose first frames are a return path.
	 * @param frames return path and body, not copied
	 * @param pathLength how many frames are the return path, its delimiter included
	 * @return the message
	 */
	public static ZmqMessage ofRaw(byte[][] frames, int pathLength) {
		return ofRaw(frames, pathLength, null);
	}

	/**
	 * Return a message that came over a connection.
	 * @param frames return path and body, not copied
	 * @param pathLength how many frames are the return path, its delimiter included
	 * @param peer what is known of the peer, not copied; {@code null} for inproc
	 * @return the message
	 */
	public static ZmqMessage ofRaw(byte[][] frames, int pathLength, @Nullable Set<Map.Entry<String, String>> peer) {
		if (frames.length == 0 || pathLength > frames.length) {
			throw new IllegalArgumentException("A ZeroMQ message has at least one frame");
		}
		return new ZmqMessage(frames, pathLength, frames.length, peer, NO_HEADERS, 0);
	}

	/**
	 * Return this message with the knowledge that one of its frames is a header frame.
	 * @param index the index, without the return path
	 * @param reader reads the headers when they are first wanted
	 * @return a new message, which has one frame less
	 */
	public ZmqMessage withHeaderFrame(int index, Function<byte[], Map<String, String>> reader) {
		if (hasHeaders() || index < 0 || index >= size() || size() == 1) {
			throw new IllegalArgumentException("Frame %d of %s is no header frame".formatted(index, this));
		}
		return new ZmqMessage(this.frames, this.pathLength, this.pathLength + index, this.peer, reader, this.missed);
	}

	/**
	 * Return this message with another return path.
	 * @param pathLength how many of all its frames are the return path
	 * @return a new message of the same frames
	 */
	public ZmqMessage withReturnPath(int pathLength) {
		return ofRaw(this.frames, pathLength, this.peer);
	}

	/**
	 * Return this message without its first frames, and without a return path.
	 * @param count how many of all its frames to leave out
	 * @return a new message of the other frames
	 */
	public ZmqMessage withoutFirst(int count) {
		return ofRaw(Arrays.copyOfRange(this.frames, count, this.frames.length), 0, this.peer);
	}

	/**
	 * Return this message with a frame in front of all others, as its return path.
	 * @param frame the frame, not copied
	 * @return a new message of one frame more
	 */
	public ZmqMessage withFirst(byte[] frame) {
		byte[][] all = new byte[this.frames.length + 1][];
		all[0] = frame;
		System.arraycopy(this.frames, 0, all, 1, this.frames.length);
		return ofRaw(all, 1, this.peer);
	}

	private static byte[] toBytes(Object frame, int index) {
		if (frame instanceof byte[] bytes) {
			return bytes;
		}
		if (frame instanceof String || frame instanceof Integer || frame instanceof Long) {
			return frame.toString().getBytes(StandardCharsets.UTF_8);
		}
		if (frame instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			return bytes;
		}
		throw new IllegalArgumentException("Frame %d is a %s: a frame is a byte[], String, ByteBuffer, Integer or Long"
			.formatted(index, (frame != null) ? frame.getClass().getName() : "null"));
	}

	/**
	 * Return this message with other frames in the places of its own.
	 * @param mapping makes a frame of its index, without return path and header frame,
	 * and the frame
	 * @return a new message; this one if no frame was changed
	 */
	public ZmqMessage mapFrames(BiFunction<Integer, byte[], byte[]> mapping) {
		byte[][] mapped = this.frames.clone();
		boolean changed = false;
		for (int i = this.pathLength; i < mapped.length; i++) {
			if (i != this.headerFrame) {
				int index = i - this.pathLength - ((i > this.headerFrame) ? 1 : 0);
				mapped[i] = mapping.apply(index, mapped[i]);
				changed |= mapped[i] != this.frames[i];
			}
		}
		return (changed)
				? new ZmqMessage(mapped, this.pathLength, this.headerFrame, this.peer, this.headerReader, this.missed)
				: this;
	}

	/**
	 * Return other frames with the return path of this message.
	 * @param frames as for {@link #of}
	 * @return a new message
	 * @throws IllegalArgumentException as for {@link #of}
	 */
	public ZmqMessage withFrames(Object... frames) {
		byte[][] all = new byte[this.pathLength + frames.length][];
		System.arraycopy(this.frames, 0, all, 0, this.pathLength);
		for (int i = 0; i < frames.length; i++) {
			all[this.pathLength + i] = toBytes(frames[i], i);
		}
		return ofRaw(all, this.pathLength, this.peer);
	}

	/**
	 * Return how many frames there are, without return path and header frame.
	 * @return the number of frames
	 */
	public int size() {
		return this.frames.length - this.pathLength - ((hasHeaders()) ? 1 : 0);
	}

	/**
	 * Return whether a header frame came with the message.
	 * @return {@code true} if it did, be it readable or not
	 */
	public boolean hasHeaders() {
		return this.headerFrame != this.frames.length;
	}

	/**
	 * Return the headers as the peer sent them. Those of Spring's messages are the ones
	 * among them whose names the socket allows.
	 * @return names and values, none without a header frame; not to be changed
	 * @throws org.springframework.messaging.converter.MessageConversionException if the
	 * header frame cannot be read
	 */
	public Map<String, String> headers() {
		Map<String, String> read = this.headers;
		if (read == null) {
			read = (hasHeaders()) ? this.headerReader.apply(this.frames[this.headerFrame]) : Map.of();
			this.headers = read;
		}
		return read;
	}

	/**
	 * Return one frame.
	 * @param index the index, without return path and header frame
	 * @return the frame, not copied
	 * @throws IndexOutOfBoundsException if there is no such frame
	 */
	public byte[] frame(int index) {
		if (index < 0 || index >= size()) {
			throw new IndexOutOfBoundsException("Frame " + index + " of a message of " + size());
		}
		int position = this.pathLength + index;
		return this.frames[(position < this.headerFrame) ? position : position + 1];
	}

	/**
	 * Return one frame as UTF-8 text.
	 * @param index the index, without return path and header frame
	 * @return the text
	 * @throws IndexOutOfBoundsException if there is no such frame
	 */
	public String text(int index) {
		return new String(frame(index), StandardCharsets.UTF_8);
	}

	/**
	 * Return all frames without return path and header frame.
	 * @return a new list of the frames, which are not copied
	 */
	public List<byte[]> frames() {
		List<byte[]> frames = new ArrayList<>(Arrays.asList(this.frames).subList(this.pathLength, this.frames.length));
		if (hasHeaders()) {
			frames.remove(this.headerFrame - this.pathLength);
		}
		return frames;
	}

	/**
	 * Return the return path with its delimiter, if there is one.
	 * @return the frames of the path, none for most socket types
	 */
	public byte[][] returnPath() {
		return (this.pathLength != 0) ? Arrays.copyOf(this.frames, this.pathLength) : NO_PATH;
	}

	/**
	 * Return path, header frame and frames as they are on the wire.
	 * @return the array itself
	 */
	public byte[][] raw() {
		return this.frames;
	}

	/**
	 * Return what is known of the peer that a received message came from:
	 * {@code Peer-Address} and {@code User-Id}, which this side knows for itself, and
	 * {@code Socket-Type}, {@code Identity} and whatever else the peer said of itself,
	 * which proves nothing.
	 * @return a new map, empty for messages that came over inproc or were not received
	 */
	public Map<String, String> metadata() {
		Map<String, String> metadata = new LinkedHashMap<>();
		if (this.peer != null) {
			this.peer.forEach((entry) -> metadata.put(entry.getKey(), entry.getValue()));
		}
		return metadata;
	}

	/**
	 * Return the user id of the peer that the message came from, as the authentication on
	 * this side has found it. No peer can set it.
	 * @return the user id, or {@code null} if there was none
	 */
	public @Nullable String userId() {
		return known("User-Id");
	}

	/**
	 * Return the address of the peer that the message came from: of the last broker on
	 * the way. No peer can set it.
	 * @return an IP address and port, or {@code null} over inproc
	 */
	public @Nullable String peerAddress() {
		return known("Peer-Address");
	}

	private @Nullable String known(String name) {
		if (this.peer != null) {
			for (Map.Entry<String, String> entry : this.peer) {
				if (entry.getKey().equals(name)) {
					return (entry.getValue().isEmpty()) ? null : entry.getValue();
				}
			}
		}
		return null;
	}

	/**
	 * Return this message with the knowledge that others in front of it are missing.
	 * @param count how many, 0 or more
	 * @return a new message of the same frames
	 */
	public ZmqMessage withMissed(long count) {
		return new ZmqMessage(this.frames, this.pathLength, this.headerFrame, this.peer, this.headerReader,
				(int) Math.min(count, Integer.MAX_VALUE));
	}

	/**
	 * Return how many messages are missing directly in front of this one, by their
	 * numbers, where the socket has a sequence.
	 * @return the number of messages; {@link Integer#MAX_VALUE} stands for more as well
	 */
	public int missed() {
		return this.missed;
	}

	/**
	 * Return how many bytes all frames have together, return path and header frame
	 * included.
	 * @return the number of bytes
	 */
	public long bytes() {
		long bytes = 0;
		for (byte[] frame : this.frames) {
			bytes += frame.length;
		}
		return bytes;
	}

	/**
	 * Return the frames without return path and header frame as JeroMQ's message.
	 * @return a new message
	 */
	public ZMsg toZMsg() {
		ZMsg message = new ZMsg();
		for (int i = this.pathLength; i < this.frames.length; i++) {
			if (i != this.headerFrame) {
				message.add(this.frames[i]);
			}
		}
		return message;
	}

	@Override
	public String toString() {
		return "ZmqMessage[frames=" + size() + ", bytes=" + bytes() + "]";
	}

}
