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

import io.github.zmqspring.security.ZmqKeyPair;
import zmq.Msg;

/**
 * Either side of CURVE, for a peer of a test that chooses each of its bytes.
 */
public final class CurveVisit {

	private final CurveHandshake handshake;

	private CurveCipher cipher;

	public CurveVisit(ZmqKeyPair client, ZmqKeyPair server, byte[] metadata) {
		this.handshake = new CurveClientHandshake(client.publicKeyBytes(), client.secretKeyBytes(),
				server.publicKeyBytes(), metadata);
	}

	private CurveVisit(CurveHandshake handshake) {
		this.handshake = handshake;
	}

	/** The server, which lets every client in. */
	public static CurveVisit ofServer(ZmqKeyPair server, byte[] metadata) {
		return new CurveVisit(new CurveServerHandshake(List.of(server.secretKeyBytes()), metadata));
	}

	/** The body of the next command: HELLO, then INITIATE, or WELCOME, then READY. */
	public byte[] send() {
		byte[] command = this.handshake.send();
		beReadyIfSo();
		return command;
	}

	/** Take what the other side says in its handshake. */
	public void receive(byte[] command) {
		try {
			this.handshake.receive(command);
		}
		catch (HandshakeFailure ex) {
			throw new IllegalStateException(ex.getMessage());
		}
		if (this.handshake.state() == CurveHandshake.State.DECIDE) {
			((CurveServerHandshake) this.handshake).allow();
		}
		beReadyIfSo();
	}

	private void beReadyIfSo() {
		if (this.handshake.state() == CurveHandshake.State.READY) {
			this.cipher = this.handshake.cipher();
		}
	}

	/** Seal what would be a frame without CURVE. */
	public byte[] seal(boolean more, boolean command, byte[] body) {
		Msg message = new Msg(body);
		message.setFlags(((more) ? Msg.MORE : 0) | ((command) ? Msg.COMMAND : 0));
		return this.cipher.encrypt(message).data();
	}

	/** Open a frame of the server: its flags of ZMTP, then its body. */
	public byte[] open(byte[] sealed) {
		Msg message = this.cipher.decrypt(new Msg(sealed));
		byte[] opened = new byte[1 + message.size()];
		opened[0] = (byte) (((message.hasMore()) ? 1 : 0) | ((message.isCommand()) ? 4 : 0));
		message.getBytes(0, opened, 1, message.size());
		return opened;
	}

}
