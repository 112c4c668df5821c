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

import java.util.function.ToDoubleFunction;

import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Registers the meters of listeners.
 */
final class ListenerMeters {

	private final ZmqListenerRegistry listeners;

	/** Whether calls have a timer of their own, with a histogram. */
	private final boolean timed;

	ListenerMeters(ZmqListenerRegistry listeners, boolean timed) {
		this.listeners = listeners;
		this.timed = timed;
	}

	MeterGroup<?> bind(MeterRegistry registry, String id) {
		MeterGroup<ListenerMeters> group = new MeterGroup<>(registry, this,
				Tags.of("listener", id, "socket", this.listeners.status(id).socket()));
		group.counter("zmq.listener.handled", "Messages handled without an exception", of(id, ListenerStatus::handled))
			.counter("zmq.messages.failed", "Messages whose listener failed, retries included",
					of(id, ListenerStatus::failed))
			.counter("zmq.listener.unreadable", "Messages that could not be converted",
					of(id, ListenerStatus::unreadable))
			.counter("zmq.listener.filtered", "Messages that the filter rejected", of(id, ListenerStatus::filtered))
			.counter("zmq.listener.unhandled", "Messages that were read and not handled when the listener stopped",
					of(id, ListenerStatus::unhandled))
			.counter("zmq.listener.undeliverable", "Replies whose peer was gone", of(id, ListenerStatus::undeliverable))
			.counter("zmq.listener.dead.lettered", "Messages sent to the dead-letter socket",
					of(id, ListenerStatus::deadLettered))
			.counter("zmq.listener.discarded", "Results that went nowhere", of(id, ListenerStatus::discarded))
			.counter("zmq.listener.not.logged", "Failures that were left out of the log",
					of(id, ListenerStatus::notLogged))
			.gauge("zmq.listener.active", "Messages being handled", of(id, ListenerStatus::active));
		if (!this.timed) {
			group.timer("zmq.listener", "Messages, and the time that threads spent handling them",
					(all) -> (long) all.value(id, (status) -> status.handled() + status.failed()),
					of(id, (status) -> status.handlingTime().toNanos()));
		}
		return group;
	}

	private static ToDoubleFunction<ListenerMeters> of(String id, ToDoubleFunction<ListenerStatus> value) {
		return (all) -> all.value(id, value);
	}

	/** A listener that was unregistered has no value. */
	private double value(String id, ToDoubleFunction<ListenerStatus> value) {
		try {
			return value.applyAsDouble(this.listeners.status(id));
		}
		catch (IllegalArgumentException ex) {
			return Double.NaN;
		}
	}

}
