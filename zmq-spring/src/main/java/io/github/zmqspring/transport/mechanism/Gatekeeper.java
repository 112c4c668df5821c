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

import java.util.function.Consumer;

import io.github.zmqspring.security.ZmqAuthenticationDecision;
import io.github.zmqspring.security.ZmqAuthenticationRequest;

/**
 * Decides about the clients of one socket. Called on I/O threads, so it must neither wait
 * nor throw; it answers each request once, on any thread, also at once.
 */
@FunctionalInterface
interface Gatekeeper {

	/** Let all peers in. */
	Gatekeeper OPEN = (request, answer) -> answer.accept(ZmqAuthenticationDecision.allow(""));

	/**
	 * Decide about a client.
	 * @param request the client that wants to connect
	 * @param answer takes the decision
	 */
	void decide(ZmqAuthenticationRequest request, Consumer<ZmqAuthenticationDecision> answer);

}
