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
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

import io.github.zmqspring.transport.discovery.Discovery;
import io.github.zmqspring.transport.discovery.Lookup;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A name that one socket connects to: what was found behind it last, and what went wrong
 * since. A failure is logged once, and its end.
 */
final class DiscoveredName implements Lookup.Listener {

	private static final Log logger = LogFactory.getLog(DiscoveredName.class);

	private final NamedSocket named;

	private final String endpoint;

	/** Follows what was found, and tells what of it cannot be used. */
	private final BiFunction<DiscoveredName, List<@Nullable String>, @Nullable String> found;

	private final Instant since = Instant.now();

	private volatile @Nullable Lookup lookup;

	private volatile Set<String> instances = Set.of();

	private volatile @Nullable Instant lookedUpAt;

	private volatile @Nullable String failure;

	DiscoveredName(NamedSocket named, String endpoint,
			BiFunction<DiscoveredName, List<@Nullable String>, @Nullable String> found) {
		this.named = named;
		this.endpoint = endpoint;
		this.found = found;
	}

	void begin(Discovery discovery) {
		this.lookup = discovery.lookUp(this.endpoint, this);
	}

	/** Look it up soon. */
	void soon() {
		Lookup current = this.lookup;
		if (current != null) {
			current.soon();
		}
	}

	void stop() {
		Lookup current = this.lookup;
		if (current != null) {
			current.stop();
		}
	}

	String endpoint() {
		return this.endpoint;
	}

	Instant since() {
		return this.since;
	}

	/** Return the endpoints that were found last. */
	Set<String> instances() {
		return this.instances;
	}

	void instances(Set<String> instances) {
		this.instances = Set.copyOf(instances);
	}

	@Nullable Instant lookedUpAt() {
		return this.lookedUpAt;
	}

	@Nullable String failure() {
		return this.failure;
	}

	@Override
	public void found(List<@Nullable String> endpoints) {
		String unusable = this.found.apply(this, endpoints);
		this.lookedUpAt = Instant.now();
		if (unusable != null) {
			failed(unusable);
			return;
		}
		boolean failed = this.failure != null;
		this.failure = (endpoints.isEmpty()) ? "there are no instances" : null;
		if (endpoints.isEmpty() && !failed) {
			logger.warn("Socket '%s' finds no instance of %s%s".formatted(this.named.definition().name(), this.endpoint,
					(this.instances.isEmpty()) ? "" : ", and keeps those that are connected"));
		}
		else if (failed && !endpoints.isEmpty()) {
			logger.info("Socket '%s' has found %s again".formatted(this.named.definition().name(), this.endpoint));
		}
	}

	@Override
	public void failed(String reason) {
		boolean first = this.failure == null;
		this.failure = reason;
		if (first) {
			int known = this.instances.size();
			this.named.counters().failed(this.endpoint + ": " + reason);
			logger.warn("Socket '%s' cannot look up %s: %s. It is tried again%s".formatted(
					this.named.definition().name(), this.endpoint, reason,
					(known == 0) ? "" : ", and the %d known instances are kept".formatted(known)));
		}
	}

}
