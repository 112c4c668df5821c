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

package io.github.zmqspring.transport.engine;

import java.util.concurrent.TimeUnit;

import io.github.zmqspring.transport.jeromq.JeroMqInternals;
import org.jspecify.annotations.Nullable;
import zmq.pipe.Pipe;

/**
 * Watches a connection whose peer sent a message that is over the limit. The message is
 * thrown away, after whatever is under way in both directions; the connection ends if the
 * peer stops sending the rest, or if it connected to us and then falls silent.
 */
final class OversizeWatch {

	private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

	private final Engine engine;

	private String what = "";

	private Ticks.@Nullable Tick tick;

	private long received;

	private long sent;

	OversizeWatch(Engine engine) {
		this.engine = engine;
	}

	/** Begin to watch, as such a message has begun. */
	void begin(String what) {
		this.what = what;
		if (this.tick == null) {
			lookLater();
		}
	}

	private void lookLater() {
		this.received = this.engine.input().received();
		this.sent = sent();
		this.tick = this.engine.thread().ticks().schedule(this::look, SILENCE_NANOS);
	}

	private void look() {
		this.tick = null;
		boolean skipping = this.engine.input().isSkipping();
		boolean silent = this.engine.input().received() == this.received && this.sent == sent()
				&& !this.engine.input().isStopped();
		if (silent && (skipping || this.engine.connection().accepted())) {
			this.engine.end(new ConnectionEnd(ConnectionEnd.Reason.SILENT, "the peer fell silent after " + this.what));
		}
		else if (skipping || this.engine.connection().accepted()) {
			lookLater();
		}
	}

	/** Return how many messages were taken to be sent. */
	private long sent() {
		return (JeroMqInternals.SESSION_PIPE.get(this.engine.session()) instanceof Pipe pipe)
				? (long) JeroMqInternals.PIPE_READ.require(pipe) : 0;
	}

	void close() {
		this.engine.thread().ticks().cancel(this.tick);
		this.tick = null;
	}

}
