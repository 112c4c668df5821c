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

import org.jspecify.annotations.Nullable;
import zmq.Msg;

/**
 * A connection waits until no other one has its routing id. Nothing that it sends is lost
 * meanwhile.
 */
final class RoutingIdStage implements Stage {

	/** A peer that comes back soon waits for its own last connection to end. */
	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private static final long SELDOM_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	/** For the messages of a peer that left. */
	private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Engine engine;

	private final RoutingIdClaim claim;

	private final Msg identity;

	private final MessageStage next;

	private final long since = System.nanoTime();

	private Ticks.@Nullable Tick tick;

	private boolean reported;

	private boolean attached;

	/** When the peer was found to have left with messages still to be read, or 0. */
	private long goneAt;

	RoutingIdStage(Engine engine, RoutingIdClaim claim, Msg identity, MessageStage next) {
		this.engine = engine;
		this.claim = claim;
		this.identity = identity;
		this.next = next;
		lookLater();
	}

	private void lookLater() {
		this.tick = this.engine.thread()
			.ticks()
			.schedule(() -> this.engine.guard(this::look), (this.reported) ? SELDOM_NANOS : LOOK_NANOS);
	}

	private void look() {
		if (this.claim.take(this.identity)) {
			this.attached = true;
			this.engine.attach(this.identity, this.next);
			this.engine.input().resume();
			this.engine.output().resume();
			return;
		}
		if (!this.reported && System.nanoTime() - this.since > REPORT_NANOS) {
			this.reported = true;
			this.engine.tell((listener) -> listener.waiting(this.engine.connection(),
					new ConnectionEnd(ConnectionEnd.Reason.ROUTING_ID,
							"its routing id is taken by another connection: give each peer an id of its own, "
									+ "or set router-handover to let a new connection take the id over")));
		}
		// a peer that goes away meanwhile shall not leave its connection behind for ever
		if (this.engine.input().readAhead()) {
			this.goneAt = 0;
		}
		else if (this.goneAt == 0) {
			this.goneAt = System.nanoTime();
		}
		else if (System.nanoTime() - this.goneAt > GONE_NANOS) {
			this.engine.end(hungUp());
		}
		if (!this.engine.isEnded()) {
			lookLater();
		}
	}

	@Override
	public boolean receive(Msg frame) {
		return false;
	}

	@Override
	public @Nullable Msg next() {
		return null;
	}

	@Override
	public void authenticated() {
		this.next.authenticated();
	}

	@Override
	public void leave() {
		this.engine.thread().ticks().cancel(this.tick);
		if (!this.attached) {
			this.next.leave();
		}
	}

}
