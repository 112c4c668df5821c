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

import org.zeromq.SocketType

/**
 * Define a socket, as a bean or for [ZmqSockets.create].
 *
 * @param name the logical name
 * @param type the type
 * @param specify says where it binds and connects, and what its options are
 * @since 0.1.0
 */
fun zmqSocket(name: String, type: SocketType, specify: ZmqSocketSpec.() -> Unit = {}): SocketDefinition {
	val builder = SocketDefinition.builder(name, type)
	ZmqSocketSpec(builder).specify()
	return builder.build()
}

/**
 * What may be said of a socket.
 *
 * @since 0.1.0
 */
@ZmqSocketDsl
class ZmqSocketSpec internal constructor(private val builder: SocketDefinitionBuilder) {

	/** Bind to these endpoints. */
	fun bind(vararg endpoints: String) {
		builder.bind(endpoints.toList())
	}

	/** Connect to these endpoints. */
	fun connect(vararg endpoints: String) {
		builder.connect(endpoints.toList())
	}

	/** Subscribe to these topics, or join these groups. */
	fun topics(vararg topics: String) {
		builder.topics(topics.toList())
	}

	/** Say whether it starts with the application. */
	fun autoStartup(autoStartup: Boolean) {
		builder.autoStartup(autoStartup)
	}

	/** Say with how many connected peers its health is up. */
	fun requiredPeers(peers: Int) {
		builder.requiredPeers(peers)
	}

	/** Set an option. */
	fun option(option: SocketOption, value: Any) {
		builder.option(option, value)
	}

	/** Say all else, by the builder itself. */
	fun more(specify: SocketDefinitionBuilder.() -> Unit) {
		builder.specify()
	}

}

/**
 * Marks what belongs to the description of a socket.
 *
 * @since 0.1.0
 */
@DslMarker
@Target(AnnotationTarget.CLASS)
annotation class ZmqSocketDsl
