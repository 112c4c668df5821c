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

package io.github.zmqspring.test;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What application contexts hold that stay in the cache of Spring's tests when a class
 * ends. It is theirs, and no leak, until they are closed.
 */
final class CachedContexts {

	private static final Map<Object, Holding> HOLDINGS = new IdentityHashMap<>();

	private CachedContexts() {
	}

	/**
	 * Remember what a context has brought.
	 * @param context the context
	 * @param active tells whether it is still open
	 * @param brought what came when it started
	 */
	static synchronized void add(Object context, BooleanSupplier active, ResourceSnapshot brought) {
		// another class, or a nested one, may have started it
		HOLDINGS.merge(context, new Holding(active, brought),
				(known, more) -> new Holding(active, known.brought().plus(more.brought())));
	}

	/**
	 * Return what of something left does not belong to a context that is open. As long as
	 * one is, its sockets come and go: descriptors and the threads of its sockets and
	 * listeners count as its own then, whereas JeroMQ's threads and ports count as its
	 * own only if they came with it.
	 * @param left what is left
	 * @return what of it is a leak
	 */
	static synchronized ResourceSnapshot withoutTheirs(ResourceSnapshot left) {
		HOLDINGS.values().removeIf((holding) -> !holding.active().getAsBoolean());
		if (HOLDINGS.isEmpty()) {
			return left;
		}
		ResourceSnapshot theirs = HOLDINGS.values()
			.stream()
			.map(Holding::brought)
			.reduce(ResourceSnapshot.EMPTY, ResourceSnapshot::plus);
		return left.minus(theirs).withoutSockets();
	}

	private record Holding(BooleanSupplier active, ResourceSnapshot brought) {

	}

}
