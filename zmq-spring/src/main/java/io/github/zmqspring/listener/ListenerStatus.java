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

package io.github.zmqspring.listener;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a listener is doing, at one moment.
 *
 * @param id its id
 * @param socket the logical name of its socket
 * @param state its state
 * @param alive whether all of its threads run
 * @param active how many messages are being handled
 * @param handled messages handled without an exception
 * @param failed messages whose method threw an exception on the last attempt
 * @param unreadable messages that could not be converted
 * @param filtered messages that the filter rejected
 * @param unhandled messages that were read but not handled before the listener stopped
 * @param undeliverable replies whose peer was gone
 * @param deadLettered messages sent to the dead-letter socket
 * @param discarded results that went nowhere, since the socket sends no replies and
 * {@code @SendTo} names no other
 * @param notLogged failures that were left out of the log, since there were too many
 * @param lastError the last failure, if there was one
 * @param blocksPollerFor how long its method has been blocking the poller's thread, if
 * that is longer than an inline listener may
 * @param handlingTime how long its threads have spent handling messages
 * @since 0.1.0
 */
public record ListenerStatus(String id, String socket, State state, boolean alive, int active, long handled,
		long failed, long unreadable, long filtered, long unhandled, long undeliverable, long deadLettered,
		long discarded, long notLogged, @Nullable String lastError, @Nullable Duration blocksPollerFor,
		Duration handlingTime) {

	/**
	 * The states of a listener.
	 */
	public enum State {

		/** Not started. */
		STOPPED,

		/** Reading. */
		RUNNING,

		/** Not reading; messages wait in the socket. */
		PAUSED

	}

}
