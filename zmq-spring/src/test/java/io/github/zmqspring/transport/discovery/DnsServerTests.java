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

import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@code srv:///} and of {@code dns://server/}, with a DNS server.
 */
@NoLeaks
class DnsServerTests {

	private final SrvResolver srv = new SrvResolver(EndpointAddress.HostLookup.SYSTEM);

	private final DnsResolver dns = new DnsResolver(EndpointAddress.HostLookup.SYSTEM);

	@Test
	void findsHostsAndPortsOfTheBestPriority() throws Exception {
		try (FakeDnsServer server = new FakeDnsServer()) {
			server.service("_zmq._tcp.orders.test", 10, 5555, "a.orders.test")
				.service("_zmq._tcp.orders.test", 10, 5556, "b.orders.test")
				.service("_zmq._tcp.orders.test", 20, 5557, "spare.orders.test")
				.host("a.orders.test", "127.0.0.2")
				.host("b.orders.test", "127.0.0.3", "::1")
				.host("spare.orders.test", "127.0.0.4");
			assertThat(this.srv.resolve("//" + server.address() + "/_zmq._tcp.orders.test")).containsExactlyInAnyOrder(
					"tcp://127.0.0.2:5555", "tcp://127.0.0.3:5556", "tcp://[0:0:0:0:0:0:0:1]:5556");
		}
	}

	@Test
	void hostsOfServicesAreLookedUpAsAllOthers() throws Exception {
		try (FakeDnsServer server = new FakeDnsServer()) {
			server.service("_zmq._tcp.orders.test", 0, 5555, "away.orders.test");
			String name = "//" + server.address() + "/_zmq._tcp.orders.test";
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> this.srv.resolve(name))
				.withMessageContaining("there is no name 'away.orders.test' in DNS");
		}
	}

	@Test
	void findsAllAddressesAndTheirChangesAtOnce() throws Exception {
		try (FakeDnsServer server = new FakeDnsServer()) {
			server.host("workers.test", "127.0.0.2", "::1", "127.0.0.3");
			String name = "//" + server.address() + "/workers.test:5555";
			assertThat(this.dns.resolve(name)).containsExactlyInAnyOrder("tcp://127.0.0.2:5555",
					"tcp://[0:0:0:0:0:0:0:1]:5555", "tcp://127.0.0.3:5555");
			server.host("workers.test", "127.0.0.4");
			assertThat(this.dns.resolve(name)).containsExactly("tcp://127.0.0.4:5555");
		}
	}

	@Test
	void saysThatThereIsNoSuchName() throws Exception {
		try (FakeDnsServer server = new FakeDnsServer()) {
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> this.srv.resolve("//" + server.address() + "/_zmq._tcp.nobody.test"))
				.withMessage("there is no name '_zmq._tcp.nobody.test' in DNS");
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> this.dns.resolve("//" + server.address() + "/nobody.test:5555"))
				.withMessage("there is no name 'nobody.test' in DNS");
		}
	}

	@Test
	void theSystemsOwnNamesResolve() throws Exception {
		assertThat(this.dns.resolve("localhost:5555")).contains("tcp://127.0.0.1:5555");
	}

}
