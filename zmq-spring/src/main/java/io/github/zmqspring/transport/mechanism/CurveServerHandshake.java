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

import java.util.List;

import io.github.zmqspring.transport.engine.ConnectionEnd;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a CURVE handshake (RFC 26). It may know several secret keys, so
 * that keys can be turned over while clients still use the old one.
 */
final class CurveServerHandshake extends CurveHandshake {

	private static final int MOST_METADATA = 4096;

	private final List<byte[]> secretKeys;

	private final byte[] ourMetadata;

	private final byte[] cookieKey = Nacl.random(Nacl.KEY);

	private byte @Nullable [] secretKey;

	private byte @Nullable [] clientShortKey;

	private byte @Nullable [] clientKey;

	private byte @Nullable [] metadata;

	private boolean helloSeen;

	private @Nullable String refusal;

	CurveServerHandshake(List<byte[]> secretKeys, byte[] ourMetadata) {
		super(State.EXPECT);
		this.secretKeys = secretKeys;
		this.ourMetadata = ourMetadata;
	}

	@Override
	void receive(byte[] command) throws HandshakeFailure {
		if (this.helloSeen) {
			receiveInitiate(command);
		}
		else {
			receiveHello(command);
		}
	}

	private void receiveHello(byte[] command) throws HandshakeFailure {
		require(command, "HELLO", 200, 200);
		if (command[6] != 1 || command[7] != 0) {
			throw new HandshakeFailure("it speaks CURVE %d.%d".formatted(command[6], command[7]));
		}
		byte[] client = part(command, 80, Nacl.KEY);
		byte[] nonce = longNonce("CurveZMQHELLO---", command, 112);
		for (byte[] candidate : this.secretKeys) {
			byte[] key = agreed(client, candidate);
			byte[] signature = Nacl.open(command, 120, 80, nonce, key);
			if (signature != null) {
				if (!Nacl.same(signature, new byte[64])) {
					throw new HandshakeFailure("its HELLO is signed wrongly");
				}
				this.secretKey = candidate;
				this.clientShortKey = client;
				accept(java.nio.ByteBuffer.wrap(command, 112, Long.BYTES).getLong(), "HELLO");
				this.helloSeen = true;
				next(State.SEND);
				return;
			}
		}
		throw new HandshakeFailure(ConnectionEnd.Reason.AUTHENTICATION, "it expects another server key");
	}

	@Override
	byte[] send() {
		return (this.metadata == null && this.refusal == null) ? welcome()
				: (this.refusal != null) ? error(this.refusal) : ready();
	}

	private byte[] welcome() {
		byte[] random = Nacl.random(16);
		byte[] cookie = Nacl.box(concat(clientShortKey(), this.shortSecretKey), longNonce("COOKIE--", random, 0),
				this.cookieKey);
		byte[] welcomeRandom = Nacl.random(16);
		byte[] key = Nacl.sharedKey(clientShortKey(), secretKey());
		byte[] box = Nacl.box(concat(this.shortPublicKey, random, cookie), longNonce("WELCOME-", welcomeRandom, 0),
				notNull(key));
		next(State.EXPECT);
		return command("WELCOME", welcomeRandom, box);
	}

	private void receiveInitiate(byte[] command) throws HandshakeFailure {
		require(command, "INITIATE", 257, 257 + MOST_METADATA);
		byte[] cookie = Nacl.open(command, 25, 80, longNonce("COOKIE--", command, 9), this.cookieKey);
		if (cookie == null || !Nacl.same(cookie, concat(clientShortKey(), this.shortSecretKey))) {
			throw new HandshakeFailure("its cookie is not ours");
		}
		byte[] shared = agreed(clientShortKey(), this.shortSecretKey);
		accept(java.nio.ByteBuffer.wrap(command, 105, Long.BYTES).getLong(), "INITIATE");
		byte[] text = Nacl.open(command, 113, command.length - 113, longNonce("CurveZMQINITIATE", command, 105),
				shared);
		if (text == null) {
			throw new HandshakeFailure("its INITIATE cannot be decrypted");
		}
		byte[] client = part(text, 0, Nacl.KEY);
		byte[] vouch = Nacl.open(text, 48, 80, longNonce("VOUCH---", text, Nacl.KEY),
				agreed(client, this.shortSecretKey));
		if (vouch == null || !Nacl.same(vouch, concat(clientShortKey(), Nacl.publicKey(secretKey())))) {
			throw new HandshakeFailure(ConnectionEnd.Reason.AUTHENTICATION, "it does not own the key that it shows");
		}
		this.shortSharedKey = shared;
		this.clientKey = client;
		this.metadata = part(text, 128, text.length - 128);
		next(State.DECIDE);
	}

	/** The client's key, which the decision is about. */
	byte[] clientKey() {
		return notNull(this.clientKey);
	}

	void allow() {
		next(State.SEND);
	}

	/**
	 * Refuse the client.
	 * @param status three digits that it is told
	 */
	void refuse(String status) {
		this.refusal = status;
		next(State.SEND);
	}

	private byte[] ready() {
		byte[] number = counted(this.nonce++);
		byte[] box = Nacl.box(this.ourMetadata, longNonce("CurveZMQREADY---", number, 0), notNull(this.shortSharedKey));
		next(State.READY);
		return command("READY", number, box);
	}

	private byte[] error(String status) {
		next(State.REFUSED);
		return command("ERROR", new byte[] { (byte) status.length() }, ascii(status));
	}

	@Override
	byte[] metadata() {
		return notNull(this.metadata);
	}

	@Override
	String messagePrefix() {
		return "CurveZMQMESSAGES";
	}

	private byte[] secretKey() {
		return notNull(this.secretKey);
	}

	private byte[] clientShortKey() {
		return notNull(this.clientShortKey);
	}

	private static byte[] notNull(byte @Nullable [] bytes) {
		if (bytes == null) {
			throw new IllegalStateException("Not that far yet");
		}
		return bytes;
	}

}
