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

package io.github.zmqspring.transport.mechanism;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What both sides of a CURVE handshake (RFC 26) have in common: commands in and out as
 * bytes, one short-term key pair a connection, and at the end one sealed direction each
 * way.
 */
abstract class CurveHandshake {

	static final int COOKIE = 96;

	/** One step of it. */
	enum State {

		SEND, EXPECT, DECIDE, READY, REFUSED

	}

	private State state;

	final byte[] shortSecretKey = Nacl.random(Nacl.KEY);

	final byte[] shortPublicKey = Nacl.publicKey(this.shortSecretKey);

	long nonce = 1;

	long peerNonce;

	/** Of the short-term keys of both sides, once both are known. */
	byte @Nullable [] shortSharedKey;

	CurveHandshake(State first) {
		this.state = first;
	}

	final State state() {
		return this.state;
	}

	final void next(State next) {
		this.state = next;
	}

	/**
	 * Take a command of the peer.
	 * @throws HandshakeFailure if the connection must end
	 */
	abstract void receive(byte[] command) throws HandshakeFailure;

	/** Make the next command. Called in state SEND only. */
	abstract byte[] send();

	/** The properties that the peer has sent, once ready. */
	abstract byte[] metadata();

	/** The two directions of the connection, once ready. */
	final CurveCipher cipher() {
		byte[] key = this.shortSharedKey;
		if (key == null) {
			throw new IllegalStateException("Not ready");
		}
		String ours = messagePrefix();
		String theirs = ours.endsWith("S") ? "CurveZMQMESSAGEC" : "CurveZMQMESSAGES";
		return new CurveCipher(Nacl.subkey(key, ascii(ours), 0), Nacl.subkey(key, ascii(theirs), 0), this.nonce,
				this.peerNonce);
	}

	abstract String messagePrefix();

	/** Each command of a connection has a greater number than the one before it. */
	final void accept(long nonceOfPeer, String command) throws HandshakeFailure {
		if (Long.compareUnsigned(nonceOfPeer, this.peerNonce) <= 0) {
			throw new HandshakeFailure(command + " repeats a nonce");
		}
		this.peerNonce = nonceOfPeer;
	}

	static byte[] agreed(byte[] publicKey, byte[] secretKey) throws HandshakeFailure {
		byte[] key = Nacl.sharedKey(publicKey, secretKey);
		if (key == null) {
			throw new HandshakeFailure("its key is no key of CURVE");
		}
		return key;
	}

	static boolean isCommand(byte[] command, String name) {
		byte[] expected = ascii(name);
		return command.length > expected.length && command[0] == expected.length
				&& Arrays.equals(command, 1, 1 + expected.length, expected, 0, expected.length);
	}

	static void require(byte[] command, String name, int least, int most) throws HandshakeFailure {
		if (!isCommand(command, name)) {
			throw new HandshakeFailure("it sent another command where %s is due".formatted(name));
		}
		if (command.length < least || command.length > most) {
			throw new HandshakeFailure("its %s has %d bytes".formatted(name, command.length));
		}
	}

	static byte[] longNonce(String prefix, byte[] from, int offset) {
		byte[] nonce = Arrays.copyOf(ascii(prefix), Nacl.NONCE);
		int size = Nacl.NONCE - prefix.length();
		System.arraycopy(from, offset, nonce, prefix.length(), size);
		return nonce;
	}

	static byte[] counted(long number) {
		return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
	}

	static byte[] part(byte[] from, int offset, int size) {
		return Arrays.copyOfRange(from, offset, offset + size);
	}

	static byte[] command(String name, byte[]... parts) {
		ByteArrayOutputStream command = new ByteArrayOutputStream();
		command.write(name.length());
		command.writeBytes(ascii(name));
		for (byte[] part : parts) {
			command.writeBytes(part);
		}
		return command.toByteArray();
	}

	static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
