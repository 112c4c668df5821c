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

/**
 * Names of the headers that a {@link org.springframework.messaging.Message} from or for
 * ZeroMQ has.
 *
 * @since 0.1.0
 */
public final class ZmqHeaders {

	/** The prefix of all names. */
	public static final String PREFIX = "zmq_";

	/** The topic, a {@code String}: the first frame of a published message. */
	public static final String TOPIC = PREFIX + "topic";

	/** The routing id of the peer, a {@code byte[]}, on ROUTER, REP, SERVER and PEER. */
	public static final String ROUTING_ID = PREFIX + "routingId";

	/** The logical name of the socket a message came from. */
	public static final String SOCKET = PREFIX + "socket";

	/** The received {@link ZmqMessage} with all its frames. */
	public static final String MESSAGE = PREFIX + "message";

	private ZmqHeaders() {
	}

}
