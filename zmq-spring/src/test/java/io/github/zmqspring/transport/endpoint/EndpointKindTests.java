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

package io.github.zmqspring.transport.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of what an {@link EndpointAddress} says of itself.
 */
class EndpointKindTests {

	@ParameterizedTest
	@CsvSource({ "tcp://*:5555, true, false, true, false, false", "tcp://0.0.0.0:5555, true, false, true, false, false",
			"tcp://127.0.0.1:5555, true, false, false, false, false",
			"tcp://[::1]:5555, true, false, false, true, false",
			"tcp://example.com:5555, true, false, false, false, true", "tcp://lo:5555, true, false, false, false, true",
			"tcp://1.2.3.four:5555, true, false, false, false, true", "ipc:///tmp/x, false, true, false, false, false",
			"inproc://x, false, false, false, false, false" })
	void anEndpointKnowsItsKind(String text, boolean tcp, boolean ipc, boolean wildcard, boolean ipv6, boolean name) {
		EndpointAddress endpoint = EndpointAddress.parse("a test", text, true);
		assertThat(endpoint.isTcp()).as("tcp").isEqualTo(tcp);
		assertThat(endpoint.isIpc()).as("ipc").isEqualTo(ipc);
		assertThat(endpoint.isWildcard()).as("wildcard").isEqualTo(wildcard);
		assertThat(endpoint.isIpv6()).as("ipv6").isEqualTo(ipv6);
		assertThat(endpoint.isName()).as("name").isEqualTo(name);
		assertThat(EndpointAddress.isInproc(text)).isEqualTo(text.startsWith("inproc"));
	}

	@Test
	void anInterfaceIsBoundByItsAddress() {
		assertThat(EndpointAddress.parse("a test", "tcp://lo:5555", true).bindText(false))
			.isEqualTo("tcp://127.0.0.1:5555");
		for (String text : List.of("tcp://nosuchdevice:5555", "tcp://127.0.0.1:5555", "tcp://*:5555", "inproc://lo")) {
			assertThat(EndpointAddress.parse("a test", text, true).bindText(false)).isEqualTo(text);
		}
	}

	@Test
	void ipv6AddressesComeFirstWhereTheyAreTaken() throws Exception {
		InetAddress four = InetAddress.getByName("10.0.0.1");
		InetAddress six = InetAddress.getByName("fd00::1");
		EndpointAddress endpoint = EndpointAddress.parse("a test", "tcp://example.com:5555", false);
		EndpointAddress.HostLookup both = lookup(four, six);
		assertThat(endpoint.resolve(both, true)).containsExactly(six, four);
		assertThat(endpoint.resolve(both, false)).containsExactly(four);
		assertThat(endpoint.resolve(lookup(six), false)).isEmpty();
		assertThat(endpoint.resolve((host) -> four, false)).containsExactly(four);
		assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> endpoint.resolve(lookup(), true));
	}

	@Test
	void theSystemKnowsItsOwnAddresses() throws Exception {
		assertThat(EndpointAddress.HostLookup.SYSTEM.find("127.0.0.1").isLoopbackAddress()).isTrue();
		assertThat(EndpointAddress.HostLookup.SYSTEM.findAll("127.0.0.1")).hasSize(1);
	}

	private static EndpointAddress.HostLookup lookup(InetAddress... addresses) {
		return new EndpointAddress.HostLookup() {

			@Override
			public InetAddress find(String host) {
				return addresses[0];
			}

			@Override
			public List<InetAddress> findAll(String host) {
				return List.of(addresses);
			}

		};
	}

}
