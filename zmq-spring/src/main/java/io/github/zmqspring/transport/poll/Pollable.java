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

package io.github.zmqspring.transport.poll;

import java.nio.channels.SelectableChannel;
import java.util.List;

import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

/**
 * A socket as the poller sees it.
 *
 * @since 0.1.0
 */
public interface Pollable {

	/**
	 * Return the channel that is readable when there may be something to do.
	 * @return the channel
	 */
	SelectableChannel signal();

	/**
	 * Note that a visit is going to come, so that none is requested until then. Called on
	 * the poller's thread.
	 * @return {@code false} if a visit was pending already
	 */
	boolean markVisitPending();

	/**
	 * Do what there is to do: wake readers and senders, or read for an inline handler.
	 * Called on the poller's thread.
	 * @param inline takes what is read for an inline handler
	 * @return what was found
	 */
	Visit visit(List<ZmqMessage> inline);

	/**
	 * Return whether a thread waits that only the poller would wake. Called without the
	 * socket's lock.
	 * @return {@code true} if there is such a thread
	 */
	boolean isWaitedFor();

	/**
	 * What a visit found.
	 *
	 * @param handler gets the messages that were read, or {@code null} if there are none
	 * @param progress whether there was anything to do
	 * @param needed whether the poller has to watch the signal, because no other thread
	 * does
	 */
	record Visit(@Nullable InlineHandler handler, boolean progress, boolean needed) {

		/** The result of a visit to a closed socket. */
		public static final Visit IDLE = new Visit(null, false, true);

	}

	/**
	 * Handles messages on the poller's thread, without the socket's lock.
	 */
	@FunctionalInterface
	interface InlineHandler {

		/**
		 * Handle what was read.
		 * @param messages the messages
		 * @return whether the caller may use the list again
		 */
		boolean handle(List<ZmqMessage> messages);

	}

}
