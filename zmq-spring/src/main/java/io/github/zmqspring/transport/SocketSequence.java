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

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import io.github.zmqspring.core.ReturnPathMode;
import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SequenceDefinition.Scope;
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
 * it has sent, a subscriber reports what it missed and fetches it. The replay goes over
 * sockets of its own, which are opened and closed with this one: one for a publisher, and
 * one for each that a subscriber connects to, unless their replay endpoints follow from
 * their hosts.
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

	private final List<NamedSocket> replays;

	/** Finds the endpoint that is connected for one that was given. */
	private final Function<String, @Nullable String> resolved;

	private final ReplayPauses pauses;

	private final LogLimiter log;

	/** Serialises fetches: a late end of one must not be taken for that of the next. */
	private final Object fetching = new Object();

	private volatile @Nullable ManagedSocket socket;

	private @Nullable MessageFlow server;

	SocketSequence(SocketDefinition definition, SequenceDefinition sequence, SocketCounters counters,
			SocketEnvironment environment, Function<String, @Nullable String> resolved) {
		this.definition = definition;
		this.sequence = sequence;
		this.counters = counters;
		this.events = environment.events();
		this.resolved = resolved;
		this.replays = replays(definition, sequence).stream()
			.map((replay) -> new NamedSocket(replay, environment))
			.toList();
		this.pauses = new ReplayPauses(sequence.replayTimeout());
		this.log = new LogLimiter(logger, "Socket '" + definition.name() + "', its sequence");
	}

	static @Nullable SocketSequence of(SocketDefinition definition, SocketCounters counters,
			SocketEnvironment environment, Function<String, @Nullable String> resolved) {
		SequenceDefinition sequence = definition.sequence();
		return (sequence != null) ? new SocketSequence(definition, sequence, counters, environment, resolved) : null;
	}

	private static List<SocketDefinition> replays(SocketDefinition definition, SequenceDefinition sequence) {
		String name = definition.name() + ".replay";
		List<String> endpoints = sequence.replay();
		if (endpoints.isEmpty()) {
			return List.of();
		}
		if (definition.traits().publishes()) {
			return List.of(replay(definition, SocketType.ROUTER, name).bind(endpoints)
				.returnPath(ReturnPathMode.IDENTITY)
				.build());
		}
		List<SocketDefinition> replays = new ArrayList<>();
		for (String endpoint : endpoints) {
			SocketDefinitionBuilder asks = replay(definition, SocketType.DEALER,
					(endpoints.size() == 1) ? name : name + "." + (replays.size() + 1));
			if (!sequence.replaysAtHost()) {
				asks.connect(endpoint);
			}
			replays.add(asks.returnPath(ReturnPathMode.NONE).option(SocketOption.RECEIVE_HWM, MOST_REPLIES).build());
		}
		return replays;
	}

	private static SocketDefinitionBuilder replay(SocketDefinition definition, SocketType type, String name) {
		Map<SocketOption, Object> options = new EnumMap<>(SocketOption.class);
		options.putAll(definition.options().values());
		options.keySet().removeIf((option) -> OWN.contains(option) || !option.appliesTo(type));
		return SocketDefinition.builder(name, type).options(SocketOptions.of(options)).security(definition.security());
	}

	/** Return the sockets of the replay. */
	List<NamedSocket> replays() {
		return this.replays;
	}

	/** Prepare a socket that is neither bound nor connected yet. */
	void open(ManagedSocket opened) {
		this.socket = opened;
		if (this.definition.traits().publishes()) {
			SequenceNumbers numbers = new SequenceNumbers(this.sequence);
			opened.number(numbers);
			if (!this.replays.isEmpty()) {
				ReplayServer served = new ReplayServer(this.replays.get(0).open(), this.sequence, numbers);
				this.server = served.start();
			}
		}
		else {
			opened.follow(this.sequence, this);
			this.replays.forEach(NamedSocket::open);
		}
	}

	void close() {
		this.socket = null;
		this.pauses.clear();
		MessageFlow serving = this.server;
		this.server = null;
		if (serving != null) {
			serving.stop(STOP_NANOS);
		}
		this.replays.forEach(NamedSocket::close);
		this.log.flush();
	}

	@Override
	public boolean fetches(SequenceGap gap) {
		ManagedSocket open = this.socket;
		Source from = source(gap);
		if (open == null || from == null || pause(from) != null) {
			return false;
		}
		Thread thread = new Thread(() -> fetch(open, from, gap), "zmq-" + this.definition.name() + "-replay");
		thread.setDaemon(true);
		thread.start();
		return true;
	}

	/** Return why a replay is not asked now, or {@code null} if it is. */
	private @Nullable String pause(Source from) {
		// a socket of all hosts says nothing of one of them
		boolean connected = !this.sequence.replaysAtHost() && from.socket().peers().peers() > 0;
		return this.pauses.reason(from.endpoint(), connected);
	}

	/** Find the replay of the publisher whose messages are missing. */
	private @Nullable Source source(SequenceGap gap) {
		List<String> endpoints = this.sequence.replay();
		String publisher = gap.publisher();
		if (endpoints.isEmpty()) {
			return null;
		}
		if (this.sequence.replaysAtHost()) {
			String host = host(gap);
			return (host != null)
					? new Source(this.replays.get(0), endpoints.get(0).replace(SequenceDefinition.HOST, host)) : null;
		}
		List<String> connect = this.definition.connect();
		if (endpoints.size() == 1 && (publisher == null || connect.size() != 1 || this.sequence.per() == Scope.TOPIC)) {
			return new Source(this.replays.get(0), endpoints.get(0));
		}
		for (int i = 0; i < Math.min(connect.size(), endpoints.size()); i++) {
			if (connect.get(i).equals(publisher) || Objects.equals(this.resolved.apply(connect.get(i)), publisher)) {
				return new Source(this.replays.get(i), endpoints.get(i));
			}
		}
		return null;
	}

	private static @Nullable String host(SequenceGap gap) {
		String publisher = gap.publisher();
		String address = (publisher != null) ? publisher : gap.message().peerAddress();
		if (address == null || address.lastIndexOf(':') < 0) {
			return null;
		}
		String host = address.substring((address.contains("://")) ? address.indexOf("://") + 3 : 0,
				address.lastIndexOf(':'));
		// what is in front of the ; is the address to connect from
		return host.substring(host.lastIndexOf(';') + 1);
	}

	private void fetch(ManagedSocket open, Source from, SequenceGap gap) {
		synchronized (this.fetching) {
			ReplayClient client = new ReplayClient(from.socket(), from.endpoint(), this.sequence, gap);
			try {
				if (from.socket().socket() != null && !from.socket().connected().contains(from.endpoint())) {
					ReplayClient.reopen(from.socket(), from.endpoint());
				}
				client.fetch((message) -> handOver(open, message));
			}
			catch (ZmqException ex) {
				logger.debug("The replay for socket '" + this.definition.name() + "' ended", ex);
			}
			catch (RuntimeException | Error ex) {
				logger.error("The replay for socket '" + this.definition.name() + "' failed", ex);
			}
			if (client.isSilent()) {
				this.pauses.silent(from.endpoint(), String.valueOf(client.trouble()), client.isAway());
			}
			else {
				this.pauses.answered(from.endpoint());
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
		boolean unserved = !this.sequence.replay().isEmpty() && gap.missing() > 0;
		report(gap, 0, (unserved) ? unserved(gap) : null);
	}

	private String unserved(SequenceGap gap) {
		Source from = source(gap);
		if (from == null) {
			return "none of the replay endpoints is that of this publisher";
		}
		String pause = pause(from);
		return (pause != null) ? pause : "the replay endpoint " + from.endpoint() + " could not be asked";
	}

	private void report(SequenceGap gap, long recovered, @Nullable String trouble) {
		long missed = gap.missing() - recovered;
		this.counters.missed(missed);
		this.counters.recovered(recovered);
		String topic = BytesText.of(gap.message().frame(0));
		String publisher = gap.publisher();
		StringBuilder line = new StringBuilder("Socket '" + this.definition.name() + "', topic '" + topic + "'"
				+ ((publisher != null) ? " of " + publisher : "") + ": ");
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
				gap.expected(), gap.received(), missed, recovered, gap.restart(), publisher, trouble));
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

	/**
	 * Where what is missing is fetched from.
	 *
	 * @param socket the socket that asks
	 * @param endpoint the endpoint that it is connected to
	 */
	private record Source(NamedSocket socket, String endpoint) {
	}

}
