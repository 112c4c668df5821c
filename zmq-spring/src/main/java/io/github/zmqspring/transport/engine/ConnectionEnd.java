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

package io.github.zmqspring.transport.engine;

import io.github.zmqspring.transport.zmtp.FrameException;
import org.jspecify.annotations.Nullable;
import zmq.io.StreamEngine.ErrorReason;

/**
 * Why a connection ended.
 *
 * @param reason the kind of reason
 * @param detail what happened, to read in a log; quotes nothing that the peer sent
 * @param cause what was thrown, if anything was
 * @param status the status code (RFC 27) of a refusal, sent or received: 300, 400 or 500;
 * 0 for none
 * @since 0.1.0
 */
public record ConnectionEnd(Reason reason, String detail, @Nullable Throwable cause, int status) {

	/** What is said of a peer that closes the connection before it has greeted. */
	public static final String UNGREETED = "a peer did not finish ZeroMQ's greeting: it does not speak ZMTP, "
			+ "has another security mechanism, or was too slow";

	/**
	 * An end that nothing was thrown for.
	 * @param reason the kind of reason
	 * @param detail what happened
	 */
	public ConnectionEnd(Reason reason, String detail) {
		this(reason, detail, null, 0);
	}

	/**
	 * A peer was refused, or refused us.
	 * @param status its status code (RFC 27): 300, 400, 500, or 0 for none
	 * @param detail why
	 * @return the end
	 */
	public static ConnectionEnd refused(int status, String detail) {
		return new ConnectionEnd(Reason.AUTHENTICATION, detail, null, status);
	}

	static ConnectionEnd hungUp(String when, String ownType) {
		return new ConnectionEnd(Reason.HUNG_UP, "the peer hung up %s a %s".formatted(when, ownType));
	}

	/** Return the end of a connection whose peer sent what it must not. */
	static ConnectionEnd of(FrameException refusal) {
		return new ConnectionEnd((refusal.isOverLimit()) ? Reason.LIMIT : Reason.PROTOCOL,
				String.valueOf(refusal.getMessage()));
	}

	/** What JeroMQ calls it. */
	ErrorReason errorReason() {
		return switch (this.reason) {
			case HANDSHAKE_TIMEOUT, SILENT -> ErrorReason.TIMEOUT;
			default -> ErrorReason.CONNECTION;
		};
	}

	/** Whether neither side did anything wrong. */
	boolean isOrdinary() {
		return switch (this.reason) {
			case PEER, LOCAL, HANDSHAKE_TIMEOUT, SILENT -> true;
			default -> false;
		};
	}

	/**
	 * The kinds of reasons.
	 */
	public enum Reason {

		/** The peer closed the connection, or the network did. */
		PEER,

		/** The socket was closed, unbound or disconnected on our side. */
		LOCAL,

		/** The handshake took too long. */
		HANDSHAKE_TIMEOUT,

		/** The peer has another security mechanism, or speaks no ZMTP. */
		MECHANISM,

		/** The peer closed the connection in its handshake, and did not say why. */
		HUNG_UP,

		/** The peer's socket type does not fit ours. */
		SOCKET_TYPE,

		/** Another connection has the routing id of the peer. */
		ROUTING_ID,

		/**
		 * The socket keeps another connection instead: a PAIR has one peer, and a ROUTER
		 * one for each routing id.
		 */
		DISPLACED,

		/** The peer, or we, refused the other's credentials. */
		AUTHENTICATION,

		/** The peer sent what ZMTP does not allow. */
		PROTOCOL,

		/** The peer sent more than a limit allows. */
		LIMIT,

		/** The peer was silent for longer than its heartbeats allow. */
		SILENT,

		/** Something was thrown while the connection was served. */
		ERROR

	}

}
