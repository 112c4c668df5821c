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

package io.github.zmqspring.listener.invoke;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.github.zmqspring.listener.ListenerCounts;
import org.jspecify.annotations.Nullable;

/**
 * Counts what becomes of a listener's messages.
 */
final class ListenerCounters {

	final AtomicInteger active = new AtomicInteger();

	final LongAdder handled = new LongAdder();

	final LongAdder failed = new LongAdder();

	final LongAdder unreadable = new LongAdder();

	final LongAdder filtered = new LongAdder();

	final LongAdder unhandled = new LongAdder();

	final LongAdder undeliverable = new LongAdder();

	final LongAdder deadLettered = new LongAdder();

	final LongAdder discarded = new LongAdder();

	final LongAdder nanos = new LongAdder();

	volatile @Nullable String lastError;

	ListenerCounts snapshot(long notLogged) {
		return new ListenerCounts(this.active.get(), this.handled.sum(), this.failed.sum(), this.unreadable.sum(),
				this.filtered.sum(), this.unhandled.sum(), this.undeliverable.sum(), this.deadLettered.sum(),
				this.discarded.sum(), notLogged, this.lastError, Duration.ofNanos(this.nanos.sum()));
	}

}
