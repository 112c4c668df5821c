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

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint that is connected because it stands behind a name. Written under the
 * monitor of the {@link NamedSocket}.
 */
final class DiscoveredInstance {

	private final String endpoint;

	private final Instant since = Instant.now();

	/** The names that it was found by. */
	private final Set<String> names = ConcurrentHashMap.newKeySet();

	/** By {@link System#nanoTime()}; 0 while it does not leave. */
	private volatile long leavesUntil;

	private volatile String lastName = "";

	private volatile @Nullable String failure;

	DiscoveredInstance(String endpoint) {
		this.endpoint = endpoint;
	}

	String endpoint() {
		return this.endpoint;
	}

	Instant since() {
		return this.since;
	}

	void foundBy(String name) {
		this.names.add(name);
	}

	/** Return whether no name leads here any more, and one did. */
	boolean releasedBy(String name) {
		this.lastName = name;
		return this.names.remove(name) && this.names.isEmpty();
	}

	boolean isLeaving() {
		return this.leavesUntil != 0;
	}

	/** Return whether it leaves since this name no longer leads here. */
	boolean isLeaving(String name) {
		return isLeaving() && this.lastName.equals(name);
	}

	void leave(long nanos) {
		// never 0, be the time negative or not
		this.leavesUntil = (System.nanoTime() + nanos) | 1;
	}

	void stay() {
		this.leavesUntil = 0;
	}

	boolean hasHadItsTime() {
		return System.nanoTime() - this.leavesUntil > 0;
	}

	/** Return why it cannot be connected at all. */
	@Nullable String failure() {
		return this.failure;
	}

	void failed(@Nullable String reason) {
		this.failure = reason;
	}

}
