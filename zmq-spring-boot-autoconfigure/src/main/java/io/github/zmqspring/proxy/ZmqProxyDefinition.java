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
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
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
 * @param lastValueCache how many topics a forwarder keeps the newest message of, for late
 * subscribers; 0 keeps none
 * @param deadLetter the name of the socket that gets the messages that an interceptor
 * failed on, or {@code null} to drop them
 * @since 0.1.0
 */
public record ZmqProxyDefinition(String name, ZmqProxyType type, SocketDefinition frontend, SocketDefinition backend,
		@Nullable SocketDefinition capture, boolean autoStartup, int lastValueCache, @Nullable String deadLetter) {

	private static final int DEFAULT_HWM = 1000;

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
		return new ZmqProxyDefinition(name, type, frontend, backend, null, true, 0, null);
	}

	/**
	 * The logical name of a proxy's frontend.
	 * @param proxy the name of the proxy
	 * @return the name of the socket
	 */
	public static String frontendName(String proxy) {
		return proxy + ".frontend";
	}

	/**
	 * The logical name of a proxy's backend.
	 * @param proxy the name of the proxy
	 * @return the name of the socket
	 */
	public static String backendName(String proxy) {
		return proxy + ".backend";
	}

	/**
	 * The logical name of a proxy's capture socket.
	 * @param proxy the name of the proxy
	 * @return the name of the socket
	 */
	public static String captureName(String proxy) {
		return proxy + ".capture";
	}

	/**
	 * This definition with the sockets as the kind of proxy needs them: with a cache,
	 * whatever is published reaches the frontend, and each subscription shows.
	 */
	ZmqProxyDefinition prepared() {
		if (this.lastValueCache == 0) {
			return withSides((this.backend.type() != SocketType.XPUB) ? subscribed() : this.frontend, this.backend);
		}
		SocketOptions options = this.backend.options().with(SocketOption.XPUB_VERBOSE, true);
		if (options.get(SocketOption.SEND_HWM, Integer.class) == null) {
			// what is sent at once to who subscribes to everything, and as much as usual
			options = options.with(SocketOption.SEND_HWM,
					(int) Math.min(this.lastValueCache + (long) DEFAULT_HWM, Integer.MAX_VALUE));
		}
		return withSides(subscribed(), this.backend.withOptions(options));
	}

	/** An XSUB with no subscriber behind it to say what it wants wants everything. */
	private SocketDefinition subscribed() {
		return (this.frontend.type() == SocketType.XSUB && this.frontend.topics().isEmpty())
				? this.frontend.withTopics(List.of("")) : this.frontend;
	}

	private ZmqProxyDefinition withSides(SocketDefinition frontend, SocketDefinition backend) {
		return new ZmqProxyDefinition(this.name, this.type, frontend, backend, this.capture, this.autoStartup,
				this.lastValueCache, this.deadLetter);
	}

	/** In the order in which they open: whoever receives comes before who sends. */
	List<SocketDefinition> sockets() {
		return (this.capture != null) ? List.of(this.capture, this.backend, this.frontend)
				: List.of(this.backend, this.frontend);
	}

}
