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

package io.github.zmqspring.transport.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.transport.endpoint.EndpointAddress;

/**
 * Hosts and ports of a service by its SRV records:
 * {@code srv:///_zmq._tcp.orders.example.com}. Of several priorities the best one counts;
 * weights do not, since ZeroMQ deals messages out evenly.
 */
final class SrvResolver implements ZmqEndpointResolver {

	private final EndpointAddress.HostLookup lookup;

	SrvResolver(EndpointAddress.HostLookup lookup) {
		this.lookup = lookup;
	}

	@Override
	public String scheme() {
		return "srv";
	}

	@Override
	public void check(String name) {
		JndiDns.require();
		String host = DnsResolver.Name.of(name).host();
		if (host.isEmpty() || host.indexOf(':') >= 0 || host.indexOf('/') >= 0) {
			throw new IllegalArgumentException((host.indexOf(':') >= 0)
					? "has a port, which comes from the SRV record: write srv:///"
							+ host.substring(0, host.indexOf(':'))
					: "names no service: write srv:///_zmq._tcp.orders.example.com");
		}
	}

	@Override
	public Collection<String> resolve(String name) throws Exception {
		DnsResolver.Name parsed = DnsResolver.Name.of(name);
		List<Service> services = new ArrayList<>();
		for (String record : JndiDns.records(parsed.server(), parsed.host(), "SRV")) {
			services.add(Service.parse(record));
		}
		int best = services.stream().mapToInt(Service::priority).min().orElse(0);
		List<String> found = new ArrayList<>();
		for (Service service : services) {
			if (service.priority() == best && !service.host().isEmpty()) {
				for (InetAddress address : addresses(parsed.server(), service.host())) {
					found.add(DnsResolver.text(address, service.port()));
				}
			}
		}
		return found;
	}

	private List<InetAddress> addresses(String server, String host) throws Exception {
		if (!server.isEmpty()) {
			return JndiDns.addresses(server, host);
		}
		try {
			return this.lookup.findAll(host);
		}
		catch (UnknownHostException ex) {
			throw new UnknownHostException("the host '" + host + "' of an SRV record does not resolve");
		}
	}

	/**
	 * An SRV record.
	 *
	 * @param priority the lowest counts
	 * @param port the port
	 * @param host the host, or nothing if there is no such service
	 */
	private record Service(int priority, int port, String host) {

		/** Parse "priority weight port target". */
		static Service parse(String record) {
			String[] parts = record.trim().split("\\s+");
			if (parts.length != 4) {
				throw new IllegalArgumentException("the SRV record '" + record + "' has no four parts");
			}
			String host = (parts[3].endsWith(".")) ? parts[3].substring(0, parts[3].length() - 1) : parts[3];
			return new Service(Integer.parseInt(parts[0]), Integer.parseInt(parts[2]), host);
		}

	}

}
