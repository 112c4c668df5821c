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

/**
 * What a connection has to do before messages flow.
 *
 * @param timeoutMillis how long all of it may take, from the first byte of the greeting
 * to the end of the security handshake; 0 for ever
 * @param attachesLate whether the socket gets to know of an accepted connection only when
 * its handshake is over, and so deals it no messages before
 */
record HandshakePolicy(long timeoutMillis, boolean attachesLate) {

	static HandshakePolicy of(Options options) {
		return new HandshakePolicy(options.handshakeIvl, true);
	}

}
