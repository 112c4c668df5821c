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
		List<ServiceInstance> instances = client.getInstances(service);
		if (instances == null) {
			throw new IllegalStateException(
					client.getClass().getName() + " returned null instead of instances of '" + service + "'");
		}
		for (ServiceInstance instance : instances) {
			String host = (instance.getHost() != null) ? instance.getHost() : "";
			boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
			endpoints.add("tcp://" + ((bare) ? "[" + host + "]" : host) + ":" + port(instance));
		}
		return endpoints;
	}

	/** Return the port, as text: one that is none is reported with the endpoint. */
	private static String port(ServiceInstance instance) {
		String text = (instance.getMetadata() != null) ? instance.getMetadata().get(PORT) : null;
		return (text == null || text.isBlank()) ? String.valueOf(instance.getPort()) : text.strip();
	}

}
