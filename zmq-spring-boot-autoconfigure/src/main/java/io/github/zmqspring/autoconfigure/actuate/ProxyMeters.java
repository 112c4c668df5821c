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

import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Registers the meters of one direction of proxies.
 */
final class ProxyMeters {

	private final ZmqProxies proxies;

	private final String to;

	private final Function<ZmqProxyStatus, ZmqProxyStatus.Traffic> traffic;

	private ProxyMeters(ZmqProxies proxies, String to, Function<ZmqProxyStatus, ZmqProxyStatus.Traffic> traffic) {
		this.proxies = proxies;
		this.to = to;
		this.traffic = traffic;
	}

	static ProxyMeters toBackend(ZmqProxies proxies) {
		return new ProxyMeters(proxies, "backend", ZmqProxyStatus::toBackend);
	}

	static ProxyMeters toFrontend(ZmqProxies proxies) {
		return new ProxyMeters(proxies, "frontend", ZmqProxyStatus::toFrontend);
	}

	MeterGroup<?> bind(MeterRegistry registry, String name) {
		return new MeterGroup<>(registry, this, Tags.of("proxy", name, "to", this.to))
			.counter("zmq.proxy.forwarded", "Messages forwarded", of(name, ZmqProxyStatus.Traffic::forwarded))
			.counter("zmq.proxy.dropped", "Messages dropped", of(name, ZmqProxyStatus.Traffic::dropped))
			.counter("zmq.proxy.failed", "Messages that an interceptor failed on",
					of(name, ZmqProxyStatus.Traffic::failed))
			.counter("zmq.proxy.undeliverable", "Messages whose peer was gone or did not read",
					of(name, ZmqProxyStatus.Traffic::undeliverable));
	}

	private static ToDoubleFunction<ProxyMeters> of(String name, ToDoubleFunction<ZmqProxyStatus.Traffic> value) {
		return (all) -> value.applyAsDouble(all.traffic.apply(all.proxies.status(name)));
	}

}
