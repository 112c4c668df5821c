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

package io.github.zmqspring.proxy;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the messages of one direction.
 */
final class ProxyCounters {

	final LongAdder received = new LongAdder();

	final LongAdder forwarded = new LongAdder();

	final LongAdder forwardedBytes = new LongAdder();

	final LongAdder consumed = new LongAdder();

	final LongAdder dropped = new LongAdder();

	final LongAdder rerouted = new LongAdder();

	final LongAdder failed = new LongAdder();

	final LongAdder deadLettered = new LongAdder();

	final LongAdder undeliverable = new LongAdder();

	ZmqProxyStatus.Traffic traffic() {
		return new ZmqProxyStatus.Traffic(this.received.sum(), this.forwarded.sum(), this.forwardedBytes.sum(),
				this.consumed.sum(), this.dropped.sum(), this.rerouted.sum(), this.failed.sum(),
				this.deadLettered.sum(), this.undeliverable.sum());
	}

}
