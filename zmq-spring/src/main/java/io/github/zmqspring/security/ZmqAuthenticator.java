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

package io.github.zmqspring.security;

import java.util.concurrent.CompletionStage;

/**
 * Decides who may connect. A bean of this type is asked by every socket that is the
 * server of its security mechanism, after its address lists and, where the mechanism has
 * one, its list of users or clients (RFC 27 describes the order that this stands in).
 * <p>
 * Called on a thread for authentication, never on an I/O thread, so that it may wait; how
 * many run at once and how long one may take is bounded. A client whose question is not
 * answered in time, or fails, is refused.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ZmqAuthenticator {

	/**
	 * Decide about one client that is connecting.
	 * @param request the client, and the socket that it wants to connect to
	 * @return the decision, now or later; a failed stage refuses the client (500)
	 */
	CompletionStage<ZmqAuthenticationDecision> authenticate(ZmqAuthenticationRequest request);

}
