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
 * How a connection finds out that its peer is gone without a word.
 *
 * @param intervalMillis how often the peer is pinged; 0 for never
 * @param timeoutMillis how long after an interval the peer may stay silent; 0 for ever
 * @param ttlDeciseconds what the peer is told to allow us, in tenths of a second; 0 for
 * ever
 * @param context what the peer returns with its answers
 */
record Liveness(int intervalMillis, int timeoutMillis, int ttlDeciseconds, byte[] context) {

	static Liveness of(Options options) {
		int timeout = (options.heartbeatTimeout >= 0) ? options.heartbeatTimeout : options.heartbeatInterval;
		return new Liveness(options.heartbeatInterval, timeout, options.heartbeatTtl, options.heartbeatContext.clone());
	}

}
