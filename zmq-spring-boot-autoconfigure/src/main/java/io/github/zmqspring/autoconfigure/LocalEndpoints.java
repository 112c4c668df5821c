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

package io.github.zmqspring.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqspring.event.ZmqSocketBoundEvent;

import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Publishes the endpoints really bound in the environment, as
 * {@code local.zmq.<name>.endpoint} and {@code local.zmq.<name>.port}.
 */
final class LocalEndpoints implements ApplicationListener<ZmqSocketBoundEvent> {

	private static final String SOURCE = "zmqLocalEndpoints";

	private final ConfigurableEnvironment environment;

	LocalEndpoints(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	@SuppressWarnings("unchecked")
	public synchronized void onApplicationEvent(ZmqSocketBoundEvent event) {
		MutablePropertySources sources = this.environment.getPropertySources();
		if (!sources.contains(SOURCE)) {
			sources.addFirst(new MapPropertySource(SOURCE, new ConcurrentHashMap<>()));
		}
		MapPropertySource source = (MapPropertySource) sources.get(SOURCE);
		if (source == null) {
			return;
		}
		Map<String, Object> values = source.getSource();
		String prefix = "local.zmq." + event.getSocket();
		String endpoint = event.getEndpoint();
		values.put(prefix + ".endpoint", endpoint);
		if (endpoint.startsWith("tcp://")) {
			values.put(prefix + ".port", Integer.valueOf(endpoint.substring(endpoint.lastIndexOf(':') + 1)));
		}
	}

}
