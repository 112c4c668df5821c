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
import java.util.Objects;

import io.github.zmqspring.security.ZmqAuthenticationRequest;
import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.io.SessionBase;
import zmq.io.mechanism.Mechanisms;
import zmq.io.net.Address;

/**
 * PLAIN (RFC 24), both sides: a user name and a password in clear text.
 */
final class PlainMechanism extends HandshakeMechanism {

	private static final int LONGEST = 255;

	/** libzmq 4.3 writes "\x05ERROR", in which C takes "05E" for the number. */
	private static final byte[] LIBZMQ_ERROR = CurveHandshake.ascii("^RROR");

	private final boolean server;

	private final byte[] username;

	private final byte[] password;

	private Step step;

	private byte[] askedUsername = {};

	private byte[] askedPassword = {};

	private @Nullable String refusalStatus;

	PlainMechanism(MechanismSettings settings, SessionBase session, Address peer, Options options) {
		super(settings, session, peer, options);
		this.server = settings.server();
		this.step = (this.server) ? Step.EXPECT_HELLO : Step.SEND_HELLO;
		this.username = bytes(settings.username());
		this.password = bytes(settings.password());
	}

	private static byte[] bytes(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
	}

	@Override
	void receive(byte[] command) throws HandshakeFailure {
		switch (this.step) {
			case EXPECT_HELLO -> receiveHello(command);
			case EXPECT_INITIATE -> receiveInitiate(command);
			case EXPECT_WELCOME -> {
				if (!receivedError(command)) {
					if (command.length != 8 || !startsWith(command, "WELCOME")) {
						throw malformed();
					}
					this.step = Step.SEND_INITIATE;
				}
			}
			case EXPECT_READY -> {
				if (!receivedError(command)) {
					acceptMetadata(body(command, "READY"));
					this.step = Step.READY;
					ready();
				}
			}
			default -> throw malformed();
		}
	}

	private void receiveHello(byte[] command) throws HandshakeFailure {
		byte[] body = body(command, "HELLO");
		int nameSize = size(body, 0);
		int passwordAt = 1 + nameSize;
		int passwordSize = size(body, passwordAt);
		if (body.length != passwordAt + 1 + passwordSize) {
			throw malformed();
		}
		this.askedUsername = Arrays.copyOfRange(body, 1, passwordAt);
		this.askedPassword = Arrays.copyOfRange(body, passwordAt + 1, body.length);
		this.step = Step.DECIDE;
		ask(ZmqAuthenticationRequest.ofPlain(socketName(), domain(), peerAddress(), text(this.askedUsername),
				text(this.askedPassword)));
		proceedIfDecided();
	}

	private static int size(byte[] body, int at) throws HandshakeFailure {
		if (at >= body.length || at + 1 + (body[at] & 0xff) > body.length) {
			throw malformed();
		}
		return body[at] & 0xff;
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private void receiveInitiate(byte[] command) throws HandshakeFailure {
		acceptMetadata(body(command, "INITIATE"));
		this.step = Step.SEND_READY;
	}

	private boolean receivedError(byte[] command) throws HandshakeFailure {
		boolean ofLibzmq = command.length >= LIBZMQ_ERROR.length
				&& Arrays.equals(command, 0, LIBZMQ_ERROR.length, LIBZMQ_ERROR, 0, LIBZMQ_ERROR.length);
		if (!ofLibzmq && !startsWith(command, "ERROR")) {
			return false;
		}
		byte[] body = (ofLibzmq) ? Arrays.copyOfRange(command, LIBZMQ_ERROR.length, command.length)
				: body(command, "ERROR");
		int size = size(body, 0);
		this.step = Step.REFUSED;
		refused(new String(body, 1, size, StandardCharsets.US_ASCII));
		return true;
	}

	@Override
	byte @Nullable [] send() {
		return switch (this.step) {
			case SEND_HELLO -> {
				this.step = Step.EXPECT_WELCOME;
				yield CurveHandshake.command("HELLO", shortString(this.username), shortString(this.password));
			}
			case SEND_WELCOME -> {
				this.step = Step.EXPECT_INITIATE;
				yield CurveHandshake.command("WELCOME");
			}
			case SEND_INITIATE -> {
				this.step = Step.EXPECT_READY;
				yield CurveHandshake.command("INITIATE", ownMetadata());
			}
			case SEND_READY -> {
				this.step = Step.READY;
				ready();
				yield CurveHandshake.command("READY", ownMetadata());
			}
			case SEND_ERROR -> {
				this.step = Step.REFUSED;
				yield CurveHandshake.command("ERROR", shortString(bytes(Objects.requireNonNull(this.refusalStatus))));
			}
			default -> null;
		};
	}

	private static byte[] shortString(byte[] bytes) {
		if (bytes.length > LONGEST) {
			throw new IllegalStateException("More than 255 bytes do not fit PLAIN");
		}
		return CurveHandshake.concat(new byte[] { (byte) bytes.length }, bytes);
	}

	private static boolean startsWith(byte[] command, String name) {
		byte[] expected = CurveHandshake.command(name);
		return command.length >= expected.length
				&& Arrays.equals(command, 0, expected.length, expected, 0, expected.length);
	}

	private static byte[] body(byte[] command, String name) throws HandshakeFailure {
		if (!startsWith(command, name)) {
			throw malformed();
		}
		return Arrays.copyOfRange(command, name.length() + 1, command.length);
	}

	@Override
	void allowed() {
		this.askedPassword = new byte[0];
		this.step = Step.SEND_WELCOME;
	}

	@Override
	boolean tellRefusal(String status) {
		this.askedPassword = new byte[0];
		this.refusalStatus = status;
		this.step = Step.SEND_ERROR;
		return true;
	}

	@Override
	boolean hasCredentials() {
		return true;
	}

	@Override
	void writeCredentials() {
		writeZap(this.askedUsername, true);
		writeZap(this.askedPassword, false);
	}

	@Override
	Mechanisms mechanism() {
		return Mechanisms.PLAIN;
	}

	/** What comes next. */
	private enum Step {

		SEND_HELLO, EXPECT_HELLO, DECIDE, SEND_WELCOME, EXPECT_WELCOME, SEND_INITIATE, EXPECT_INITIATE, SEND_READY,
		EXPECT_READY, SEND_ERROR, READY, REFUSED

	}

}
