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

package io.github.zmqspring.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details of the peers that sockets connect to, such as a container that a test or a
 * development service has started. They win over the properties. Several beans may each
 * know of some sockets.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ZmqConnectionDetails extends ConnectionDetails {

	/**
	 * Return the endpoints that a socket connects to.
	 * @param socket the logical name of the socket
	 * @return the endpoints instead of those of the properties; an empty list leaves
	 * these as they are
	 */
	List<String> getConnect(String socket);

}
