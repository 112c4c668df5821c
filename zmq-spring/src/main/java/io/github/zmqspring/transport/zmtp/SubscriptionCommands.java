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

package io.github.zmqspring.transport.zmtp;

import zmq.Msg;
import zmq.Options;
import zmq.ZMQ;
import zmq.io.Msgs;

/**
 * The subscriptions of ZMTP 3.1, which are commands (RFC 37). JeroMQ knows those of the
 * versions before: messages that begin with 1 or 0.
 *
 * @since 0.1.0
 */
public final class SubscriptionCommands {

	private static final String SUBSCRIBE = "SUBSCRIBE";

	private static final String CANCEL = "CANCEL";

	private final boolean publishes;

	public SubscriptionCommands(Options options) {
		this.publishes = options.type == ZMQ.ZMQ_PUB || options.type == ZMQ.ZMQ_XPUB;
	}

	/** Return the message of a subscription, and any other command as it is. */
	public Msg read(Msg command) {
		if (this.publishes && Msgs.startsWith(command, SUBSCRIBE, true)) {
			return message((byte) 1, command, SUBSCRIBE);
		}
		if (this.publishes && Msgs.startsWith(command, CANCEL, true)) {
			return message((byte) 0, command, CANCEL);
		}
		return command;
	}

	private static Msg message(byte first, Msg command, String name) {
		int from = 1 + name.length();
		byte[] topic = new byte[command.size() - from];
		command.getBytes(from, topic, 0, topic.length);
		Msg message = new Msg(1 + topic.length);
		message.put(first);
		message.put(topic);
		return message;
	}

}
