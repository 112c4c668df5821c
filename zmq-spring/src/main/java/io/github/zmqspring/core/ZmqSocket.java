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

import org.jspecify.annotations.Nullable;

/**
 * One open socket as the template and other senders see it. All methods may be called
 * from any thread.
 *
 * @since 0.1.0
 */
public interface ZmqSocket {

	/**
	 * Return what the socket was opened with.
	 * @return the definition
	 */
	SocketDefinition definition();

	/**
	 * Send a message, all of it or nothing, on the calling thread. An interrupt does not
	 * end the wait; the flag is kept.
	 * @param frames the frames; ZeroMQ keeps the arrays, so they must not be changed
	 * afterwards
	 * @param timeoutNanos how long to wait for a peer that can take it; 0 or less does
	 * not wait
	 * @return what became of it
	 */
	SendResult send(byte[][] frames, long timeoutNanos);

	/**
	 * Receive a message on the calling thread.
	 * @param timeoutNanos how long to wait for one; 0 or less does not wait
	 * @return the message, or {@code null} when none came in time
	 * @throws ZmqSocketClosedException when the socket is or becomes closed
	 * @throws ZmqUnsupportedOperationException when the type does not receive, or a
	 * listener does
	 */
	@Nullable ZmqMessage receive(long timeoutNanos);

}
