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

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.github.zmqspring.core.ZmqSockets;
import org.zeromq.ZMQ;

/**
 * What a peer subscribes to, and whether the application knows of it.
 */
final class PeerSubscriptions {

	private final ZmqSockets sockets;

	private final String name;

	private final List<String> topics;

	private final int[] before;

	/** Subscribe to these topics, or to everything if there are none. */
	PeerSubscriptions(ZmqSockets sockets, String name, String... topics) {
		this.sockets = sockets;
		this.name = name;
		this.topics = (topics.length > 0) ? List.of(topics) : List.of("");
		this.before = subscribers();
	}

	void subscribe(ZMQ.Socket socket) {
		this.topics.forEach((topic) -> socket.subscribe(topic.getBytes(ZMQ.CHARSET)));
	}

	boolean haveCome() {
		int[] now = subscribers();
		return IntStream.range(0, now.length).allMatch((index) -> now[index] > this.before[index]);
	}

	/** Return a condition that is met once one subscriber less is there than now. */
	BooleanSupplier haveGone() {
		int[] then = subscribers();
		return () -> {
			int[] now = subscribers();
			return IntStream.range(0, now.length).allMatch((index) -> now[index] < then[index]);
		};
	}

	private int[] subscribers() {
		return this.topics.stream().mapToInt((topic) -> this.sockets.subscribers(this.name, topic)).toArray();
	}

}
