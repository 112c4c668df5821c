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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import zmq.Options;

/**
 * Both greetings of a connection, which tell the peers' version of ZMTP. Ours goes out in
 * stages, since what a peer of ZMTP 1 or 2 expects depends on what it said.
 *
 * @since 0.1.0
 */
public final class Greeting {

	private static final int SIGNATURE_SIZE = 10;

	private static final int OLD_SIZE = 12;

	private static final int SIZE = 64;

	private static final int MECHANISM_AT = 12;

	private static final int MECHANISM_SIZE = 20;

	private static final int MINOR_AT = 11;

	private static final int MAJOR = 3;

	/** ZMTP 3.1, unlike JeroMQ: peers ping only those that announce it. */
	private static final int MINOR = 1;

	private static final int FIRST = 0xff;

	private static final int LAST = 0x7f;

	private final ByteBuffer received = ByteBuffer.allocate(SIZE);

	private final ByteBuffer sent;

	private final Options options;

	private int size = OLD_SIZE;

	private @Nullable Version version;

	public Greeting(Options options) {
		this.options = options;
		this.sent = ByteBuffer.allocate(SIZE + options.identitySize);
		// looks like the header of ZMTP 1's identity
		this.sent.put((byte) FIRST).putLong(options.identitySize + 1L).put((byte) LAST).flip();
	}

	/**
	 * Take what belongs to the peer's greeting.
	 * @return its version once that is known and the greeting complete
	 */
	public @Nullable Version read(ByteBuffer data) {
		while (this.version == null && data.hasRemaining()) {
			this.received.put(data.get());
			step(this.received.position());
		}
		return this.version;
	}

	private void step(int count) {
		if ((this.received.get(0) & FIRST) != FIRST
				|| (count == SIGNATURE_SIZE && (this.received.get(SIGNATURE_SIZE - 1) & 1) == 0)) {
			this.version = Version.UNVERSIONED;
			// the body of the identity whose header was sent
			stage(Arrays.copyOf(identity(), this.options.identitySize));
		}
		else if (count == SIGNATURE_SIZE) {
			stage((byte) MAJOR);
		}
		else if (count == SIGNATURE_SIZE + 1) {
			if (revision() <= 1) {
				stage((byte) this.options.type);
			}
			else {
				this.size = SIZE;
				byte[] rest = new byte[SIZE - MINOR_AT];
				rest[0] = MINOR;
				byte[] name = this.options.mechanism.name().getBytes(StandardCharsets.US_ASCII);
				System.arraycopy(name, 0, rest, MECHANISM_AT - MINOR_AT, name.length);
				stage(rest);
			}
		}
		else if (count == this.size) {
			this.version = (this.size == SIZE) ? Version.ZMTP_3 : (revision() == 0) ? Version.ZMTP_1 : Version.ZMTP_2;
		}
	}

	private byte[] identity() {
		return (this.options.identity != null) ? this.options.identity : new byte[0];
	}

	private int revision() {
		return this.received.get(SIGNATURE_SIZE) & 0xff;
	}

	private void stage(byte... bytes) {
		int end = this.sent.limit();
		this.sent.limit(end + bytes.length);
		for (int i = 0; i < bytes.length; i++) {
			this.sent.put(end + i, bytes[i]);
		}
	}

	public boolean hasMore() {
		return this.sent.hasRemaining();
	}

	/** Move as much of our greeting as may be sent by now, and fits. */
	public void write(ByteBuffer to) {
		while (this.sent.hasRemaining() && to.hasRemaining()) {
			to.put(this.sent.get());
		}
	}

	/** What came instead of a greeting, from a peer of ZMTP 1. */
	public ByteBuffer notGreeting() {
		return this.received.duplicate().flip();
	}

	public boolean isUnversioned() {
		return this.version == Version.UNVERSIONED;
	}

	/** The minor version of a peer of ZMTP 3. */
	public int minor() {
		return this.received.get(MINOR_AT) & 0xff;
	}

	/** Whether the peer has the mechanism of our options. */
	public boolean isSameMechanism() {
		ByteBuffer name = this.received.duplicate().position(MECHANISM_AT).limit(MECHANISM_AT + MECHANISM_SIZE);
		return this.options.mechanism.isMechanism(name);
	}

	/** The mechanism that the peer named, for a log. */
	public String mechanism() {
		StringBuilder name = new StringBuilder();
		for (int i = MECHANISM_AT; i < MECHANISM_AT + MECHANISM_SIZE && this.received.get(i) != 0; i++) {
			char letter = (char) (this.received.get(i) & 0xff);
			name.append((letter >= 'A' && letter <= 'Z') ? letter : '?');
		}
		return name.toString();
	}

	/**
	 * What a peer speaks.
	 */
	public enum Version {

		/** ZMTP 1, as ZeroMQ 2 had it, with no greeting. */
		UNVERSIONED,

		/** A greeting, then the frames of ZMTP 1. */
		ZMTP_1,

		/** A greeting with a socket type, then the frames of ZMTP 2. */
		ZMTP_2,

		/** ZMTP 3.0 or later. */
		ZMTP_3

	}

}
