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

import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * The kinds of proxies.
 *
 * @since 0.1.0
 */
public enum ZmqProxyType {

	/** Requests from many clients to many services, and the replies: ROUTER to DEALER. */
	QUEUE(SocketType.ROUTER, SocketType.DEALER),

	/** Messages from publishers to subscribers, subscriptions back: XSUB to XPUB. */
	FORWARDER(SocketType.XSUB, SocketType.XPUB),

	/** Tasks from many producers to many workers: PULL to PUSH. */
	STREAMER(SocketType.PULL, SocketType.PUSH),

	/**
	 * Requests to the worker that has been idle the longest, by the READY messages of the
	 * ZeroMQ guide: ROUTER to ROUTER.
	 */
	LOAD_BALANCER(SocketType.ROUTER, SocketType.ROUTER),

	/** Any two socket types that the frontend and the backend name themselves. */
	CUSTOM(null, null);

	private final @Nullable SocketType frontend;

	private final @Nullable SocketType backend;

	ZmqProxyType(@Nullable SocketType frontend, @Nullable SocketType backend) {
		this.frontend = frontend;
		this.backend = backend;
	}

	/**
	 * Return the type of the frontend.
	 * @return the socket type, or {@code null} where any will do
	 */
	public @Nullable SocketType frontend() {
		return this.frontend;
	}

	/**
	 * Return the type of the backend.
	 * @return the socket type, or {@code null} where any will do
	 */
	public @Nullable SocketType backend() {
		return this.backend;
	}

}
