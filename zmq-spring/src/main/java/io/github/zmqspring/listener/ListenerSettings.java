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
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * What listeners do unless their annotation says otherwise: {@code zmq.listener}.
 *
 * @param concurrency how many messages may be handled at once
 * @param autoStartup whether listeners start with the application
 * @param executorName {@code inline}, or the name of {@code executor}
 * @param executor where lanes take their threads from, or {@code null} for their own
 * @param maxBatchSize the most messages of a batch
 * @param batchTimeout how long a batch waits to be filled; zero takes what is there
 * @param maxPendingResults how many results that come later a listener may wait for
 * @param inlineLimit how long an inline listener may keep the poller before it is
 * reported
 * @param idleEventInterval after what time without a message an event is published, or
 * {@code null} for never
 * @param retry when and how often a failed call is repeated
 * @param deadLetter the socket that gets what could not be handled
 * @param replyTimeout how long a reply may wait for its peer
 * @param shutdownTimeout how long running handlers may take to finish
 * @since 0.1.0
 */
public record ListenerSettings(int concurrency, boolean autoStartup, @Nullable String executorName,
		@Nullable Executor executor, int maxBatchSize, Duration batchTimeout, int maxPendingResults,
		Duration inlineLimit, @Nullable Duration idleEventInterval, Retry retry, @Nullable String deadLetter,
		Duration replyTimeout, Duration shutdownTimeout) {

	/**
	 * Return the defaults.
	 * @return settings for one lane a listener, without retries
	 */
	public static ListenerSettings defaults() {
		return new ListenerSettings(1, true, null, null, 500, Duration.ZERO, 256, Duration.ofSeconds(1), null,
				Retry.NONE, null, Duration.ofSeconds(5), Duration.ofSeconds(30));
	}

	/**
	 * Return whether a listener runs on the poller's thread.
	 * @param endpoint the listener
	 * @return {@code true} if its executor is {@code inline}
	 */
	public boolean isInline(ZmqListenerEndpoint endpoint) {
		return ZmqListenerEndpoint.INLINE.equals(endpoint.options().executorName(this));
	}

	/**
	 * When and how often a failed call is repeated.
	 *
	 * @param maxAttempts calls in all; 1 never repeats
	 * @param initialInterval the wait before the second call
	 * @param multiplier by what each further wait is longer
	 * @param maxInterval the longest wait
	 * @param blocking whether a message keeps its lane until its last attempt
	 */
	public record Retry(int maxAttempts, Duration initialInterval, double multiplier, Duration maxInterval,
			boolean blocking) {

		/** No repeats. */
		public static final Retry NONE = new Retry(1, Duration.ofMillis(100), 2.0, Duration.ofSeconds(10), true);

	}

}
