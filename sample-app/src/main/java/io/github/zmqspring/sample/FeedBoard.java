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

package io.github.zmqspring.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.event.ZmqSequenceGapEvent;

import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

/**
 * Subscribes to the numbered feed, and shows what came live and what was fetched.
 */
@Component
class FeedBoard {

	private static final int SHOWN = 24;

	private final ZmqSockets sockets;

	private final EventHub events;

	private final Deque<Entry> entries = new ArrayDeque<>();

	/** The numbers from here on, up to the next one, are fetched. */
	private long gapFrom = Long.MAX_VALUE;

	private long gapTo;

	FeedBoard(ZmqSockets sockets, EventHub events) {
		this.sockets = sockets;
		this.events = events;
	}

	@ZmqListener("feed-in")
	synchronized void received(@Payload String text, @Header(ZmqHeaders.SEQUENCE) long number) {
		this.entries.addLast(new Entry(number, number >= this.gapFrom && number < this.gapTo));
		while (this.entries.size() > SHOWN) {
			this.entries.removeFirst();
		}
		show();
	}

	@EventListener
	synchronized void mended(ZmqSequenceGapEvent gap) {
		if (!gap.getSocket().equals("feed-in")) {
			return;
		}
		this.gapFrom = gap.getExpected();
		this.gapTo = gap.getReceived();
		List<Entry> before = List.copyOf(this.entries);
		this.entries.clear();
		for (Entry entry : before) {
			boolean fetched = entry.number() >= this.gapFrom && entry.number() < this.gapTo;
			this.entries.addLast(new Entry(entry.number(), entry.fetched() || fetched));
		}
		show();
	}

	private void show() {
		SocketStatus status = this.sockets.status("feed-in");
		this.events.publish(EventHub.FEED, new Feed(List.copyOf(this.entries), status.recovered(), status.missed()));
	}

	/**
	 * What the page shows.
	 *
	 * @param entries the newest messages
	 * @param recovered how many were fetched since the start
	 * @param missed how many are missing for good
	 */
	record Feed(List<Entry> entries, long recovered, long missed) {

	}

	/**
	 * A message.
	 *
	 * @param number its number
	 * @param fetched whether it came from the replay
	 */
	record Entry(long number, boolean fetched) {

	}

}
