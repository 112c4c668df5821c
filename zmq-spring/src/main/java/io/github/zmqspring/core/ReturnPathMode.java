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

package io.github.zmqspring.core;

/**
 * Which frames of a message that a ROUTER or DEALER receives are a return path: taken off
 * before the payload is read, and put back in front of the reply.
 *
 * @since 0.1.0
 */
public enum ReturnPathMode {

	/**
	 * What a return path can be: on a ROUTER the identity of the peer, those that ROUTERs
	 * on the way have generated, and the empty frame that ends them; on a DEALER an empty
	 * frame in front, or generated identities with an empty frame behind them. Any other
	 * empty frame is payload.
	 */
	AUTO,

	/**
	 * Everything up to and with the first empty frame, as REP does: for requests that
	 * come through brokers from clients with names of their own.
	 */
	DELIMITER,

	/** On a ROUTER the identity of the peer and nothing else. */
	IDENTITY,

	/** Nothing: on a DEALER all frames are payload. */
	NONE

}
