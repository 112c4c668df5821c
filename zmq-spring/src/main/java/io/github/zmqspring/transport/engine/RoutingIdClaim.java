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

import io.github.zmqspring.transport.zmtp.FrameException;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.io.SessionBase;
import zmq.socket.reqrep.Router;
import zmq.util.Blob;

/**
 * The routing id that a connection of a ROUTER has, or wants to have.
 */
final class RoutingIdClaim {

	/** What ZMTP allows. */
	private static final int LONGEST = 255;

	/** The ids that sockets make: a zero and a number. */
	private static final int OWN_SIZE = 5;

	private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final RoutingIds ids;

	private final SessionBase session;

	private final Ticks ticks;

	private final boolean routes;

	private @Nullable Blob held;

	RoutingIdClaim(Engine engine) {
		this.ids = engine.settings().routingIds();
		this.session = engine.session();
		this.ticks = engine.thread().ticks();
		this.routes = engine.options().recvIdentity && engine.socket() instanceof Router;
	}

	/**
	 * Take the id that a peer names. One that names none gets one from the socket.
	 * @return whether no other connection has it, or the socket hands it over
	 * @throws FrameException if no peer may have it
	 */
	boolean take(Msg identity) {
		if (identity.size() > LONGEST) {
			throw new FrameException(
					"a routing id of %d bytes, of which it may have %d".formatted(identity.size(), LONGEST));
		}
		if (!this.routes || identity.size() == 0) {
			return true;
		}
		if (identity.size() == OWN_SIZE && identity.get(0) == 0) {
			// a peer that guessed the next id that the socket makes would get what is
			// meant for another
			throw new FrameException("a routing id of a zero and four bytes, as only sockets make them");
		}
		Blob id = Blob.createBlob(identity.data());
		if (!this.ids.take(id, this.session)) {
			if (!Sessions.handsOver(this.session.getSocket())) {
				return false;
			}
			this.ids.takeOver(id, this.session);
		}
		this.held = id;
		return true;
	}

	/** Give the id up once the socket has read all messages that came with it. */
	void free() {
		Blob id = this.held;
		if (id == null) {
			return;
		}
		if (!Sessions.isAttached(this.session)) {
			this.ids.free(id, this.session);
		}
		else if (!Sessions.isServed(this.session)) {
			this.ticks.schedule(this::free, AGAIN_NANOS);
		}
	}

}
