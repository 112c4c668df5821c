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

import java.util.List;
import java.util.function.Supplier;

import io.github.zmqspring.core.ZmqSockets;

import org.springframework.util.function.SingletonSupplier;

/**
 * What both directions of a proxy share, over all its restarts.
 *
 * @param proxy the name of the proxy
 * @param sockets all sockets, to re-route to
 * @param interceptors those that take part, asked for when the proxy starts first
 * @param failures what is done with messages that cannot be forwarded
 * @param capture where copies go
 * @param toBackend counts one direction
 * @param toFrontend counts the other
 */
record ProxyEnvironment(String proxy, ZmqSockets sockets, Supplier<List<ZmqProxyInterceptor>> interceptors,
		ProxyFailures failures, Capture capture, ProxyCounters toBackend, ProxyCounters toFrontend) {

	static ProxyEnvironment of(ZmqProxyDefinition definition, ZmqSockets sockets,
			Supplier<List<ZmqProxyInterceptor>> interceptors) {
		return new ProxyEnvironment(definition.name(), sockets,
				SingletonSupplier.of(() -> interceptors.get()
					.stream()
					.filter((interceptor) -> interceptor.supports(definition.name()))
					.toList()),
				new ProxyFailures(definition, sockets), new Capture(), new ProxyCounters(), new ProxyCounters());
	}

	ProxyCounters counters(ZmqProxyDirection direction) {
		return (direction == ZmqProxyDirection.TO_BACKEND) ? this.toBackend : this.toFrontend;
	}

}
