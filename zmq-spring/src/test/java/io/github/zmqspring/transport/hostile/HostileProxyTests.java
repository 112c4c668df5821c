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

package io.github.zmqspring.transport.hostile;

import java.io.IOException;

import io.github.zmqspring.proxy.ZmqProxyType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;

/**
 * Strangers and peers that send what they should not, to both sides of proxies.
 */
class HostileProxyTests extends SiegeTests {

	@ParameterizedTest
	@CsvSource({ "QUEUE, true, false", "QUEUE, false, false", "FORWARDER, true, false", "FORWARDER, false, false",
			"STREAMER, true, false", "STREAMER, false, false", "QUEUE, true, true", "QUEUE, false, true",
			"FORWARDER, true, true", "FORWARDER, false, true", "STREAMER, true, true", "STREAMER, false, true" })
	void nothingThatComesToOneSideHarmsThePeersOfTheProxy(ZmqProxyType type, boolean frontend, boolean connects)
			throws IOException {
		try (BesiegedProxy besieged = new BesiegedProxy(sockets, type, frontend, connects)) {
			besieged.endure(HostileGreetingTests.ATTACKS);
			besieged.endure(HostileHandshakeTests.NULL);
			besieged.endure(HostileFrameTests.FRAMES);
			besieged.endure(HostileFrameTests.COMMANDS);
			besieged.endure(HostileFrameTests.MESSAGES);
			if (besieged.site().type() == SocketType.XPUB) {
				besieged.endure(HostileSubscriberTests.ATTACKS);
			}
		}
	}

}
