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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.transport.poll.PollerStatus;
import org.jspecify.annotations.Nullable;

/**
 * Detects stuck pollers, for example those that a handler blocks. A poller is stuck, and
 * not just busy or asleep, if it is awake and has not completed a turn for some seconds.
 */
final class PollerWatch {

	private final long stuckNanos;

	private final Map<String, Seen> seen = new ConcurrentHashMap<>();

	/**
	 * Create a watch.
	 * @param stuck how long a poller may be awake without a turn
	 */
	PollerWatch(Duration stuck) {
		this.stuckNanos = stuck.toNanos();
	}

	@Nullable String trouble(PollerStatus poller) {
		if (!poller.alive()) {
			return "the thread died" + ((poller.failure() != null) ? ": " + poller.failure() : "");
		}
		long now = System.nanoTime();
		Seen last = this.seen.compute(poller.name(),
				(name, before) -> (before == null || before.turns != poller.turns() || poller.sleeping())
						? new Seen(poller.turns(), now) : before);
		long still = now - last.since;
		return (still > this.stuckNanos)
				? "stuck for " + TimeUnit.NANOSECONDS.toSeconds(still) + " s, in a handler that blocks it" : null;
	}

	private record Seen(long turns, long since) {
	}

}
