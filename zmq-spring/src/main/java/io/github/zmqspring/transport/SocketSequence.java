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

package io.github.zmqspring.transport;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.ReturnPathMode;
import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketDefinitionBuilder;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.event.ZmqSequenceGapEvent;
import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.support.LogLimiter;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.SequenceGap;
import io.github.zmqspring.transport.wire.SequenceNumbers;
import io.github.zmqspring.transport.wire.SequenceTracker;
import io.github.zmqspring.transport.wire.SocketCounters;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * The numbers of one socket's published messages: a publisher gives them and serves what
 * it has sent, a subscriber reports what it missed and fetches it. The replay goes over a
 * socket of its own, which is opened and closed with this one.
 */
final class SocketSequence implements SequenceTracker.Listener {

	private static final Log logger = LogFactory.getLog(SocketSequence.class);

	/** Options that a replay socket does not take over from its socket. */
	private static final Set<SocketOption> OWN = EnumSet.of(SocketOption.CONFLATE, SocketOption.ROUTING_ID,
			SocketOption.CONNECT_ROUTING_ID, SocketOption.SEND_HWM, SocketOption.RECEIVE_HWM,
			SocketOption.RECEIVE_TIMEOUT, SocketOption.IMMEDIATE);

	private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final long ROOM_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	/** Fetched messages that may wait for a reader. */
	private static final int MOST_FETCHED = 1000;

	/** As many as vLLM keeps: its ROUTER drops what is not read. */
	private static final int MOST_REPLIES = 10_000;

	private final SocketDefinition definition;

	private final SequenceDefinition sequence;

	private final SocketCounters counters;

	private final SocketEvents events;

	private final @Nullable NamedSocket replay;

	private final LogLimiter log;

	/** Serialises fetches: a late end of one must not be taken for that of the next. */
	private final Object fetching = new Object();

	private volatile @Nullable ManagedSocket socket;

	private @Nullable MessageFlow server;

	SocketSequence(SocketDefinition definition, SequenceDefinition sequence, SocketCounters counters,
			SocketEnvironment environment) {
		this.definition = definition;
		this.sequence = sequence;
		this.counters = counters;
		this.events = environment.events();
		this.replay = (sequence.replay() != null) ? new NamedSocket(replay(definition, sequence.replay()), environment)
				: null;
		this.log = new LogLimiter(logger, "Socket '" + definition.name() + "', its sequence");
	}

	static @Nullable SocketSequence of(SocketDefinition definition, SocketCounters counters,
			SocketEnvironment environment) {
		SequenceDefinition sequence = definition.sequence();
		return (sequence != null) ? new SocketSequence(definition, sequence, counters, environment) : null;
	}

	private static SocketDefinition replay(SocketDefinition definition, String endpoint) {
		boolean serves = definition.traits().publishes();
		SocketType type = (serves) ? SocketType.ROUTER : SocketType.DEALER;
		Map<SocketOption, Object> options = new EnumMap<>(SocketOption.class);
		options.putAll(definition.options().values());
		options.keySet().removeIf((option) -> OWN.contains(option) || !option.appliesTo(type));
		SocketDefinitionBuilder builder = SocketDefinition.builder(definition.name() + ".replay", type)
			.options(SocketOptions.of(options))
			.security(definition.security());
		return (serves) ? builder.bind(endpoint).returnPath(ReturnPathMode.IDENTITY).build()
				: builder.connect(endpoint)
					.returnPath(ReturnPathMode.NONE)
					.option(SocketOption.RECEIVE_HWM, MOST_REPLIES)
					.build();
	}

	/** Prepare a socket that is neither bound nor connected yet. */
	void open(ManagedSocket opened) {
		this.socket = opened;
		if (this.definition.traits().publishes()) {
			SequenceNumbers numbers = new SequenceNumbers(this.sequence);
			opened.number(numbers);
			if (this.replay != null) {
				ReplayServer served = new ReplayServer(this.replay.open(), this.sequence, numbers);
				this.server = served.start();
			}
		}
		else {
			opened.follow(this.sequence, this);
			if (this.replay != null) {
				this.replay.open();
			}
		}
	}

	void close() {
		this.socket = null;
		MessageFlow serving = this.server;
		this.server = null;
		if (serving != null) {
			serving.stop(STOP_NANOS);
		}
		if (this.replay != null) {
			this.replay.close();
		}
		this.log.flush();
	}

	@Override
	public boolean fetches(SequenceGap gap) {
		ManagedSocket open = this.socket;
		NamedSocket from = this.replay;
		if (open == null || from == null) {
			return false;
		}
		Thread thread = new Thread(() -> fetch(open, from, gap), "zmq-" + this.definition.name() + "-replay");
		thread.setDaemon(true);
		thread.start();
		return true;
	}

	private void fetch(ManagedSocket open, NamedSocket from, SequenceGap gap) {
		synchronized (this.fetching) {
			ReplayClient client = new ReplayClient(from, this.sequence, gap);
			try {
				client.fetch((message) -> handOver(open, message));
			}
			catch (ZmqException ex) {
				logger.debug("The replay for socket '" + this.definition.name() + "' ended", ex);
			}
			catch (RuntimeException | Error ex) {
				logger.error("The replay for socket '" + this.definition.name() + "' failed", ex);
			}
			report(gap, client.recovered(), client.trouble());
			open.release();
			if (this.socket == open) {
				client.finish();
			}
		}
	}

	/** Wait while a slow or paused reader holds the replay back. */
	private void handOver(ManagedSocket open, ZmqMessage message) {
		int waiting = open.fetched(List.of(message));
		while (waiting > MOST_FETCHED && this.socket == open) {
			LockSupport.parkNanos(ROOM_NANOS);
			waiting = open.fetched(List.of());
		}
	}

	@Override
	public void missed(SequenceGap gap) {
		report(gap, 0, null);
	}

	private void report(SequenceGap gap, long recovered, @Nullable String trouble) {
		long missed = gap.missing() - recovered;
		this.counters.missed(missed);
		this.counters.recovered(recovered);
		String topic = BytesText.of(gap.message().frame(0));
		StringBuilder line = new StringBuilder("Socket '" + this.definition.name() + "', topic '" + topic + "': ");
		line.append((gap.restart())
				? "the publisher was restarted, its numbers went from %s to %s"
					.formatted(Long.toUnsignedString(gap.expected()), Long.toUnsignedString(gap.received()))
				: "expected number %s and received %s".formatted(Long.toUnsignedString(gap.expected()),
						Long.toUnsignedString(gap.received())));
		if (recovered > 0) {
			line.append(", ").append(recovered).append(" messages were fetched");
		}
		if (missed > 0) {
			line.append(", ").append(missed).append(" messages were missed");
		}
		if (trouble != null) {
			line.append(": ").append(trouble);
		}
		if (missed > 0) {
			this.counters.failed(line.toString());
		}
		this.log.warn(line.toString(), null);
		this.events.inBackground(new ZmqSequenceGapEvent(this.events.source(), this.definition.name(), topic,
				gap.expected(), gap.received(), missed, recovered, gap.restart()));
	}

	@Override
	public void duplicate() {
		this.counters.duplicate();
	}

	@Override
	public void unnumbered(ZmqMessage message) {
		this.log.warn("Socket '%s' received a message of topic '%s' whose frame %d is no number of the type %s: %s"
			.formatted(this.definition.name(), BytesText.of(message.frame(0)), this.sequence.frame(),
					this.sequence.type(), message),
				null);
	}

}
