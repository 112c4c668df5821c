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

package io.github.zmqspring.transport.jeromq;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

import zmq.Options;
import zmq.SocketBase;

/**
 * What the connections of one socket are served by. Each part is made of the socket's
 * options when a connection begins, so that options that were set before the socket binds
 * or connects hold. A socket that nothing was said of has {@link #DEFAULTS}.
 *
 * @param limits how much is taken
 * @param liveness how a silent peer is noticed
 * @param handshake what comes before messages
 * @param mechanisms makes the security mechanism
 * @param listener told of connections
 */
record EngineSettings(Function<Options, FrameLimits> limits, Function<Options, Liveness> liveness,
		Function<Options, HandshakePolicy> handshake, MechanismFactory mechanisms, ConnectionListener listener) {

	/** All as JeroMQ's options say. */
	static final EngineSettings DEFAULTS = new EngineSettings(FrameLimits::of, Liveness::of, HandshakePolicy::of,
			MechanismFactory.JEROMQ, ConnectionListener.NONE);

	private static final Map<SocketBase, EngineSettings> SETTINGS = Collections.synchronizedMap(new WeakHashMap<>());

	/** Return what holds for a socket. */
	static EngineSettings of(SocketBase socket) {
		return SETTINGS.getOrDefault(socket, DEFAULTS);
	}

	/** Set what holds for a socket, before it binds or connects. */
	void use(SocketBase socket) {
		SETTINGS.put(socket, this);
	}

	EngineSettings withListener(ConnectionListener listener) {
		return new EngineSettings(this.limits, this.liveness, this.handshake, this.mechanisms, listener);
	}

	EngineSettings withMechanisms(MechanismFactory mechanisms) {
		return new EngineSettings(this.limits, this.liveness, this.handshake, mechanisms, this.listener);
	}

	EngineSettings withLimits(Function<Options, FrameLimits> limits) {
		return new EngineSettings(limits, this.liveness, this.handshake, this.mechanisms, this.listener);
	}

}
