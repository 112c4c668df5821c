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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.zmqspring.security.ZmqAuthenticationRequest;
import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.io.SessionBase;
import zmq.io.mechanism.Mechanisms;
import zmq.io.net.Address;

/**
 * NULL (RFC 37): both peers say what they are. Whether the peer may connect is still
 * asked, for the lists of addresses.
 */
final class NullMechanism extends HandshakeMechanism {

	private boolean sent;

	private boolean received;

	private boolean decided;

	private @Nullable String refusalStatus;

	NullMechanism(MechanismSettings settings, SessionBase session, Address peer, Options options) {
		super(settings, session, peer, options);
		ask(ZmqAuthenticationRequest.ofNull(socketName(), domain(), peerAddress(), new byte[0]));
		proceedIfDecided();
	}

	@Override
	void receive(byte[] command) throws HandshakeFailure {
		if (this.received) {
			throw malformed();
		}
		if (CurveHandshake.isCommand(command, "ERROR")) {
			int size = (command.length > 6) ? command[6] & 0xff : -1;
			refused((size == 3 && command.length == 10) ? new String(command, 7, 3, StandardCharsets.US_ASCII) : "");
			return;
		}
		byte[] name = CurveHandshake.command("READY");
		if (command.length < name.length || !Arrays.equals(command, 0, name.length, name, 0, name.length)) {
			throw malformed();
		}
		acceptMetadata(Arrays.copyOfRange(command, name.length, command.length));
		this.received = true;
		beReadyIfSo();
	}

	private void beReadyIfSo() {
		if (this.sent && this.received) {
			ready();
		}
	}

	@Override
	byte @Nullable [] send() {
		String status = this.refusalStatus;
		if (status != null) {
			this.refusalStatus = null;
			return CurveHandshake.command("ERROR", new byte[] { 3 }, CurveHandshake.ascii(status));
		}
		if (!this.decided || this.sent) {
			return null;
		}
		this.sent = true;
		beReadyIfSo();
		return CurveHandshake.command("READY", ownMetadata());
	}

	@Override
	void allowed() {
		this.decided = true;
	}

	@Override
	boolean tellRefusal(String status) {
		this.refusalStatus = status;
		return true;
	}

	@Override
	boolean hasCredentials() {
		return false;
	}

	@Override
	void writeCredentials() {
	}

	@Override
	Mechanisms mechanism() {
		return Mechanisms.NULL;
	}

}
