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

package io.github.zmqspring.transport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.jeromq.JeroMq;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.socket.PollerGroup;
import io.github.zmqspring.transport.wire.FrameWriter;
import io.github.zmqspring.transport.wire.OptionApplier;
import io.github.zmqspring.transport.wire.SocketCounters;
import io.github.zmqspring.transport.wire.SubscriptionWatch;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;

/**
 * Makes JeroMQ sockets: options first, then subscriptions, then endpoints.
 */
final class SocketOpener {

	private static final Log logger = LogFactory.getLog(SocketOpener.class);

	private static final int ATTEMPTS = 10;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final ZContext context;

	private final PollerGroup pollers;

	SocketOpener(ZContext context, PollerGroup pollers) {
		this.context = context;
		this.pollers = pollers;
	}

	/** Makes a socket that is neither bound nor connected. */
	ManagedSocket open(NamedSocket slot, SubscriptionWatch.Listener subscriptions) {
		SocketDefinition definition = slot.definition();
		if (this.context.isClosed()) {
			// JeroMQ would make the socket all the same, and its threads would stay
			throw new ZmqException(definition.name(),
					"Socket '%s' cannot be opened: the ZContext is closed".formatted(definition.name()), null);
		}
		SocketChecks.checkAffinity(definition, this.context.getIoThreads());
		ZMQ.Socket socket = create(definition);
		try {
			OptionApplier.apply(socket, definition);
			PeerTracker peers = slot.newPeers();
			socket.base().setEventHook(peers, PeerTracker.EVENTS);
			ManagedSocket managed = new ManagedSocket(definition, socket, slot.counters(), this.pollers.next());
			if (definition.type() == SocketType.XPUB) {
				managed.watch(subscriptions);
			}
			if (definition.type() == SocketType.REQ) {
				managed.sendOnlyToConnected(peers);
			}
			slot.topics().forEach((topic) -> {
				subscribe(definition, socket, topic);
				slot.subscribed().add(topic);
			});
			managed.poller().add(managed);
			return managed;
		}
		catch (RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	/** Descriptors of closed sockets are given back late: a lack of them may pass. */
	private ZMQ.Socket create(SocketDefinition definition) {
		for (int attempt = 1;; attempt++) {
			try {
				return this.context.getContext().socket(wireType(definition.type()));
			}
			catch (ZMQException | zmq.ZError.IOException | IllegalStateException ex) {
				if (attempt == ATTEMPTS) {
					throw new ZmqException(definition.name(),
							"Socket '%s' cannot be opened: %s. Are zmq.context.max-sockets or the limit of open files reached?"
								.formatted(definition.name(), ex.getMessage()),
							ex);
				}
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}
	}

	/**
	 * REQ and REP in lock-step can be wedged by one lost message. DEALER and ROUTER look
	 * the same on the wire, and cannot.
	 */
	static SocketType wireType(SocketType type) {
		return switch (type) {
			case REQ -> SocketType.DEALER;
			case REP -> SocketType.ROUTER;
			default -> type;
		};
	}

	static String bind(ManagedSocket socket, EndpointAddress endpoint) {
		String text = endpoint
			.bindText(Boolean.TRUE.equals(socket.definition().options().get(SocketOption.IPV6, Boolean.class)));
		Supplier<String> attempt = () -> socket.call((zmq) -> {
			if (EndpointAddress.isInproc(text)) {
				JeroMq.bindInproc(zmq, text);
			}
			else {
				zmq.bind(text);
			}
			return zmq.getLastEndpoint();
		});
		return Binder.bind(socket.definition().name(), endpoint, attempt);
	}

	static void subscribe(SocketDefinition definition, ZMQ.Socket socket, String topic) {
		byte[] prefix = topic.getBytes(StandardCharsets.UTF_8);
		switch (definition.type()) {
			case SUB -> socket.subscribe(prefix);
			case XSUB -> socket.send(subscription(1, prefix), ZMQ.DONTWAIT);
			case DISH -> {
				if (!FrameWriter.isGroup(prefix)) {
					throw new ZmqUnsupportedOperationException(definition.name(),
							"Socket '%s' cannot join the group '%s': a group has up to %d ASCII characters"
								.formatted(definition.name(), topic, Msg.MAX_GROUP_LENGTH));
				}
				socket.join(topic);
			}
			default -> throw noTopics(definition);
		}
	}

	static void unsubscribe(SocketDefinition definition, ZMQ.Socket socket, String topic) {
		byte[] prefix = topic.getBytes(StandardCharsets.UTF_8);
		switch (definition.type()) {
			case SUB -> socket.unsubscribe(prefix);
			case XSUB -> socket.send(subscription(0, prefix), ZMQ.DONTWAIT);
			case DISH -> socket.leave(topic);
			default -> throw noTopics(definition);
		}
	}

	private static byte[] subscription(int first, byte[] prefix) {
		byte[] message = new byte[prefix.length + 1];
		message[0] = (byte) first;
		System.arraycopy(prefix, 0, message, 1, prefix.length);
		return message;
	}

	private static ZmqUnsupportedOperationException noTopics(SocketDefinition definition) {
		return new ZmqUnsupportedOperationException(definition.name(),
				"Socket '%s' is a %s, which subscribes to nothing: topics belong to SUB, XSUB and DISH"
					.formatted(definition.name(), definition.type()));
	}

	/** What became of everything, over all the times it was open. */
	static void logClosed(SocketDefinition definition, SocketCounters counters, int waiting) {
		StringBuilder text = new StringBuilder("Closed " + definition.type() + " socket '" + definition.name() + "'");
		if (definition.sends()) {
			text.append(": sent " + counters.sent() + " messages with " + counters.sentBytes() + " bytes");
		}
		if (definition.receives()) {
			text.append(((definition.sends()) ? ", " : ": ") + "received " + counters.received() + " with "
					+ counters.receivedBytes() + " bytes");
		}
		append(text, counters.rejections(), "sends rejected");
		append(text, counters.drops(), "unusable messages dropped");
		append(text, waiting, "senders turned away that were still waiting");
		logger.info(text);
	}

	private static void append(StringBuilder text, long count, String what) {
		if (count > 0) {
			text.append(", " + count + " " + what);
		}
	}

	static void logOpened(SocketDefinition definition, List<String> bound) {
		logger.info("Opened " + definition.type() + " socket '" + definition.name() + "'"
				+ (bound.isEmpty() ? "" : ", bound to " + String.join(", ", bound))
				+ (definition.connect().isEmpty() ? "" : ", connecting to " + String.join(", ", definition.connect())));
	}

}
