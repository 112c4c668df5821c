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
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.MimeType;

/**
 * How one listener differs from {@link ListenerSettings}. What is {@code null} is left to
 * the settings.
 *
 * @param topics the topics that it wants of its socket; none for those of the socket
 * @param concurrency how many messages may be handled at once
 * @param orderedBy the expression whose value says which messages are handled in order,
 * or {@code null} for no order among lanes
 * @param batch whether the method takes a list of what has arrived
 * @param maxBatchSize the most messages of a batch
 * @param batchTimeout how long a batch waits to be filled
 * @param executorName {@code inline}, or the name of {@code executor}
 * @param executor where lanes take their threads from
 * @param errorHandler decides about failures
 * @param filter rejects messages
 * @param retryPolicy says when a failed call is repeated
 * @param contentType the content type of the payloads, whatever the messages say, or
 * {@code null} to leave it to them
 * @param deadLetter the socket for what could not be handled, or {@code none}
 * @param timeout after what time without a message the method is called with nothing;
 * {@code null} for never
 * @param autoStartup whether the listener starts with the application
 * @param sendTo the sockets that get what the method returns
 * @since 0.1.0
 */
public record ListenerOptions(List<String> topics, @Nullable Integer concurrency, @Nullable String orderedBy,
		boolean batch, @Nullable Integer maxBatchSize, @Nullable Duration batchTimeout, @Nullable String executorName,
		@Nullable Executor executor, @Nullable ZmqListenerErrorHandler errorHandler, @Nullable ZmqMessageFilter filter,
		@Nullable RetryPolicy retryPolicy, @Nullable MimeType contentType, @Nullable String deadLetter,
		@Nullable Duration timeout, @Nullable Boolean autoStartup, List<String> sendTo) {

	public ListenerOptions {
		topics = List.copyOf(topics);
		sendTo = List.copyOf(sendTo);
	}

	/**
	 * Return how many messages may be handled at once.
	 * @param settings the settings of all listeners
	 * @return the number
	 */
	public int concurrency(ListenerSettings settings) {
		return (this.concurrency != null) ? this.concurrency : settings.concurrency();
	}

	int maxBatchSize(ListenerSettings settings) {
		return (this.maxBatchSize != null) ? this.maxBatchSize : settings.maxBatchSize();
	}

	Duration batchTimeout(ListenerSettings settings) {
		return (this.batchTimeout != null) ? this.batchTimeout : settings.batchTimeout();
	}

	@Nullable String executorName(ListenerSettings settings) {
		return (this.executorName != null) ? this.executorName : settings.executorName();
	}

	/**
	 * Return where threads come from.
	 * @param settings the settings of all listeners
	 * @return the executor, or {@code null} for own threads
	 */
	public @Nullable Executor executor(ListenerSettings settings) {
		return (this.executorName != null) ? this.executor : settings.executor();
	}

	boolean autoStartup(ListenerSettings settings) {
		return (this.autoStartup != null) ? this.autoStartup : settings.autoStartup();
	}

}
