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
 * What became of a listener's messages, at one moment.
 *
 * @param active messages being handled
 * @param handled messages handled
 * @param failed messages whose method threw an exception
 * @param unreadable messages that did not fit the method's parameters
 * @param filtered messages that the filter rejected
 * @param unhandled messages read but not handled before the listener stopped
 * @param undeliverable replies whose peer had gone or did not read
 * @param deadLettered messages that the dead-letter socket took
 * @param discarded results that went nowhere: the socket sends no replies, and no
 * {@code @SendTo} names another
 * @param notLogged failures that were left out of the log, since there were too many
 * @param lastError the last failure, without its payload, or {@code null}
 * @param busy the time spent in handlers
 * @since 0.1.0
 */
public record ListenerCounts(int active, long handled, long failed, long unreadable, long filtered, long unhandled,
		long undeliverable, long deadLettered, long discarded, long notLogged, @Nullable String lastError,
		Duration busy) {

	/**
	 * Return these counts with more active messages.
	 * @param more how many more
	 * @return new counts
	 */
	public ListenerCounts plusActive(int more) {
		return new ListenerCounts(this.active + more, this.handled, this.failed, this.unreadable, this.filtered,
				this.unhandled, this.undeliverable, this.deadLettered, this.discarded, this.notLogged, this.lastError,
				this.busy);
	}

}
