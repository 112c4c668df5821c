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

package io.github.zmqspring.proxy;

import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.util.Assert;

/**
 * All that is needed to run a proxy: what {@code zmq.proxies.<name>} says, immutable.
 *
 * @param name the name of the proxy
 * @param type the kind of proxy
 * @param frontend the socket that clients, publishers or producers use
 * @param backend the socket that services, subscribers or workers use
 * @param capture a socket that gets a copy of each message that was forwarded, or
 * {@code null}
 * @param autoStartup whether the proxy starts with the application
 * @param deadLetter the name of the socket that gets the messages that an interceptor
 * failed on, or {@code null} to drop them
 * @since 0.1.0
 */
public record ZmqProxyDefinition(String name, ZmqProxyType type, SocketDefinition frontend, SocketDefinition backend,
		@Nullable SocketDefinition capture, boolean autoStartup, @Nullable String deadLetter) {

	/**
	 * Create the definition.
	 * @throws IllegalArgumentException if the name is empty, or the type or one of the
	 * two sockets is missing
	 */
	public ZmqProxyDefinition {
		Assert.hasText(name, "A proxy needs a name");
		Assert.notNull(type, "A proxy needs a type");
		Assert.notNull(frontend, "A proxy needs a frontend");
		Assert.notNull(backend, "A proxy needs a backend");
	}

	/**
	 * A definition of a proxy that starts by itself and does nothing but forward.
	 * @param name the name of the proxy
	 * @param type the kind of proxy
	 * @param frontend the frontend
	 * @param backend the backend
	 * @return the definition
	 */
	public static ZmqProxyDefinition of(String name, ZmqProxyType type, SocketDefinition frontend,
			SocketDefinition backend) {
		return new ZmqProxyDefinition(name, type, frontend, backend, null, true, null);
	}

	/**
	 * Return the logical name of a proxy's frontend.
	 * @param proxy the name of the proxy
	 * @return the name of the socket
	 */
	public static String frontendName(String proxy) {
		return proxy + ".frontend";
	}

	/**
	 * Return the logical name of a proxy's backend.
	 * @param proxy the name of the proxy
	 * @return the name of the socket
	 */
	public static String backendName(String proxy) {
		return proxy + ".backend";
	}

	/**
	 * Return the logical name of a proxy's capture socket.
	 * @param proxy the name of the proxy
	 * @return the name of the socket
	 */
	public static String captureName(String proxy) {
		return proxy + ".capture";
	}

	/**
	 * Return whether the newest message of each topic is kept for late subscribers.
	 * @return {@code true} if the backend has a last value cache
	 */
	public boolean lastValueCache() {
		return this.backend.lastValueCache();
	}

	/**
	 * This definition with the sockets as the kind of proxy needs them: an XSUB with no
	 * subscriber behind it to say what it wants wants everything, and so does a cache.
	 */
	ZmqProxyDefinition prepared() {
		boolean told = this.backend.type() == SocketType.XPUB && !lastValueCache();
		if (told || this.frontend.type() != SocketType.XSUB || !this.frontend.topics().isEmpty()) {
			return this;
		}
		return new ZmqProxyDefinition(this.name, this.type, this.frontend.withTopics(List.of("")), this.backend,
				this.capture, this.autoStartup, this.deadLetter);
	}

	/** Return the sockets in the order in which they open, receivers before senders. */
	List<SocketDefinition> sockets() {
		return (this.capture != null) ? List.of(this.capture, this.backend, this.frontend)
				: List.of(this.backend, this.frontend);
	}

}
