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

import io.github.zmqspring.core.ZmqConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the reports of {@link EndpointAddress#parse}: each says what to write.
 */
class EndpointParserTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
			tcp://a:1 tcp://b:2       | is more than one endpoint | ["tcp://a:1", "tcp://b:2"]
			tcp://a:1;tcp://b:2       | is more than one endpoint | ["tcp://a:1", "tcp://b:2"]
			tcp://a:1; inproc://b     | is more than one endpoint | ["tcp://a:1", "inproc://b"]
			tcp://a:1,tcp://b:2       | is more than one endpoint | ["tcp://a:1", "tcp://b:2"]
			socket:a tcp://b:2        | is more than one endpoint | ["socket:a", "tcp://b:2"]
			inproc://a inproc://b     | is more than one endpoint | ["inproc://a", "inproc://b"]
			' tcp://a:1'              | a blank | 'tcp://a:1'
			'tcp://a:1 '              | a blank | 'tcp://a:1'
			tcp://in val id:1         | blank in its host 'in val id' | name of the host
			tcp://a :1                | blank in its host 'a ' | name of the host
			localhost:5555            | has no transport | tcp://localhost:5555
			:5555                     | has no transport | tcp://localhost:5555
			//a:5555                  | has no transport | tcp://a:5555
			5555                      | only a port | tcp://localhost:5555
			tcp:/a:1                  | has no // | tcp://a:1
			tcp:a:1                   | has no // | tcp://a:1
			TCP:/a:1                  | has no // | tcp://a:1
			inproc:x                  | has no // | inproc://x
			orders                    | is not an endpoint | tcp://host:port
			TCP://a:1                 | capital letters | tcp://a:1
			InProc://a                | capital letters | inproc://a
			socket://orders           | not an endpoint | socket:orders
			http://a:1                | address of the web | tcp://host:port
			ws://a:1                  | JeroMQ does not have | tcp://host:port
			udp://a:1                 | JeroMQ does not have | tcp://host:port
			pgm://a:1                 | JeroMQ does not have | tcp://host:port
			epgm://eth0;239.1.1.1:1   | JeroMQ does not have | tcp://host:port
			tpc://a:1                 | ZeroMQ does not have | tcp://host:port
			://a:1                    | ZeroMQ does not have | tcp://host:port
			inproc://                 | names nothing | inproc:// and a name
			ipc://                    | names nothing | ipc:// and a path
			tcp://                    | neither host nor port | tcp://localhost:5555
			tcp://a                   | has no port | tcp://a:5555
			tcp://a:                  | has no port | tcp://a:5555
			tcp://a/                  | has no port | tcp://a:5555
			tcp://[::1]               | has no port | tcp://[::1]:5555
			tcp://:                   | has no port | tcp://localhost:5555
			tcp://:1                  | has no host | tcp://localhost:1
			tcp://a:0                 | the port '0' | from 1 to 65535
			tcp://a:*                 | the port '*' | from 1 to 65535
			tcp://a:65536             | the port '65536' | from 1 to 65535
			tcp://a:99999999999       | the port '99999999999' | from 1 to 65535
			tcp://a:-1                | the port '-1' | from 1 to 65535
			tcp://a:+1                | the port '+1' | from 1 to 65535
			tcp://a:http              | the port 'http' | from 1 to 65535
			tcp://a:1?x=y             | the port '1?x=y' | from 1 to 65535
			tcp://a:１                | the port '１' | from 1 to 65535
			tcp://a:1/                | behind its port | tcp://a:1
			tcp://a:1/b               | behind its port | tcp://a:1
			tcp://a:1:2               | neither a name nor an IPv6 address | tcp://host:port
			tcp://::1                 | neither a name nor an IPv6 address | tcp://[::1]:port
			tcp://[::1:1              | bracket too few | tcp://[::1]:1
			tcp://[a]:1               | no IPv6 address | tcp://a:1
			tcp://256.1.1.1:1         | no IPv4 address | 0 to 255
			tcp://1.2.3.1000:1        | no IPv4 address | 0 to 255
			tcp://user@a:1            | no name of a host | without a user
			tcp://a/b:1               | no name of a host | without a user
			tcp://*:1                 | every interface | tcp://127.0.0.1:1
			tcp://0.0.0.0:1           | every interface | tcp://127.0.0.1:1
			tcp://[::]:1              | every interface | tcp://127.0.0.1:1
			tcp://[0:0:0:0:0:0:0:0]:1 | every interface | tcp://127.0.0.1:1
			tcp://a:1;b:2             | source address | peer's address
			""")
	void whatCannotBeConnectedToIsRefusedWithWhatToWrite(String endpoint, String reason, String action) {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> EndpointAddress.parse("zmq.sockets.x.connect", endpoint, false))
			.satisfies((ex) -> {
				assertThat(ex.getSubject()).isEqualTo("zmq.sockets.x.connect");
				assertThat(ex.getReason()).contains("'" + endpoint + "' ").contains(reason);
				assertThat(ex.getAction()).contains(action);
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			5555      | tcp://*:5555
			:5555     | tcp://*:5555
			*:5555    | tcp://*:5555
			*:*       | tcp://*:*
			tcp://    | tcp://*:5555
			tcp://*   | :* for an ephemeral port
			tcp://:1  | tcp://*:1
			tcp://*:x | * for an ephemeral one
			""")
	void whatCannotBeBoundIsRefusedWithWhatToWrite(String endpoint, String action) {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> EndpointAddress.parse("zmq.sockets.x.bind", endpoint, true))
			.satisfies((ex) -> assertThat(ex.getAction()).contains(action));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t" })
	void anEmptyEndpointIsRefused(String endpoint) {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> EndpointAddress.parse("zmq.sockets.x.bind", endpoint, true))
			.withMessageContaining("is empty");
	}

	@ParameterizedTest
	@CsvSource({ "tcp://a:1, a, 1", "tcp://my_service.my-space:65535, my_service.my-space, 65535",
			"tcp://[::1]:1, ::1, 1", "tcp://::1:5555, ::1, 5555", "tcp://[fe80::1%eth0]:1, fe80::1%eth0, 1",
			"tcp://fe80::1%eth0:1, fe80::1%eth0, 1", "tcp://[::ffff:127.0.0.1]:1, ::ffff:127.0.0.1, 1",
			"tcp://127.1:1, 127.1, 1", "tcp://a.:00080, a., 80", "inproc://a b, a b, 0", "inproc://a/b:c, a/b:c, 0",
			"ipc:///run/x.sock, /run/x.sock, 0", "ipc://x, x, 0" })
	void whatWorksIsTakenApart(String endpoint, String host, int port) {
		EndpointAddress address = EndpointAddress.parse("x", endpoint, false);
		assertThat(address.host()).isEqualTo(host);
		assertThat(address.port()).isEqualTo(port);
		assertThat(address.text()).isEqualTo(endpoint);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://*:*", "tcp://*:0", "tcp://0.0.0.0:*", "tcp://[::]:*", "tcp://eth0:5555",
			"tcp://eth0@if3:5555", "tcp://localhost:1" })
	void whatCanOnlyBeBoundIsTaken(String endpoint) {
		assertThat(EndpointAddress.parse("x", endpoint, true).isTcp()).isTrue();
	}

}
