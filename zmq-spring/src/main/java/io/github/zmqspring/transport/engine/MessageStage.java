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

import io.github.zmqspring.transport.jeromq.FrameGuard;
import io.github.zmqspring.transport.zmtp.FrameException;
import io.github.zmqspring.transport.zmtp.SubscriptionCommands;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Options;
import zmq.ZMQ;
import zmq.io.Metadata;
import zmq.io.SessionBase;
import zmq.io.mechanism.Mechanism;

/**
 * Messages flow between the peer and the socket, and heartbeats between the peers.
 */
final class MessageStage implements Stage {

	private final Engine engine;

	private final SessionBase session;

	/** Peers of ZMTP 1 and 2 have none. */
	private final @Nullable Mechanism mechanism;

	private final @Nullable Heartbeat heartbeat;

	/** The peer is of ZeroMQ 2, which says nothing of its subscriptions and filters. */
	private final boolean unversioned;

	private final SubscriptionCommands subscriptions;

	private @Nullable Metadata metadata;

	/** A message that was decoded, and that the socket did not take. */
	private @Nullable Msg decoded;

	private boolean credentialPushed;

	private final MessageGate gate;

	private @Nullable OversizeWatch watch;

	MessageStage(Engine engine, Mechanism mechanism, int peerMinor) {
		this.engine = engine;
		this.session = engine.session();
		this.mechanism = mechanism;
		this.unversioned = false;
		this.gate = new MessageGate(engine);
		this.subscriptions = new SubscriptionCommands(engine.options());
		this.heartbeat = new Heartbeat(engine, engine.settings().liveness(engine.options()), peerMinor);
	}

	MessageStage(Engine engine, boolean unversioned) {
		this.engine = engine;
		this.session = engine.session();
		this.mechanism = null;
		this.unversioned = unversioned;
		this.gate = new MessageGate(engine);
		this.subscriptions = new SubscriptionCommands(engine.options());
		this.heartbeat = null;
	}

	/** Begin, now that the session is attached to the socket. */
	void begin(Msg identity) {
		Options options = this.engine.options();
		if (options.recvIdentity) {
			identity.setFlags(Msg.IDENTITY);
			Sessions.push(this.session, identity);
		}
		this.metadata = PeerMetadata.of(this.engine.channel(), options, this.mechanism);
		if (this.unversioned && (options.type == ZMQ.ZMQ_PUB || options.type == ZMQ.ZMQ_XPUB)) {
			Sessions.push(this.session, new Msg(new byte[] { 1 }));
		}
		this.session.flush();
		if (this.heartbeat != null) {
			this.heartbeat.start();
		}
	}

	@Override
	public boolean receive(Msg frame) {
		Msg message = this.decoded;
		if (message == null) {
			message = decode(frame);
			if (!this.gate.admits(message)) {
				return true;
			}
		}
		if (this.engine.push(message)) {
			this.decoded = null;
			return true;
		}
		this.decoded = message;
		return false;
	}

	/**
	 * A message is over the limit, and is thrown away as it comes: those behind it would
	 * be lost with the connection.
	 */
	void oversize(String what) {
		Sessions.rollback(this.session);
		this.engine.input().ledger().rolledBack();
		this.decoded = null;
		this.engine.tell((listener) -> listener.dropped(this.engine.connection(), 1, what));
		if (this.watch == null) {
			this.watch = new OversizeWatch(this.engine);
		}
		this.watch.begin(what);
	}

	private Msg decode(Msg frame) {
		Mechanism security = this.mechanism;
		Msg message = frame;
		if (security != null) {
			if (!this.credentialPushed) {
				pushCredential(security);
			}
			message = security.decode(frame);
			if (message == null) {
				throw new FrameException("a message that the security mechanism cannot read");
			}
			if (message != frame && this.engine.options().allocator instanceof FrameGuard guard) {
				message = guard.guarded(message);
			}
			if (message.isCommand() && this.heartbeat != null) {
				this.heartbeat.received(message);
				message = this.subscriptions.read(message);
			}
		}
		if (this.metadata != null) {
			message.setMetadata(this.metadata);
		}
		return message;
	}

	private void pushCredential(Mechanism security) {
		this.credentialPushed = true;
		if (security.getUserId() != null && security.getUserId().size() > 0) {
			Msg credential = new Msg(security.getUserId().data());
			credential.setFlags(Msg.CREDENTIAL);
			this.engine.push(credential);
		}
	}

	@Override
	public @Nullable Msg next() {
		Msg message = (this.heartbeat != null && this.heartbeat.hasNext()) ? this.heartbeat.next()
				: Sessions.pull(this.session);
		return (message != null && this.mechanism != null) ? this.mechanism.encode(message) : message;
	}

	/** The peer may be let in no more. */
	@Override
	public void authenticated() {
		if (this.mechanism instanceof SecurityMechanism security) {
			security.resumed();
			ConnectionEnd refusal = security.refusal();
			if (refusal != null) {
				this.engine.end(refusal);
			}
		}
	}

	@Override
	public boolean isReady() {
		return true;
	}

	@Override
	public void leave() {
		this.gate.close();
		if (this.watch != null) {
			this.watch.close();
		}
		if (this.heartbeat != null) {
			this.heartbeat.stop();
		}
		if (this.mechanism != null) {
			this.mechanism.destroy();
		}
	}

}
