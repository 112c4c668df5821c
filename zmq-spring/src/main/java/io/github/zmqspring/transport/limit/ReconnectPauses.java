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

package io.github.zmqspring.transport.limit;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before servers are tried again that accept connections and make no
 * peer out of them. JeroMQ backs off only where none is accepted, and tries a server that
 * closes each at once at the first interval for ever. Used by one thread.
 *
 * @since 0.1.0
 */
public final class ReconnectPauses {

	/** What a server did wrong it does again at once. */
	private static final long LEAST_AFTER_FAULT = TimeUnit.SECONDS.toMillis(1);

	private static final int MOST_DOUBLINGS = 20;

	/** How often in a row, by what makes the connections of one endpoint. */
	private final Map<Object, Integer> failures = new WeakHashMap<>();

	/**
	 * Return the pause after a connection that ended, on top of the first interval.
	 * @param session what makes the connections of the endpoint, compared by identity
	 * @param firstMillis the first interval between attempts
	 * @param longestMillis the longest one, 0 for the first
	 * @param wasReady whether there was a peer
	 * @param ordinary whether the server did nothing wrong
	 * @return the pause in nanoseconds, 0 for none
	 */
	public long after(Object session, int firstMillis, int longestMillis, boolean wasReady, boolean ordinary) {
		long pause = 0;
		if (wasReady) {
			this.failures.remove(session);
		}
		else {
			int count = this.failures.merge(session, 1, Integer::sum) - 1;
			long interval = Math.min((long) firstMillis << Math.min(count, MOST_DOUBLINGS), longestMillis);
			pause = Math.max(0, interval - firstMillis);
		}
		return TimeUnit.MILLISECONDS.toNanos((ordinary) ? pause : Math.max(pause, LEAST_AFTER_FAULT));
	}

}
