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

package io.github.zmqspring.transport.engine;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.zmqspring.transport.ipc.ChannelAddresses;
import io.github.zmqspring.transport.zmtp.FrameException;
import io.github.zmqspring.transport.zmtp.Greeting;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Options;
import zmq.ZError;
import zmq.io.Metadata;
import zmq.io.mechanism.Mechanism;
import zmq.io.mechanism.Mechanisms;
import zmq.socket.Sockets;

/**
 * The security mechanisms of both peers talk to each other, with commands.
 */
final class SecurityStage implements Stage {

	private static final long REFUSAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final Engine engine;

	private final Mechanism mechanism;

	private final int peerMinor;

	private boolean handlerBounded;

	SecurityStage(Engine engine, Greeting greeting) {
		this.engine = engine;
		this.peerMinor = greeting.minor();
		Options options = engine.options();
		this.mechanism = engine.settings()
			.mechanisms()
			.create(engine.session(), ChannelAddresses.remote(engine.channel()), options);
		if (this.mechanism instanceof SecurityMechanism security) {
			security.onResume(engine::resumeHandshake);
		}
	}

	@Override
	public boolean receive(Msg command) {
		if (!command.isCommand() || command.hasMore()) {
			throw new FrameException("a message before its security handshake was over");
		}
		int error = this.mechanism.processHandshakeCommand(command);
		if (error == ZError.EINVAL) {
			this.engine
				.end(new ConnectionEnd(ConnectionEnd.Reason.SOCKET_TYPE, "the peer is a %s, which does not fit a %s"
					.formatted(peerType(command), this.engine.settings().socketType(this.engine.options()))));
		}
		else {
			proceed(error);
		}
		return true;
	}

	private ConnectionEnd refusal() {
		ConnectionEnd refusal = (this.mechanism instanceof SecurityMechanism security) ? security.refusal() : null;
		return (refusal != null) ? refusal
				: new ConnectionEnd(ConnectionEnd.Reason.AUTHENTICATION, "the credentials were refused");
	}

	/** Return the type that the last command of a peer's handshake names. */
	private static String peerType(Msg command) {
		Metadata properties = new Metadata();
		properties.read(command, 1 + command.get(0), null);
		String type = properties.get(Metadata.SOCKET_TYPE);
		return (type != null && Stream.of(Sockets.values()).anyMatch((known) -> known.name().equals(type))) ? type
				: "socket of a type";
	}

	private void proceed(int error) {
		if (error != 0 && error != ZError.EAGAIN) {
			this.engine.end(new ConnectionEnd(ConnectionEnd.Reason.PROTOCOL,
					"the peer sent what its security handshake does not allow"));
		}
		else if (this.mechanism.status() == Mechanism.Status.ERROR) {
			this.engine.end(refusal());
		}
		else {
			readyIfSo();
			// our answer goes first: a peer may send messages in the same breath
			this.engine.output().resume();
			boundHandler();
		}
	}

	/** Bound the time of the handler where the handshake has no deadline. */
	private void boundHandler() {
		if (!this.handlerBounded && this.engine.options().handshakeIvl == 0
				&& this.mechanism instanceof SecurityMechanism security && security.awaitsHandler()) {
			this.handlerBounded = true;
			this.engine.thread().ticks().schedule(() -> this.engine.guard(() -> {
				if (security.awaitsHandler()) {
					security.handlerTimedOut();
					proceed(0);
				}
			}), security.handlerTimeout().toNanos());
		}
	}

	private void readyIfSo() {
		if (this.mechanism.status() == Mechanism.Status.READY) {
			PeerAuthentication authentication = (this.mechanism instanceof SecurityMechanism security)
					? security.authentication() : null;
			if (authentication != null) {
				this.engine.tell((listener) -> listener.authenticated(this.engine.connection(), authentication));
			}
			this.engine.handshaken(this.mechanism.peerIdentity(),
					new MessageStage(this.engine, this.mechanism, this.peerMinor));
		}
	}

	@Override
	public @Nullable Msg next() {
		if (this.mechanism.status() != Mechanism.Status.HANDSHAKING) {
			return null;
		}
		Msg.Builder command = new Msg.Builder();
		if (this.mechanism.nextHandshakeCommand(command) != 0) {
			return null;
		}
		command.setFlags(Msg.COMMAND);
		Msg built = command.build();
		if (this.mechanism.status() == Mechanism.Status.ERROR) {
			// the peer gets to know before the connection ends
			this.engine.thread().ticks().schedule(() -> this.engine.end(refusal()), REFUSAL_NANOS);
		}
		readyIfSo();
		return built;
	}

	@Override
	public void authenticated() {
		if (this.mechanism instanceof SecurityMechanism security) {
			security.resumed();
		}
		int error = this.mechanism.zapMsgAvailable();
		proceed((error != ZError.EFSM) ? error : 0);
	}

	/** A peer of libzmq that reads our type first hangs up without telling its own. */
	@Override
	public ConnectionEnd hungUp() {
		boolean secured = this.engine.options().mechanism != Mechanisms.NULL;
		return ConnectionEnd.hungUp((secured)
				? "in the security handshake: most likely it refuses the credentials or keys, or its type does not fit"
				: "before it said what socket it is: most likely its type does not fit",
				this.engine.settings().socketType(this.engine.options()));
	}

	@Override
	public @Nullable ConnectionEnd verdict() {
		return (this.mechanism instanceof SecurityMechanism security) ? security.refusal() : null;
	}

	@Override
	public void leave() {
		if (this.mechanism.status() != Mechanism.Status.READY) {
			this.mechanism.destroy();
		}
	}

}
