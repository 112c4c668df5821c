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

package io.github.zmqspring.event;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;

/**
 * The numbers of published messages left some out, or began anew, because the publisher
 * was restarted. Where the socket has a replay endpoint the event is published after the
 * attempt to fetch what is missing. Published on a thread of the library.
 *
 * @since 0.1.0
 */
public class ZmqSequenceGapEvent extends ApplicationEvent {

	private final String socket;

	private final String topic;

	private final long expected;

	private final long received;

	private final long missed;

	private final long recovered;

	private final boolean restart;

	private final @Nullable String publisher;

	private final @Nullable String reason;

	/**
	 * Create the event.
	 * @param source the publisher of the event
	 * @param socket the logical name of the socket
	 * @param topic the topic of the message that came instead
	 * @param expected the number that was next
	 * @param received the number that came instead
	 * @param missed how many messages are lost for good
	 * @param recovered how many were fetched
	 * @param restart whether the numbers began anew
	 * @param publisher the endpoint of the publisher, as far as it is known
	 * @param reason why not all of them were fetched, where there is a replay
	 */
	public ZmqSequenceGapEvent(Object source, String socket, String topic, long expected, long received, long missed,
			long recovered, boolean restart, @Nullable String publisher, @Nullable String reason) {
		super(source);
		this.socket = socket;
		this.topic = topic;
		this.expected = expected;
		this.received = received;
		this.missed = missed;
		this.recovered = recovered;
		this.restart = restart;
		this.publisher = publisher;
		this.reason = reason;
	}

	/**
	 * Return the logical name of the socket.
	 * @return the name
	 */
	public String getSocket() {
		return this.socket;
	}

	/**
	 * Return the topic of the message that came instead.
	 * @return the topic, as {@code @ZmqTopic String} gives it
	 */
	public String getTopic() {
		return this.topic;
	}

	/**
	 * Return the number that was next.
	 * @return the number, unsigned
	 */
	public long getExpected() {
		return this.expected;
	}

	/**
	 * Return the number that came instead.
	 * @return the number, unsigned
	 */
	public long getReceived() {
		return this.received;
	}

	/**
	 * Return how many messages are lost for good. What the publisher sent before it was
	 * restarted, and did not arrive, is not known.
	 * @return the number of messages
	 */
	public long getMissed() {
		return this.missed;
	}

	/**
	 * Return how many messages were fetched from the replay endpoint.
	 * @return the number of messages
	 */
	public long getRecovered() {
		return this.recovered;
	}

	/**
	 * Return whether the numbers began anew: the publisher was restarted.
	 * @return {@code false} for a gap
	 */
	public boolean isRestart() {
		return this.restart;
	}

	/**
	 * Return the publisher whose messages they are.
	 * @return the endpoint that the socket connects to; {@code null} for a publisher that
	 * connects to the socket
	 */
	public @Nullable String getPublisher() {
		return this.publisher;
	}

	/**
	 * Return why not all that is missing was fetched: the replay endpoint is away or does
	 * not answer, or the publisher no longer has it.
	 * @return the reason; {@code null} where all was fetched, or there is no replay
	 */
	public @Nullable String getReason() {
		return this.reason;
	}

}
