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

import java.nio.ByteBuffer;

import io.github.zmqspring.transport.zmtp.FrameException;
import org.jspecify.annotations.Nullable;
import zmq.Msg;

/**
 * What a connection does at one time of its life: greet, prove who it is, wait, exchange
 * messages. Called on its I/O thread. What it throws ends the connection, a
 * {@link FrameException} as the fault of the peer.
 */
interface Stage {

	/**
	 * Take bytes that are no frames: before the version of ZMTP is known, and of raw TCP.
	 * @param data what was received; what is not taken comes again, in the stage that is
	 * entered meanwhile
	 * @return whether the socket takes more now; if not, the same data comes again
	 */
	default boolean receive(ByteBuffer data) {
		throw new IllegalStateException("bytes without frames");
	}

	/**
	 * Take a frame.
	 * @param frame the frame
	 * @return whether it was taken; if not, it comes again when the socket takes
	 * messages, and no other before
	 */
	boolean receive(Msg frame);

	/** Return the next frame to send, or {@code null} if there is none now. */
	@Nullable Msg next();

	/** Move bytes that are no frames to what is sent before any frame. */
	default void write(ByteBuffer to) {
	}

	/** Whether there is a rest of a message that was taken from the socket. */
	default boolean hasRest() {
		return false;
	}

	/** The authenticator answered. */
	default void authenticated() {
	}

	/**
	 * Return why the connection has to end, if that is decided: the peer may end it
	 * first.
	 */
	default @Nullable ConnectionEnd verdict() {
		return null;
	}

	/** Return what it means that the peer closes the connection now. */
	default ConnectionEnd hungUp() {
		return new ConnectionEnd(ConnectionEnd.Reason.PEER, "the peer closed the connection");
	}

	/** Whether messages flow: the handshake is over. */
	default boolean isReady() {
		return false;
	}

	/** The connection ended, or goes on to another stage. */
	default void leave() {
	}

}
