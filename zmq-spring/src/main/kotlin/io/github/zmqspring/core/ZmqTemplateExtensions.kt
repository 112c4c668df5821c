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

package io.github.zmqspring.core

import kotlinx.coroutines.future.await
import org.springframework.core.ParameterizedTypeReference

/**
 * Send a request and wait for its reply, whose type is that of the call.
 *
 * @param socket the logical name of a REQ or DEALER socket
 * @param request the request
 * @throws ZmqRequestTimeoutException if none comes in time
 * @throws IllegalStateException if the reply is empty
 * @since 0.1.0
 */
inline fun <reified T : Any> ZmqTemplate.request(socket: String, request: Any): T =
	convertSendAndReceive(socket, request, object : ParameterizedTypeReference<T>() {})
		?: throw IllegalStateException("The reply on socket '$socket' is empty")

/**
 * Send a request and suspend until its reply is there. Cancelling the coroutine forgets the request.
 *
 * @param socket the logical name of a REQ or DEALER socket
 * @param request the request
 * @throws ZmqRequestTimeoutException if none comes in time
 * @throws IllegalStateException if the reply is empty
 * @since 0.1.0
 */
suspend inline fun <reified T : Any> ZmqTemplate.requestAwait(socket: String, request: Any): T {
	val reply: T? = requestAsync(socket, request, object : ParameterizedTypeReference<T>() {}).await()
	return reply ?: throw IllegalStateException("The reply on socket '$socket' is empty")
}

/**
 * Send a message and suspend until ZeroMQ has accepted it.
 *
 * @param socket the logical name of the socket
 * @param payload the payload
 * @throws ZmqSendTimeoutException if there is no room in time
 * @since 0.1.0
 */
suspend fun ZmqTemplate.sendAwait(socket: String, payload: Any) {
	sendAsync(socket, payload).await()
}
