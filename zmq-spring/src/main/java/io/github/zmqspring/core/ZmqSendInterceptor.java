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

import org.jspecify.annotations.Nullable;

/**
 * Surrounds every message that templates, requests and listeners send: those of the
 * application, replies, and what {@code @SendTo} sends on. Beans of this type apply to
 * all sockets, in their order. Called on the thread of the sender, by several threads at
 * once. Brokers and dead letters pass messages on as they came, and are left out.
 *
 * @since 0.1.0
 */
public interface ZmqSendInterceptor {

	/**
	 * Look at a message before it is sent, or send another one.
	 * @param socket the socket
	 * @param message all frames as they go to ZeroMQ, topic, routing id and header frame
	 * included; of a request the body. They must not be changed
	 * @return the message to send, this one or another
	 * @throws RuntimeException to refuse it: the sender gets the exception, and nothing
	 * is sent
	 */
	default ZmqMessage beforeSend(SocketDefinition socket, ZmqMessage message) {
		return message;
	}

	/**
	 * Learn what became of a message. What it throws is logged and changes nothing.
	 * @param socket the socket
	 * @param message what was sent
	 * @param failure why ZeroMQ did not accept it; {@code null} if it did. For a request
	 * that is the failure of the request, or {@code null} when its reply is there
	 */
	default void afterSend(SocketDefinition socket, ZmqMessage message, @Nullable Throwable failure) {
	}

}
