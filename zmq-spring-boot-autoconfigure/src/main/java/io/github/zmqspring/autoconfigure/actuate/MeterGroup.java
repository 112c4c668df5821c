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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of one socket, listener, proxy or poller, registered and removed together.
 * They read existing counters when the registry asks for them.
 *
 * @param <T> the type of the object that they read from
 */
final class MeterGroup<T> {

	private final MeterRegistry registry;

	private final T source;

	private final Tags tags;

	private final List<Meter> meters = new ArrayList<>();

	MeterGroup(MeterRegistry registry, T source, Tags tags) {
		this.registry = registry;
		this.source = source;
		this.tags = tags;
	}

	MeterGroup<T> counter(String name, String description, ToDoubleFunction<T> value) {
		this.meters.add(FunctionCounter.builder(name, this.source, value)
			.description(description)
			.tags(this.tags)
			.register(this.registry));
		return this;
	}

	MeterGroup<T> counter(String name, String unit, String description, ToDoubleFunction<T> value) {
		this.meters.add(FunctionCounter.builder(name, this.source, value)
			.description(description)
			.baseUnit(unit)
			.tags(this.tags)
			.register(this.registry));
		return this;
	}

	MeterGroup<T> counter(String name, String description, Tags more, ToDoubleFunction<T> value) {
		this.meters.add(FunctionCounter.builder(name, this.source, value)
			.description(description)
			.tags(this.tags.and(more))
			.register(this.registry));
		return this;
	}

	MeterGroup<T> gauge(String name, String description, ToDoubleFunction<T> value) {
		this.meters.add(Gauge.builder(name, this.source, value)
			.description(description)
			.tags(this.tags)
			.register(this.registry));
		return this;
	}

	MeterGroup<T> timer(String name, String description, ToLongFunction<T> count, ToDoubleFunction<T> nanos) {
		this.meters.add(FunctionTimer.builder(name, this.source, count, nanos, TimeUnit.NANOSECONDS)
			.description(description)
			.tags(this.tags)
			.register(this.registry));
		return this;
	}

	void remove() {
		this.meters.forEach(this.registry::remove);
	}

}
