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
import java.util.Hashtable;
import java.util.List;

import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.spi.NamingManager;

import org.springframework.util.ClassUtils;

/**
 * Asks a DNS server for records, by the provider of the JDK, which keeps no answers. It
 * is in the module {@code jdk.naming.dns}, which a small runtime may lack.
 */
final class JndiDns {

	private static final String FACTORY = "com.sun.jndi.dns.DnsContextFactory";

	private static final boolean PRESENT = ClassUtils.isPresent(FACTORY, null)
			&& ClassUtils.isPresent("javax.naming.spi.NamingManager", null);

	private JndiDns() {
	}

	static void require() {
		if (!PRESENT) {
			throw new IllegalArgumentException(
					"needs the DNS provider of the JDK, which this Java runtime lacks: add the module jdk.naming.dns to it");
		}
	}

	/**
	 * Return the records of a name.
	 * @param server which server to ask, with its port if it is not 53; nothing for those
	 * of the system
	 * @param type the type of the records
	 * @throws NamingException if there is no such name, or no answer
	 */
	// the provider for DNS returns text, and deserializes nothing
	@SuppressWarnings("BanJNDI")
	static List<String> records(String server, String name, String type) throws NamingException {
		Hashtable<String, String> environment = new Hashtable<>();
		environment.put(Context.INITIAL_CONTEXT_FACTORY, FACTORY);
		environment.put(Context.PROVIDER_URL, (server.isEmpty()) ? "dns:" : "dns://" + server);
		environment.put("com.sun.jndi.dns.timeout.initial", "1000");
		environment.put("com.sun.jndi.dns.timeout.retries", "3");
		// not InitialDirContext, which would follow a name that looks like a URL to
		// another provider
		DirContext context = (DirContext) NamingManager.getInitialContext(environment);
		try {
			List<String> records = new ArrayList<>();
			Attribute attribute = context.getAttributes(name, new String[] { type }).get(type);
			for (int i = 0; attribute != null && i < attribute.size(); i++) {
				records.add(String.valueOf(attribute.get(i)));
			}
			return records;
		}
		catch (NamingException ex) {
			throw explained(ex, name, type);
		}
		finally {
			context.close();
		}
	}

	/** Return the addresses of a host, IPv4 before IPv6. */
	static List<InetAddress> addresses(String server, String host) throws NamingException, UnknownHostException {
		List<InetAddress> addresses = new ArrayList<>();
		for (String type : List.of("A", "AAAA")) {
			for (String address : records(server, host, type)) {
				addresses.add(InetAddress.getByName(address));
			}
		}
		return addresses;
	}

	private static NamingException explained(NamingException failure, String name, String type) {
		NamingException explained = new NamingException((failure instanceof NameNotFoundException)
				? "there is no name '" + name + "' in DNS"
				: (failure instanceof CommunicationException) ? "the DNS server does not answer"
						: "the %s records of '%s' cannot be read: %s".formatted(type, name, failure.getMessage()));
		explained.initCause(failure);
		return explained;
	}

}
