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

import java.util.Objects;

import io.github.zmqspring.security.ZmqAuthenticationRequest;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Options;
import zmq.io.SessionBase;
import zmq.io.mechanism.Mechanisms;
import zmq.io.net.Address;

/**
 * CURVE (RFC 26), both sides.
 */
final class CurveMechanism extends HandshakeMechanism {

	private final CurveHandshake handshake;

	private @Nullable CurveCipher cipher;

	CurveMechanism(MechanismSettings settings, SessionBase session, Address peer, Options options) {
		super(settings, session, peer, options);
		if (settings.server()) {
			this.handshake = new CurveServerHandshake(Objects.requireNonNull(settings.serverKeys()).get(),
					ownMetadata());
		}
		else {
			byte[][] keys = Objects.requireNonNull(settings.clientKeys()).get();
			this.handshake = new CurveClientHandshake(keys[0], keys[1],
					Objects.requireNonNull(settings.serverKey()).get(), ownMetadata());
		}
	}

	@Override
	void receive(byte[] command) throws HandshakeFailure {
		if (this.handshake.state() != CurveHandshake.State.EXPECT) {
			throw malformed();
		}
		this.handshake.receive(command);
		switch (this.handshake.state()) {
			case DECIDE -> {
				acceptMetadata(this.handshake.metadata());
				ask(ZmqAuthenticationRequest.ofCurve(socketName(), domain(), peerAddress(), clientKey()));
				proceedIfDecided();
			}
			case READY -> {
				acceptMetadata(this.handshake.metadata());
				beReady();
			}
			case REFUSED -> refused(String.valueOf(((CurveClientHandshake) this.handshake).refusal()));
			default -> {
			}
		}
	}

	private byte[] clientKey() {
		return ((CurveServerHandshake) this.handshake).clientKey();
	}

	@Override
	byte @Nullable [] send() {
		if (this.handshake.state() != CurveHandshake.State.SEND) {
			return null;
		}
		byte[] command = this.handshake.send();
		if (this.handshake.state() == CurveHandshake.State.READY) {
			beReady();
		}
		return command;
	}

	private void beReady() {
		this.cipher = this.handshake.cipher();
		ready();
	}

	@Override
	void allowed() {
		((CurveServerHandshake) this.handshake).allow();
	}

	@Override
	boolean tellRefusal(String status) {
		((CurveServerHandshake) this.handshake).refuse(status);
		return true;
	}

	@Override
	boolean hasCredentials() {
		return true;
	}

	@Override
	void writeCredentials() {
		writeZap(clientKey(), false);
	}

	@Override
	Mechanisms mechanism() {
		return Mechanisms.CURVE;
	}

	@Override
	public Msg encode(Msg message) {
		return Objects.requireNonNull(this.cipher).encrypt(message);
	}

	@Override
	public @Nullable Msg decode(Msg frame) {
		return Objects.requireNonNull(this.cipher).decrypt(frame);
	}

}
