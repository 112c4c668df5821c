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

package io.github.zmqspring.autoconfigure.actuate;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.core.status.RequestStatus;
import io.github.zmqspring.core.status.SocketDetails;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.transport.SocketRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Registers the meters of sockets.
 */
final class SocketMeters {

	private final SocketRegistry sockets;

	private final RequestOperations requests;

	/** Whether sends have a timer of their own, with a histogram. */
	private final boolean timed;

	SocketMeters(SocketRegistry sockets, RequestOperations requests, boolean timed) {
		this.sockets = sockets;
		this.requests = requests;
		this.timed = timed;
	}

	static Tags tags(SocketDefinition definition) {
		return Tags.of("socket", definition.name(), "type", definition.type().name().toLowerCase(Locale.ROOT));
	}

	MeterGroup<?> bind(MeterRegistry registry, String name) {
		SocketDefinition definition = this.sockets.definition(name);
		MeterGroup<SocketMeters> group = new MeterGroup<>(registry, this, tags(definition));
		group.counter("zmq.messages.sent", "Messages that ZeroMQ accepted", of(name, SocketStatus::sent))
			.counter("zmq.messages.received", "Messages read", of(name, SocketStatus::received))
			.counter("zmq.messages.rejected", "Sends that were refused: timeouts and unreachable peers",
					of(name, SocketStatus::rejected))
			.counter("zmq.messages.dropped", "Messages received that could not be used",
					of(name, SocketStatus::dropped))
			.counter("zmq.messages.lost", "Messages that ZeroMQ accepted and could not send",
					of(name, SocketStatus::lost))
			.counter("zmq.bytes.sent", "Bytes of the messages that ZeroMQ accepted", of(name, SocketStatus::sentBytes))
			.counter("zmq.bytes.received", "Bytes of the messages read", of(name, SocketStatus::receivedBytes))
			.gauge("zmq.peers", "Connected peers", of(name, SocketStatus::peers))
			.gauge("zmq.send.waiting", "Threads that wait for a peer to take their message",
					of(name, SocketStatus::waitingSenders));
		if (definition.sequence() != null && definition.traits().subscribes()) {
			group.counter("zmq.messages.missed", "Numbered messages that never came", of(name, SocketStatus::missed))
				.counter("zmq.messages.recovered", "Numbered messages that were missing and were fetched",
						of(name, SocketStatus::recovered))
				.counter("zmq.messages.duplicates", "Numbered messages that came twice, dropped the second time",
						of(name, SocketStatus::duplicates));
		}
		if (definition.sends() && !this.timed) {
			group.timer("zmq.send", "Sends, and the time that senders waited for a peer to have room",
					(all) -> (long) all.value(name, (status) -> status.sent() + status.rejected()),
					(all) -> all.sockets.waitedNanos(name));
		}
		if (definition.security() != null) {
			String mechanism = definition.security().mechanism().name().toLowerCase(Locale.ROOT);
			group.counter("zmq.authentications", "Peers that were let in, or let us in",
					Tags.of("mechanism", mechanism, "result", "allowed"),
					(all) -> all.detail(name, SocketDetails::authenticated));
			group.counter("zmq.authentications", "Connections that ended as one side refused the other",
					Tags.of("mechanism", mechanism, "result", "refused"),
					(all) -> all.detail(name, SocketDetails::unauthenticated));
		}
		if (definition.traits().requests()) {
			bindRequests(group, name);
		}
		return group;
	}

	private void bindRequests(MeterGroup<SocketMeters> group, String name) {
		group.counter("zmq.requests", "Requests made", ofRequests(name, RequestStatus::requests))
			.counter("zmq.requests.retries", "Attempts after the first", ofRequests(name, RequestStatus::retries))
			.counter("zmq.requests.timeouts", "Requests given up", ofRequests(name, RequestStatus::timeouts))
			.counter("zmq.requests.late", "Replies too late, twice or unasked", ofRequests(name, RequestStatus::late))
			.gauge("zmq.requests.pending", "Requests whose reply has not come",
					ofRequests(name, RequestStatus::pending));
	}

	private static ToDoubleFunction<SocketMeters> of(String name, ToDoubleFunction<SocketStatus> value) {
		return (all) -> all.value(name, value);
	}

	/** A socket that was removed counts no more. */
	private double value(String name, ToDoubleFunction<SocketStatus> value) {
		try {
			return value.applyAsDouble(this.sockets.status(name));
		}
		catch (ZmqUnknownSocketException ex) {
			return Double.NaN;
		}
	}

	private double detail(String name, ToDoubleFunction<SocketDetails> value) {
		try {
			return value.applyAsDouble(this.sockets.connections(name));
		}
		catch (ZmqUnknownSocketException ex) {
			return Double.NaN;
		}
	}

	private static ToDoubleFunction<SocketMeters> ofRequests(String name, ToDoubleFunction<RequestStatus> value) {
		return (all) -> value.applyAsDouble(all.requests.status(name));
	}

}
