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

import zmq.Options;
import zmq.io.SessionBase;
import zmq.io.mechanism.Mechanism;
import zmq.io.net.Address;

/**
 * Makes the security mechanism of a connection, once its peer has greeted with the name
 * of the mechanism that the socket's options name.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MechanismFactory {

	/** JeroMQ's own mechanisms. */
	MechanismFactory JEROMQ = (session, peer, options) -> options.mechanism.create(session, peer, options);

	/**
	 * Make a mechanism.
	 * @param session the session of the connection
	 * @param peer the address of the peer
	 * @param options the options of the socket
	 * @return the mechanism, which belongs to the connection
	 */
	Mechanism create(SessionBase session, Address peer, Options options);

	/**
	 * Tell whether the mechanisms decide about peers, so that those of a version of ZMTP
	 * without security must be refused.
	 * @return {@code false} if every peer is let in
	 */
	default boolean decides() {
		return false;
	}

}
