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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.zmqspring.transport.engine.ConnectionEnd;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a CURVE handshake (RFC 26).
 */
final class CurveClientHandshake extends CurveHandshake {

	private static final int MOST_METADATA = 4096;

	private final byte[] publicKey;

	private final byte[] secretKey;

	private final byte[] serverKey;

	private final byte[] ourMetadata;

	private byte @Nullable [] serverShortKey;

	private byte @Nullable [] cookie;

	private byte @Nullable [] metadata;

	private @Nullable String refusal;

	CurveClientHandshake(byte[] publicKey, byte[] secretKey, byte[] serverKey, byte[] ourMetadata) {
		super(State.SEND);
		this.publicKey = publicKey;
		this.secretKey = secretKey;
		this.serverKey = serverKey;
		this.ourMetadata = ourMetadata;
	}

	@Override
	byte[] send() {
		return (this.cookie == null) ? hello() : initiate(this.cookie);
	}

	private byte[] hello() {
		byte[] number = counted(this.nonce++);
		byte[] box = Nacl.box(new byte[64], longNonce("CurveZMQHELLO---", number, 0),
				sharedKey(this.serverKey, this.shortSecretKey));
		next(State.EXPECT);
		// the zeros make HELLO longer than its answer, so that a forged one gains nothing
		return command("HELLO", new byte[] { 1, 0 }, new byte[72], this.shortPublicKey, number, box);
	}

	@Override
	void receive(byte[] command) throws HandshakeFailure {
		if (isCommand(command, "ERROR")) {
			receiveError(command);
		}
		else if (this.cookie == null) {
			receiveWelcome(command);
		}
		else {
			receiveReady(command);
		}
	}

	private void receiveWelcome(byte[] command) throws HandshakeFailure {
		require(command, "WELCOME", 168, 168);
		byte[] text = Nacl.open(command, 24, 144, longNonce("WELCOME-", command, 8),
				agreed(this.serverKey, this.shortSecretKey));
		if (text == null) {
			throw new HandshakeFailure(ConnectionEnd.Reason.AUTHENTICATION,
					"it does not own the server key that is configured");
		}
		byte[] server = part(text, 0, Nacl.KEY);
		this.serverShortKey = server;
		this.cookie = part(text, Nacl.KEY, COOKIE);
		this.shortSharedKey = agreed(server, this.shortSecretKey);
		next(State.SEND);
	}

	private byte[] initiate(byte[] proof) {
		byte[] server = this.serverShortKey;
		byte[] shared = this.shortSharedKey;
		if (server == null || shared == null) {
			throw new IllegalStateException("No WELCOME yet");
		}
		byte[] random = Nacl.random(16);
		byte[] vouch = Nacl.box(concat(this.shortPublicKey, this.serverKey), longNonce("VOUCH---", random, 0),
				sharedKey(server, this.secretKey));
		byte[] number = counted(this.nonce++);
		byte[] box = Nacl.box(concat(this.publicKey, random, vouch, this.ourMetadata),
				longNonce("CurveZMQINITIATE", number, 0), shared);
		next(State.EXPECT);
		return command("INITIATE", proof, number, box);
	}

	private void receiveReady(byte[] command) throws HandshakeFailure {
		require(command, "READY", 30, 30 + MOST_METADATA);
		byte[] shared = this.shortSharedKey;
		byte[] text = (shared != null)
				? Nacl.open(command, 14, command.length - 14, longNonce("CurveZMQREADY---", command, 6), shared) : null;
		if (text == null) {
			throw new HandshakeFailure("its READY cannot be decrypted");
		}
		accept(ByteBuffer.wrap(command, 6, Long.BYTES).getLong(), "READY");
		this.metadata = text;
		next(State.READY);
	}

	private void receiveError(byte[] command) throws HandshakeFailure {
		int size = (command.length > 6) ? command[6] & 0xff : -1;
		if (size < 0 || size > command.length - 7) {
			throw new HandshakeFailure("its ERROR is malformed");
		}
		this.refusal = new String(command, 7, size, StandardCharsets.US_ASCII);
		next(State.REFUSED);
	}

	/** What the server said when it refused. */
	@Nullable String refusal() {
		return this.refusal;
	}

	private static byte[] sharedKey(byte[] publicKey, byte[] secretKey) {
		byte[] key = Nacl.sharedKey(publicKey, secretKey);
		if (key == null) {
			throw new IllegalStateException("The server's key is no key of CURVE");
		}
		return key;
	}

	@Override
	byte[] metadata() {
		byte[] properties = this.metadata;
		if (properties == null) {
			throw new IllegalStateException("Not ready");
		}
		return properties;
	}

	@Override
	String messagePrefix() {
		return "CurveZMQMESSAGEC";
	}

}
