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
 * All addresses of a host: {@code dns:///name:port}. The resolver of the system is asked,
 * which knows {@code /etc/hosts} and search domains; a server that is named,
 * {@code dns://server/name:port}, directly.
 */
final class DnsResolver implements ZmqEndpointResolver {

	private final EndpointAddress.HostLookup lookup;

	DnsResolver(EndpointAddress.HostLookup lookup) {
		this.lookup = lookup;
	}

	@Override
	public String scheme() {
		return "dns";
	}

	@Override
	public void check(String name) {
		Name parsed = Name.of(name);
		if (!parsed.server().isEmpty()) {
			JndiDns.require();
		}
		endpoint(parsed);
	}

	private static EndpointAddress endpoint(Name name) {
		int colon = name.host().lastIndexOf(':');
		if (colon < 0 || colon == name.host().length() - 1) {
			throw new IllegalArgumentException("has no port: write dns:///%s:5555"
				.formatted((name.host().isEmpty()) ? "name" : name.host().replace(":", "")));
		}
		EndpointAddress endpoint = EndpointAddress.parse("", "tcp://" + name.host(), false);
		if (!endpoint.isName()) {
			throw new IllegalArgumentException(
					"has an address, and no name that could be looked up: write tcp://" + name.host());
		}
		return endpoint;
	}

	@Override
	public Collection<String> resolve(String name) throws Exception {
		Name parsed = Name.of(name);
		EndpointAddress endpoint = endpoint(parsed);
		List<String> found = new ArrayList<>();
		if (parsed.server().isEmpty()) {
			find(endpoint.host(), endpoint.port(), found);
		}
		else {
			for (InetAddress address : JndiDns.addresses(parsed.server(), endpoint.host())) {
				found.add(text(address, endpoint.port()));
			}
			if (found.isEmpty()) {
				throw new UnknownHostException("'" + endpoint.host() + "' has no address in DNS");
			}
		}
		return found;
	}

	private void find(String host, int port, List<String> into) throws UnknownHostException {
		try {
			for (InetAddress address : this.lookup.findAll(host)) {
				into.add(text(address, port));
			}
		}
		catch (UnknownHostException ex) {
			UnknownHostException explained = new UnknownHostException("the host '" + host + "' does not resolve");
			explained.initCause(ex);
			throw explained;
		}
	}

	static String text(InetAddress address, int port) {
		String host = address.getHostAddress();
		return "tcp://" + ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + port;
	}

	/**
	 * A name, and which server is asked for it.
	 *
	 * @param server the server, or nothing
	 * @param host what is looked up
	 */
	record Name(String server, String host) {

		static Name of(String argument) {
			if (!argument.startsWith("//")) {
				return new Name("", argument);
			}
			int slash = argument.indexOf('/', 2);
			return new Name(argument.substring(2, slash), argument.substring(slash + 1));
		}

	}

}
