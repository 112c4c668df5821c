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
import io.github.zmqspring.transport.poll.MailboxSignal;
import io.github.zmqspring.transport.poll.SocketPoller;

/**
 * A socket as its readers see it. All methods take the socket's lock themselves where
 * they need it.
 *
 * @since 0.1.0
 */
public interface LaneSource {

	/**
	 * Read for a lane, or else list it as idle.
	 * @param lane the lane, on its thread
	 * @param into takes the messages
	 * @param most how many to read at most
	 * @return how many were read; 0 means that the lane must sleep until it is woken
	 */
	int drain(Lane lane, List<ZmqMessage> into, int most);

	/**
	 * Take a lane off the list of idle ones, because it does something else than wait. If
	 * it was woken meanwhile, another reader is woken in its place.
	 * @param lane the lane, on its thread
	 */
	void leave(Lane lane);

	/**
	 * Let a reader go.
	 * @param reader the reader
	 * @return what was read for it and not fetched
	 */
	List<ZmqMessage> detach(Reader reader);

	/**
	 * Go on reading for a reader that was paused.
	 * @param reader the reader
	 */
	void resumed(Reader reader);

	/**
	 * Give an idle lane something else to do; nothing happens if there is none. Called on
	 * the poller's thread.
	 * @param lanes the lanes
	 * @param action what to do
	 */
	void wakeIdle(LaneGroup lanes, Runnable action);

	/**
	 * Read ahead, as {@link MessageFlow#lookAhead} says.
	 * @param taken what to take out
	 * @return what was taken
	 */
	List<ZmqMessage> lookAhead(Predicate<ZmqMessage> taken);

	/**
	 * Make the poller come by.
	 */
	void requestVisit();

	/**
	 * Return whether the socket is open.
	 * @return {@code false} once it is closed, for good
	 */
	boolean isOpen();

	/**
	 * Return the signal that a lane may wait for itself.
	 * @return the signal
	 */
	MailboxSignal signal();

	/**
	 * Return the poller that watches the socket.
	 * @return the poller
	 */
	SocketPoller poller();

}
