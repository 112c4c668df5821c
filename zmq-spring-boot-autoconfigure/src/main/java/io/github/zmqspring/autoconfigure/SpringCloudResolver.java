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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.zmqspring.core.discovery.ZmqEndpointResolver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.util.Assert;

/**
 * The instances of a service by Spring Cloud: {@code discovery:///service}. The port is
 * that of the metadata {@value #PORT}, where a service serves something else at its own,
 * else the port of the instance.
 */
final class SpringCloudResolver implements ZmqEndpointResolver {

	private static final String PORT = "zmq.port";

	private final ObjectProvider<DiscoveryClient> clients;

	SpringCloudResolver(ObjectProvider<DiscoveryClient> clients) {
		this.clients = clients;
	}

	@Override
	public String scheme() {
		return "discovery";
	}

	@Override
	public void check(String name) {
		Assert.isTrue(name.indexOf('/') < 0,
				() -> "is more than the name of a service: write discovery:///" + name.substring(0, name.indexOf('/')));
		Assert.isTrue(name.indexOf(':') < 0, () -> "has a port, which comes from the instance: write discovery:///"
				+ name.substring(0, name.indexOf(':')));
	}

	@Override
	public Collection<String> resolve(String service) {
		DiscoveryClient client = this.clients.getIfAvailable();
		if (client == null) {
			throw new IllegalStateException("there is no DiscoveryClient bean: add a discovery client of Spring Cloud");
		}
		List<String> endpoints = new ArrayList<>();
		for (ServiceInstance instance : client.getInstances(service)) {
			String host = instance.getHost();
			boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
			endpoints.add("tcp://" + ((bare) ? "[" + host + "]" : host) + ":" + port(service, instance));
		}
		return endpoints;
	}

	private static int port(String service, ServiceInstance instance) {
		String text = (instance.getMetadata() != null) ? instance.getMetadata().get(PORT) : null;
		if (text == null || text.isBlank()) {
			return instance.getPort();
		}
		try {
			return Integer.parseInt(text.strip());
		}
		catch (NumberFormatException ex) {
			throw new IllegalStateException("the instance %s:%d of '%s' has the metadata %s: '%s', which is no port"
				.formatted(instance.getHost(), instance.getPort(), service, PORT, text), ex);
		}
	}

}
