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

package io.github.zmqspring.sample;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.test.ZmqListeners;
import io.github.zmqspring.test.ZmqRecorder;
import io.github.zmqspring.test.ZmqTest;
import io.github.zmqspring.test.ZmqTestPeer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The request-reply service alone, with the sample's own sockets on other ports.
 */
@ZmqTest(listeners = RpcService.class)
@DirtiesContext
class RpcServiceTests {

	@Autowired
	private ZmqSockets sockets;

	@Autowired
	private ZmqListeners listeners;

	@Autowired
	private ZmqRecorder zmq;

	@BeforeEach
	void forget() {
		this.zmq.clear();
	}

	@Test
	void anyClientGetsAnAnswer() {
		try (ZmqTestPeer client = ZmqTestPeer.req(this.sockets, "rpc")) {
			assertThat(client.send("{\"op\":\"reverse\",\"text\":\"stressed\"}").await().text(0))
				.contains("\"result\":\"desserts\"");
		}
		assertThat(this.zmq).listener("rpcService.handle")
			.received(1)
			.last()
			.payload(RpcRequest.class)
			.isEqualTo(new RpcRequest("reverse", "stressed"));
	}

	@Test
	void anOperationThatIsUnknownIsAnError() {
		this.listeners.deliver("rpcService.handle", new RpcRequest("sing", "la"));
		assertThat(this.zmq).listener("rpcService.handle").failed(1).hasMessageContaining("There is no op 'sing'");
	}

}
