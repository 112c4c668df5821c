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

package io.github.zmqspring.soak;

/**
 * What must be as low in the last third of a soak as in the first: at most this factor
 * times as high, and this much.
 */
enum Measure {

	/** Garbage is collected first. */
	HEAP("heap after GC, KB", 1.15, 3_000),

	/** Buffers of connections. */
	DIRECT("direct memory, KB", 1.2, 1_024),

	/** Of the whole JVM. */
	THREADS("threads", 1, 2),

	/** Connections of peers that are away at the moment make a difference. */
	DESCRIPTORS("descriptors", 1, 12),

	/** Of the hub: push to handler; of the client: a request. */
	LATENCY("p99, ms", 2, 20),

	/** How busy the machine is: what a thread that sleeps is late. Not judged. */
	WAKE_UP("p99 of sleeping, ms", 0, Double.MAX_VALUE);

	private final String title;

	private final double factor;

	private final double more;

	Measure(String title, double factor, double more) {
		this.title = title;
		this.factor = factor;
		this.more = more;
	}

	String title() {
		return this.title;
	}

	double bound(double first) {
		return first * this.factor + this.more;
	}

}
