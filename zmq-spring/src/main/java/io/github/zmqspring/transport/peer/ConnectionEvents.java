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

package io.github.zmqspring.transport.peer;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.zmqspring.event.ZmqMessagesRefusedEvent;
import io.github.zmqspring.event.ZmqPeerAuthenticatedEvent;
import io.github.zmqspring.event.ZmqSocketAcceptFailedEvent;
import io.github.zmqspring.event.ZmqSocketAuthenticationFailedEvent;
import io.github.zmqspring.event.ZmqSocketConnectFailedEvent;
import io.github.zmqspring.event.ZmqSocketConnectedEvent;
import io.github.zmqspring.event.ZmqSocketDisconnectedEvent;
import io.github.zmqspring.event.ZmqSocketHandshakeFailedEvent;
import io.github.zmqspring.support.LogLimiter;
import io.github.zmqspring.transport.engine.ConnectionEnd;
import io.github.zmqspring.transport.jeromq.Descriptors;
import io.github.zmqspring.transport.jeromq.SocketPipe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;

/**
 * Reports the connections of one socket to the application's event listeners, and its
 * failures to the socket's last error. Called on I/O threads with the tracker's monitor
 * held, so events are only handed over. Failures that repeat, such as a refused endpoint
 * ten times a second, are reported once a second.
 *
 * @since 0.1.0
 */
public final class ConnectionEvents {

	private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Loads these classes early: reporting a lack of descriptors must not need one.
	 */
	static final List<Object> READY = List.of(Descriptors.prepare(), ZmqSocketAcceptFailedEvent.class,
			ZmqSocketConnectFailedEvent.class, ZmqSocketHandshakeFailedEvent.class,
			ZmqSocketAuthenticationFailedEvent.class);

	private static final Log logger = LogFactory.getLog(ConnectionEvents.class);

	private final LogLimiter log;

	private final Object source;

	private final String socket;

	private final Consumer<String> failures;

	private final Losses losses;

	private final Consumer<ApplicationEvent> publisher;

	/** When a failure of an endpoint was last reported. */
	private final Map<String, Long> reported = new HashMap<>();

	/**
	 * Create the events of one socket.
	 * @param source the source of the events
	 * @param socket the logical name of the socket
	 * @param failures told what went wrong, in words
	 * @param losses told of messages that cannot be sent
	 * @param publisher told of all events; it must not wait
	 */
	public ConnectionEvents(Object source, String socket, Consumer<String> failures, Losses losses,
			Consumer<ApplicationEvent> publisher) {
		this.source = source;
		this.log = new LogLimiter(logger, "Socket '%s', connections without a peer".formatted(socket));
		this.socket = socket;
		this.failures = failures;
		this.losses = losses;
		this.publisher = publisher;
	}

	void lost(long messages) {
		this.losses.lost(messages);
	}

	void abandoned(SocketPipe queue) {
		this.losses.abandoned(queue);
	}

	void connected(String endpoint, @Nullable InetSocketAddress address, boolean accepted) {
		this.publisher.accept(
				new ZmqSocketConnectedEvent(this.source, this.socket, endpoint, EndpointPeers.text(address), accepted));
	}

	/** Report the next failure of an endpoint at once. */
	void greeted(String endpoint) {
		this.reported.remove(endpoint);
	}

	void disconnected(String endpoint, @Nullable InetSocketAddress address, boolean accepted, ConnectionEnd end) {
		if (end.reason() != ConnectionEnd.Reason.PEER) {
			// before it is counted: a reader of the count looks here for the reason
			this.failures.accept(endpoint + ": " + end.detail());
			if (end.reason() == ConnectionEnd.Reason.LIMIT) {
				this.losses.refused(1);
			}
			this.log.warn("The connection of socket '%s' (%s) with %s was ended: %s".formatted(this.socket, endpoint,
					text(address), end.detail()), null);
		}
		this.publisher.accept(new ZmqSocketDisconnectedEvent(this.source, this.socket, endpoint,
				EndpointPeers.text(address), accepted, end.detail()));
	}

	/** Report messages of a peer that were thrown away, whose connection goes on. */
	void dropped(String endpoint, @Nullable InetSocketAddress address, long messages, String reason) {
		this.failures.accept(endpoint + ": " + reason);
		this.losses.refused(messages);
		this.log.warn("Socket '%s' (%s) threw %s of %s away: %s".formatted(this.socket, endpoint,
				(messages == 1) ? "a message" : messages + " messages", text(address), reason), null);
		this.publisher.accept(new ZmqMessagesRefusedEvent(this.source, this.socket, endpoint,
				EndpointPeers.text(address), messages, reason));
	}

	void connectFailed(String endpoint, String reason, long failures) {
		if (isWorthReporting(endpoint)) {
			this.failures.accept(endpoint + ": " + reason);
			this.publisher
				.accept(new ZmqSocketConnectFailedEvent(this.source, this.socket, endpoint, reason, failures));
		}
	}

	void acceptFailed(String endpoint) {
		if (isWorthReporting(endpoint)) {
			Descriptors descriptors = Descriptors.look();
			String reason = (descriptors.isExhausted())
					? "a connection could not be accepted: too many open files, the limit is " + descriptors.max()
					: "a connection could not be accepted: it broke at once, or too many files were open";
			this.failures.accept(endpoint + ": " + reason);
			this.publisher.accept(new ZmqSocketAcceptFailedEvent(this.source, this.socket, endpoint, reason));
		}
	}

	/**
	 * Report a failed handshake, without a warning if the peer said nothing, as a health
	 * check does.
	 */
	void handshakeFailed(String endpoint, @Nullable InetSocketAddress address, ConnectionEnd end) {
		String reason = end.detail();
		if (end.reason() != ConnectionEnd.Reason.PEER) {
			this.log.warn("Socket '%s' (%s) got no peer out of a connection with %s: %s".formatted(this.socket,
					endpoint, text(address), reason), null);
		}
		if (isWorthReporting(endpoint)) {
			this.failures.accept(endpoint + ": " + reason);
			this.publisher.accept(new ZmqSocketHandshakeFailedEvent(this.source, this.socket, endpoint,
					EndpointPeers.text(address), reason));
		}
	}

	/** Log what was left out of the log so far. */
	public void flushLog() {
		this.log.flush();
	}

	private static String text(@Nullable InetSocketAddress address) {
		String text = EndpointPeers.text(address);
		return (text != null) ? text : "a peer";
	}

	void authenticated(String endpoint, @Nullable InetSocketAddress address, boolean accepted,
			@Nullable String userId) {
		this.losses.authenticated(true);
		this.publisher.accept(new ZmqPeerAuthenticatedEvent(this.source, this.socket, endpoint,
				EndpointPeers.text(address), accepted, userId));
	}

	/** Report each refusal: an audit may want all of them. */
	void authenticationFailed(String endpoint, @Nullable InetSocketAddress address, boolean accepted, int status,
			String reason) {
		this.losses.authenticated(false);
		this.failures.accept(endpoint + ": " + reason);
		this.publisher.accept(new ZmqSocketAuthenticationFailedEvent(this.source, this.socket, endpoint,
				EndpointPeers.text(address), accepted, status, reason));
	}

	private boolean isWorthReporting(String endpoint) {
		long now = System.nanoTime();
		Long last = this.reported.get(endpoint);
		if (last != null && now - last < QUIET_NANOS) {
			return false;
		}
		this.reported.put(endpoint, now);
		return true;
	}

	/**
	 * Receives what is counted, on I/O threads: messages that cannot be sent or are not
	 * received, and peers that were authenticated or refused.
	 *
	 * @since 0.1.0
	 */
	public interface Losses {

		/** Forgets them. */
		Losses NONE = new Losses() {
		};

		/**
		 * A connection that ends took messages and did not send them.
		 * @param messages how many
		 */
		default void lost(long messages) {
		}

		/**
		 * A queue of messages ends with its connection.
		 * @param queue the queue
		 */
		default void abandoned(SocketPipe queue) {
		}

		/**
		 * Messages were refused before the socket received them.
		 * @param messages how many
		 */
		default void refused(long messages) {
		}

		/**
		 * A peer was authenticated, or one of both sides was refused.
		 * @param allowed whether it was let in
		 */
		default void authenticated(boolean allowed) {
		}

	}

}
