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

package io.github.zmqspring.core.discovery;

import java.util.Collection;

/**
 * Finds the endpoints that stand behind a name, for sockets that connect to
 * {@code scheme:///name}. Each bean of this type adds a scheme, or replaces one that is
 * built in: {@code dns}, {@code srv} and, with Spring Cloud, {@code discovery}.
 * <p>
 * A name is looked up when its socket opens, again after each
 * {@code zmq.discovery.refresh}, and soon after a connection was lost. Endpoints that
 * come are connected; those that go are disconnected, and what waits for them is sent to
 * others.
 *
 * @since 0.1.0
 */
public interface ZmqEndpointResolver {

	/**
	 * Return what stands in front of {@code :///}.
	 * @return letters, digits, plus, dot and minus, in lower case
	 */
	String scheme();

	/**
	 * Check a name when its socket is defined.
	 * @param name what stands behind {@code :///}
	 * @throws IllegalArgumentException if it can never be resolved; its message follows
	 * the endpoint, as in "names no service"
	 */
	default void check(String name) {
	}

	/**
	 * Find the endpoints. Called on a thread that may block, for each socket on its own;
	 * different names at the same time.
	 * @param name what stands behind {@code :///}
	 * @return endpoints to connect to, such as {@code tcp://10.0.0.7:5555}, in any order;
	 * none if all instances are gone: then only those that are still connected are kept
	 * @throws Exception if they cannot be found out now: those that are known stay, and
	 * the message tells why in the log and in the health of the socket
	 */
	Collection<String> resolve(String name) throws Exception;

}
