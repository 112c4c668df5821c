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

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.io.SessionBase;
import zmq.io.mechanism.Mechanism;
import zmq.io.net.Address;

/**
 * A security mechanism that may take its time to decide about the peer, and says why it
 * refused it. All methods but {@link #resume()} are called on the I/O thread of the
 * connection.
 *
 * @since 0.1.0
 */
public abstract class SecurityMechanism extends Mechanism {

	private @Nullable Runnable resumption;

	/**
	 * Create the mechanism of a connection.
	 * @param session the session of the connection
	 * @param peer the address of the peer
	 * @param options the options of the socket
	 */
	protected SecurityMechanism(SessionBase session, @Nullable Address peer, Options options) {
		super(session, peer, options);
	}

	/**
	 * Set what has the I/O thread go on with the handshake. Called once, at its
	 * beginning.
	 */
	final void onResume(Runnable resumption) {
		this.resumption = resumption;
	}

	/**
	 * Go on with the handshake: a decision is there. Called on any thread.
	 */
	protected final void resume() {
		Runnable task = this.resumption;
		if (task != null) {
			task.run();
		}
	}

	/**
	 * Take up the decision that {@link #resume()} told of.
	 */
	protected abstract void resumed();

	/**
	 * Return whether a ZAP handler of the application was asked and has not answered yet.
	 * @return whether the handshake waits for it
	 */
	protected abstract boolean awaitsHandler();

	/**
	 * Return how long a ZAP handler may take where the handshake itself has no end.
	 * @return the time
	 */
	protected abstract Duration handlerTimeout();

	/**
	 * Refuse the peer: the ZAP handler has not answered in time.
	 */
	protected abstract void handlerTimedOut();

	/**
	 * Return the identity of a peer that was let in, or let us in.
	 * @return its identity, or {@code null} where every peer is let in
	 */
	protected abstract @Nullable PeerAuthentication authentication();

	/**
	 * Return why the connection must end, once all is sent that the peer is told.
	 * @return the reason, or {@code null} as long as it may go on. It may have one when
	 * messages flow already: a peer may be let in no more
	 */
	protected abstract @Nullable ConnectionEnd refusal();

}
