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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.transport.RawPeer;
import org.jspecify.annotations.Nullable;
import zmq.Msg;

/**
 * A client of CURVE by hand, which may break each of its rules.
 */
final class RawCurvePeer implements AutoCloseable {

	private final RawPeer peer;

	private final CurveClientHandshake handshake;

	private @Nullable CurveCipher cipher;

	RawCurvePeer(String endpoint, ZmqKeyPair server, ZmqKeyPair client, byte[] metadata) throws IOException {
		this.peer = RawPeer.connect(endpoint);
		this.handshake = new CurveClientHandshake(client.publicKeyBytes(), client.secretKeyBytes(),
				server.publicKeyBytes(), metadata);
	}

	/** Properties, alternating names and values. */
	static byte[] metadata(String... namesAndValues) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			byte[] value = namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8);
			all.write(namesAndValues[i].length());
			all.writeBytes(namesAndValues[i].getBytes(StandardCharsets.UTF_8));
			all.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
			all.writeBytes(value);
		}
		return all.toByteArray();
	}

	/** Go as far as the HELLO. */
	RawPeer hello(UnaryOperator<byte[]> change) throws IOException {
		this.peer.greet("CURVE");
		this.peer.frame(RawPeer.COMMAND, change.apply(this.handshake.send()));
		return this.peer;
	}

	/** Go as far as the INITIATE. */
	RawPeer initiate(UnaryOperator<byte[]> change) throws Exception {
		hello(UnaryOperator.identity());
		this.handshake.receive(this.peer.readFrame());
		this.peer.frame(RawPeer.COMMAND, change.apply(this.handshake.send()));
		return this.peer;
	}

	/** Go all the way. */
	RawCurvePeer connect() throws Exception {
		initiate(UnaryOperator.identity());
		this.handshake.receive(this.peer.readFrame());
		this.cipher = this.handshake.cipher();
		return this;
	}

	void send(String text, int flags) throws IOException {
		Msg message = new Msg(text.getBytes(StandardCharsets.UTF_8));
		message.setFlags(flags);
		send(message);
	}

	void send(Msg message) throws IOException {
		if (this.cipher == null) {
			throw new IllegalStateException("Not connected");
		}
		this.peer.frame(0, this.cipher.encrypt(message).data());
	}

	RawPeer raw() {
		return this.peer;
	}

	@Override
	public void close() throws IOException {
		this.peer.close();
	}

}
