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

package io.github.zmqspring.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A container that is a peer of the application, for
 * {@link org.springframework.boot.testcontainers.service.connection.ServiceConnection @ServiceConnection}:
 * sockets connect to its ports wherever Docker has mapped them, instead of to the
 * endpoints of their properties. It needs {@code spring-boot-testcontainers}.
 * <pre class="code">
 * &#064;Container
 * &#064;ServiceConnection
 * static ZmqContainer quotes = new ZmqContainer("example/quotes:1").withSocket("ask", 5560);
 * </pre>
 *
 * @since 0.1.0
 */
public class ZmqContainer extends GenericContainer<ZmqContainer> {

	private final Map<String, Integer> ports = new LinkedHashMap<>();

	/**
	 * Create a container.
	 * @param image the name of its image
	 */
	public ZmqContainer(String image) {
		this(DockerImageName.parse(image));
	}

	/**
	 * Create a container.
	 * @param image the name of its image
	 */
	public ZmqContainer(DockerImageName image) {
		super(image);
	}

	/**
	 * Have a socket of the application connect to a port of the container, which is
	 * exposed.
	 * @param socket the logical name of the socket
	 * @param port the port within the container
	 * @return this
	 */
	public ZmqContainer withSocket(String socket, int port) {
		this.ports.put(socket, port);
		addExposedPort(port);
		return this;
	}

	/**
	 * Return where a socket connects to.
	 * @param socket the logical name of the socket
	 * @return the endpoint, or none for other sockets
	 */
	public List<String> getConnect(String socket) {
		Integer port = this.ports.get(socket);
		return (port != null) ? List.of("tcp://" + getHost() + ":" + getMappedPort(port)) : List.of();
	}

}
