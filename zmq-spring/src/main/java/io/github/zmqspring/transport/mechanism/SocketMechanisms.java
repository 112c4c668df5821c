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

import io.github.zmqspring.transport.engine.MechanismFactory;
import zmq.Options;
import zmq.io.SessionBase;
import zmq.io.mechanism.Mechanism;
import zmq.io.mechanism.Mechanisms;
import zmq.io.net.Address;

/**
 * Makes our own mechanisms for the connections of one socket.
 */
final class SocketMechanisms implements MechanismFactory {

	private final MechanismSettings settings;

	/**
	 * Create a factory.
	 * @param settings what the mechanisms work with
	 */
	SocketMechanisms(MechanismSettings settings) {
		this.settings = settings;
	}

	@Override
	public boolean decides() {
		return this.settings.authentication() != null;
	}

	@Override
	public Mechanism create(SessionBase session, Address peer, Options options) {
		if (options.mechanism == Mechanisms.NULL) {
			return new NullMechanism(this.settings, session, peer, options);
		}
		if (options.mechanism == Mechanisms.PLAIN) {
			return new PlainMechanism(this.settings, session, peer, options);
		}
		if (options.mechanism == Mechanisms.CURVE) {
			return new CurveMechanism(this.settings, session, peer, options);
		}
		throw new IllegalStateException("There is no mechanism " + options.mechanism);
	}

}
