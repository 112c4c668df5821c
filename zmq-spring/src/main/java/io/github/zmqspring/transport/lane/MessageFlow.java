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

package io.github.zmqspring.transport.lane;

import java.util.List;
import java.util.function.Predicate;

import io.github.zmqspring.core.ZmqMessage;

/**
 * The stream of messages from one socket to its handler, which can be paused and ended.
 * All methods may be called from any thread.
 *
 * @since 0.1.0
 */
public interface MessageFlow {

	/**
	 * Read no more until {@link #resume()}: messages stay with ZeroMQ, whose high-water
	 * marks then hold the senders back. Those already read are still handled.
	 */
	void pause();

	/**
	 * Go on reading.
	 */
	void resume();

	/**
	 * Read what is there, though no thread of the flow is free for it, and take out some
	 * of it. The rest is kept for the handler, up to a few hundred messages.
	 * @param taken what to take out, asked with the socket's lock held
	 * @return what was taken, in its order; none of a closed socket
	 */
	List<ZmqMessage> lookAhead(Predicate<ZmqMessage> taken);

	/**
	 * Read no more until {@link #release()}, like {@link #pause()}; for the handler
	 * itself, when it has too much under way. Reading goes on when neither holds it back.
	 */
	void hold();

	/**
	 * Undo {@link #hold()}.
	 */
	void release();

	/**
	 * Read no more, wait for the handlers that run, and leave the socket. What has been
	 * read and not handled when the time is over goes to {@link LaneHandler#unhandled};
	 * handlers that still run are interrupted.
	 * @param timeoutNanos how long to wait for them, in nanoseconds
	 * @return how many messages had been read but not handled by then
	 */
	int stop(long timeoutNanos);

	/**
	 * Return whether nothing has been read that is not handled.
	 * @return {@code true} if all threads of the flow wait for messages, or have ended
	 */
	boolean isIdle();

	/**
	 * Return whether the socket is still the one that the flow began with: a closed
	 * socket gives it nothing more, even if the name is opened again.
	 * @return {@code false} when it was closed
	 */
	boolean isOpen();

	/**
	 * Return whether the calling thread is one of those that run the handler. Such a
	 * thread cannot wait for the end of the flow.
	 * @return {@code true} for such a thread
	 */
	boolean isOwn();

	/**
	 * Return whether all threads that should run do.
	 * @return {@code false} when one died
	 */
	boolean isAlive();

}
