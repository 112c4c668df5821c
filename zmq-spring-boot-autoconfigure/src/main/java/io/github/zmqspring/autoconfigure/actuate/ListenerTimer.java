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

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqListenerInvocation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;

/**
 * Times each call of each listener's method where a histogram is wanted. The sums that
 * are kept in any case cannot give one.
 */
final class ListenerTimer implements ZmqListenerInterceptor, Ordered {

	private final MeterRegistry registry;

	private final Map<String, Timer> timers = new ConcurrentHashMap<>();

	ListenerTimer(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public @Nullable Object intercept(ZmqListenerInvocation invocation) throws Throwable {
		Timer timer = this.timers.computeIfAbsent(invocation.listenerId(),
				(id) -> Timer.builder("zmq.listener")
					.description("Calls of the listener's method")
					.tags("listener", id, "socket", invocation.socket())
					.register(this.registry));
		long start = System.nanoTime();
		try {
			return invocation.proceed();
		}
		finally {
			timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
		}
	}

	/** Remove the timers of all other listeners. */
	void retain(Set<String> ids) {
		this.timers.entrySet().removeIf((entry) -> {
			boolean gone = !ids.contains(entry.getKey());
			if (gone) {
				this.registry.remove(entry.getValue());
			}
			return gone;
		});
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
