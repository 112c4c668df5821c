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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Which replay endpoints are not asked for a while, since they did not answer: a gap
 * holds its socket back until the time-out of its replay is over, and gaps may be many.
 */
final class ReplayPauses {

	private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

	private final long firstNanos;

	private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

	/**
	 * Create it.
	 * @param timeout how long one replay may hold the socket back
	 */
	ReplayPauses(Duration timeout) {
		this.firstNanos = Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, 2 * timeout.toNanos()));
	}

	/**
	 * Pause: an endpoint did not answer. The first time may be chance; from the second in
	 * turn on it pauses, and each time twice as long.
	 */
	void silent(String endpoint, String trouble, boolean away) {
		this.pauses.compute(endpoint, (key, before) -> {
			long nanos = 0;
			if (before != null) {
				nanos = (before.nanos() != 0) ? Math.min(LONGEST_NANOS, 2 * before.nanos()) : this.firstNanos;
			}
			return new Pause(nanos, System.nanoTime() + nanos, trouble, away);
		});
	}

	/** Pause no longer: an endpoint answered. */
	void answered(String endpoint) {
		this.pauses.remove(endpoint);
	}

	void clear() {
		this.pauses.clear();
	}

	/**
	 * Return why an endpoint is not asked now, or {@code null} if it is.
	 * @param connected whether it is connected now: what was away and is back is asked
	 */
	@Nullable String reason(String endpoint, boolean connected) {
		Pause pause = this.pauses.get(endpoint);
		if (pause != null && pause.away() && connected) {
			return null;
		}
		long left = (pause != null) ? pause.until() - System.nanoTime() : 0;
		return (pause == null || left <= 0) ? null : "%s; it is not asked again before %d ms".formatted(pause.trouble(),
				TimeUnit.NANOSECONDS.toMillis(left) + 1);
	}

	/**
	 * A time in which an endpoint is not asked.
	 *
	 * @param nanos how long it is
	 * @param until when it ends, by {@link System#nanoTime()}
	 * @param trouble why
	 * @param away whether it was not connected
	 */
	private record Pause(long nanos, long until, String trouble, boolean away) {

	}

}
