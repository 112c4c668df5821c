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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.message.SubscriptionFrame;
import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.engine.EngineSettings;
import io.github.zmqspring.transport.ipc.IpcEndpoint;
import io.github.zmqspring.transport.jeromq.DealerPipes;
import io.github.zmqspring.transport.jeromq.JeroMq;
import io.github.zmqspring.transport.jeromq.LastCommands;
import io.github.zmqspring.transport.limit.IncomingLimits;
import io.github.zmqspring.transport.mechanism.SecuredSocket;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.poll.PollerGroup;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.FrameWriter;
import io.github.zmqspring.transport.wire.OptionApplier;
import io.github.zmqspring.transport.wire.SocketCounters;
import io.github.zmqspring.transport.wire.SubscriptionWatch;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;

import org.springframework.util.unit.DataSize;

/**
 * Opens JeroMQ sockets: options first, then subscriptions, then endpoints.
 */
final class SocketOpener {

	private static final Log logger = LogFactory.getLog(SocketOpener.class);

	private static final int ATTEMPTS = 10;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final ZContext context;

	private final PollerGroup pollers;

	private volatile @Nullable Function<SocketDefinition, LongConsumer> sendTimers;

	SocketOpener(ZContext context, PollerGroup pollers) {
		this.context = context;
		this.pollers = pollers;
	}

	/**
	 * Time each send of the sockets opened from now on.
	 * @param timers makes the consumer of a socket's times, in nanoseconds
	 */
	void timeSends(Function<SocketDefinition, LongConsumer> timers) {
		this.sendTimers = timers;
	}

	/** Open a socket that is neither bound nor connected yet. */
	ManagedSocket open(SocketDefinition definition, SocketCounters counters, PeerTracker peers, List<String> topics,
			SubscriptionWatch.Listener subscriptions) {
		if (this.context.isClosed()) {
			// JeroMQ would open the socket all the same, and leak its threads
			throw new ZmqException(definition.name(),
					"Socket '%s' cannot be opened: the ZContext is closed".formatted(definition.name()), null);
		}
		SocketChecks.checkAffinity(definition, this.context.getIoThreads());
		ZMQ.Socket socket = create(definition);
		try {
			LastCommands.tolerate(socket.base());
			OptionApplier.apply(socket, definition);
			boolean prepared = ContextFactory.isPrepared(this.context);
			new EngineSettings().socketType(definition.type().name())
				.listener(peers)
				.incoming(limits(definition.options()))
				.mechanisms(SecuredSocket.secure(socket, definition, prepared))
				.use(socket.base());
			peers.follow(socket.base(), prepared);
			ManagedSocket managed = new ManagedSocket(definition, socket, counters, this.pollers.next());
			if (definition.type() == SocketType.XPUB) {
				managed.watch(subscriptions);
			}
			if (definition.type() == SocketType.REQ) {
				boolean exclusive = Boolean.FALSE
					.equals(definition.options().get(SocketOption.REQ_CORRELATE, Boolean.class));
				if (exclusive && !DealerPipes.areKnown()) {
					throw new ZmqConfigurationException(
							SocketDefinition.property(definition.name()) + ".options.req-correlate",
							"it is false, which does not work with the version of JeroMQ on the class path",
							"Use JeroMQ 0.6.0");
				}
				managed.requests(peers, exclusive);
			}
			Function<SocketDefinition, LongConsumer> timers = this.sendTimers;
			if (timers != null) {
				managed.timeSends(timers.apply(definition));
			}
			topics.forEach((topic) -> subscribe(definition, socket, topic, true));
			managed.joinPoller();
			return managed;
		}
		catch (RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	private static IncomingLimits limits(SocketOptions options) {
		IncomingLimits usual = IncomingLimits.DEFAULT;
		Integer frames = options.get(SocketOption.MAX_FRAMES, Integer.class);
		DataSize command = options.get(SocketOption.MAX_COMMAND_SIZE, DataSize.class);
		DataSize topic = options.get(SocketOption.MAX_TOPIC_SIZE, DataSize.class);
		Integer subscriptions = options.get(SocketOption.MAX_SUBSCRIPTIONS, Integer.class);
		return new IncomingLimits((frames != null) ? frames : usual.maxFrames(),
				(command != null) ? command.toBytes() : usual.maxCommandSize(),
				(topic != null) ? (int) topic.toBytes() : usual.maxTopicSize(),
				(subscriptions != null) ? subscriptions : usual.maxSubscriptions());
	}

	/** Retry for a while: JeroMQ gives the descriptors of closed sockets back late. */
	private ZMQ.Socket create(SocketDefinition definition) {
		for (int attempt = 1;; attempt++) {
			try {
				return this.context.getContext().socket(definition.traits().wireType());
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

	/** Return whether the library's engines serve a context, which ipc needs. */
	static boolean hasIpc(ZContext context) {
		return ContextFactory.isPrepared(context) && IpcEndpoint.isAvailable();
	}

	private static String bindIpc(SocketDefinition definition, ZMQ.Socket socket, String path) {
		String permissions = definition.options().get(SocketOption.IPC_PERMISSIONS, String.class);
		try {
			return IpcEndpoint.bind(socket, path,
					(permissions != null) ? PosixFilePermissions.fromString(permissions) : null);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	static String bind(ManagedSocket socket, EndpointAddress endpoint) {
		if (endpoint.isIpc()) {
			return Binder.bind(socket.definition().name(), endpoint,
					() -> socket.call((zmq) -> bindIpc(socket.definition(), zmq, endpoint.host())));
		}
		String text = endpoint.bindText(socket.definition().options().isOn(SocketOption.IPV6));
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

	/**
	 * Subscribe a socket to a prefix, or take that back; a DISH joins and leaves a group.
	 */
	static void subscribe(SocketDefinition definition, ZMQ.Socket socket, String topic, boolean begins) {
		byte[] prefix = BytesText.parse(topic);
		switch (definition.type()) {
			case SUB -> {
				if (begins) {
					socket.subscribe(prefix);
				}
				else {
					socket.unsubscribe(prefix);
				}
			}
			case XSUB -> socket.send(SubscriptionFrame.of(begins, prefix), ZMQ.DONTWAIT);
			case DISH -> joinGroup(definition, socket, prefix, begins);
			default -> throw new ZmqUnsupportedOperationException(definition.name(),
					"Socket '%s' is a %s, which subscribes to nothing: topics belong to SUB, XSUB and DISH"
						.formatted(definition.name(), definition.type()));
		}
	}

	private static void joinGroup(SocketDefinition definition, ZMQ.Socket socket, byte[] group, boolean joins) {
		if (!FrameWriter.isGroup(group)) {
			throw new ZmqUnsupportedOperationException(definition.name(),
					"Socket '%s' cannot join the group '%s': a group has up to %d ASCII characters"
						.formatted(definition.name(), BytesText.of(group), Msg.MAX_GROUP_LENGTH));
		}
		String name = new String(group, StandardCharsets.US_ASCII);
		if (joins) {
			socket.join(name);
		}
		else {
			socket.leave(name);
		}
	}

	static void logOpened(SocketDefinition definition, List<String> bound) {
		logger.info("Opened " + definition.type() + " socket '" + definition.name() + "'"
				+ (bound.isEmpty() ? "" : ", bound to " + String.join(", ", bound))
				+ (definition.connect().isEmpty() ? "" : ", connecting to " + String.join(", ", definition.connect())));
	}

}
