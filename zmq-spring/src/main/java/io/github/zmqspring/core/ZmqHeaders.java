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

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.core.AbstractMessageSendingTemplate;

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

	/**
	 * The number of a published message, a {@code Long}, where its socket has a sequence.
	 */
	public static final String SEQUENCE = PREFIX + "sequence";

	/**
	 * How many messages are missing directly in front of this one, an {@code Integer},
	 * where its socket has a sequence. Missing where none is.
	 */
	public static final String MISSED = PREFIX + "missed";

	/**
	 * The user id of the peer that a message came from, a {@code String}: what the lists
	 * of clients or users, an authenticator or a ZAP handler on this side have found.
	 * Missing where none has. No peer can set it.
	 */
	public static final String USER_ID = PREFIX + "userId";

	/**
	 * The address of the peer that a message came from, a {@code String}: an IP address
	 * and port. Missing over inproc. No peer can set it.
	 */
	public static final String PEER_ADDRESS = PREFIX + "peerAddress";

	/** The received {@link ZmqMessage} with all its frames. */
	public static final String MESSAGE = PREFIX + "message";

	/** Spring's own: they mean something within one application only. */
	private static final Set<String> SPRING = springHeaders();

	private ZmqHeaders() {
	}

	private static Set<String> springHeaders() {
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.addAll(List.of(MessageHeaders.ID, MessageHeaders.TIMESTAMP, MessageHeaders.REPLY_CHANNEL,
				MessageHeaders.ERROR_CHANNEL, AbstractMessageSendingTemplate.CONVERSION_HINT_HEADER));
		return names;
	}

	/**
	 * Return whether a header never travels in an envelope, nor is taken from one: those
	 * above, and Spring's own, such as the id, in any case.
	 * @param name the name of the header
	 * @return {@code true} if it stays at home
	 */
	public static boolean isLocal(String name) {
		return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) || SPRING.contains(name);
	}

}
