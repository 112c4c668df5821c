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
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.transport.discovery.Discovery;
import org.jspecify.annotations.Nullable;

/**
 * Instances of tests, behind {@code test:///any}.
 */
public final class FakeInstances implements ZmqEndpointResolver {

	public static final String NAME = "test:///workers";

	public final AtomicInteger lookUps = new AtomicInteger();

	private volatile List<String> endpoints = List.of();

	private volatile @Nullable String failure;

	/** Look up often. */
	public Discovery discovery() {
		return discovery(Duration.ofMillis(50), Duration.ofSeconds(10));
	}

	public Discovery discovery(Duration refresh, Duration drainTimeout) {
		return new Discovery(List.of(this), refresh, drainTimeout, Discovery.DEFAULT_LOOKUP_TIMEOUT);
	}

	public void set(String... endpoints) {
		this.failure = null;
		this.endpoints = List.of(endpoints);
	}

	public void fail(String reason) {
		this.failure = reason;
	}

	@Override
	public String scheme() {
		return "test";
	}

	@Override
	public Collection<String> resolve(String name) {
		this.lookUps.incrementAndGet();
		String reason = this.failure;
		if (reason != null) {
			throw new IllegalStateException(reason);
		}
		return this.endpoints;
	}

}
