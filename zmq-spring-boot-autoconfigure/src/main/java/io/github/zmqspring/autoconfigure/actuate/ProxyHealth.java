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

import java.util.stream.Stream;

import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of each proxy by name. A proxy that was paused or stopped on request is not
 * DOWN; a proxy that lost a thread or a socket is.
 */
final class ProxyHealth implements CompositeHealthContributor {

	private final ZmqProxies proxies;

	ProxyHealth(ZmqProxies proxies) {
		this.proxies = proxies;
	}

	@Override
	public Stream<HealthContributors.Entry> stream() {
		return this.proxies.names().stream().map((name) -> new HealthContributors.Entry(name, indicator(name)));
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return (this.proxies.names().contains(name)) ? indicator(name) : null;
	}

	private HealthIndicator indicator(String name) {
		return () -> health(this.proxies.status(name));
	}

	static Health health(ZmqProxyStatus status) {
		Health.Builder health;
		if (!status.alive()) {
			health = Health.down()
				.withDetail("reason",
						"A thread of it died or a socket was closed under it: stop it, and start it again");
		}
		else {
			health = (status.state() == ZmqProxyStatus.State.STOPPED) ? Health.unknown() : Health.up();
		}
		health.withDetail("type", status.type().name())
			.withDetail("state", status.state().name())
			.withDetail("toBackend", status.toBackend().forwarded())
			.withDetail("toFrontend", status.toFrontend().forwarded());
		long troubled = status.toBackend().failed() + status.toBackend().undeliverable() + status.toFrontend().failed()
				+ status.toFrontend().undeliverable();
		if (troubled > 0) {
			health.withDetail("notForwarded", troubled);
		}
		if (status.lastError() != null) {
			health.withDetail("lastError", status.lastError());
		}
		return health.build();
	}

}
