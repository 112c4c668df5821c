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

package io.github.zmqspring.test.kit;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.ZmqRecorder;
import io.github.zmqspring.test.ZmqTest;
import io.github.zmqspring.test.ZmqTestPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for classes that JUnit runs at the same time, with the same names of sockets and
 * the same ports.
 */
@Isolated("a system property lets the classes run")
class ParallelClassesTests {

	private static final String RUN = "parallel.classes.run";

	/** Each class waits here until the others have their contexts too. */
	private static final CyclicBarrier ALL = new CyclicBarrier(3);

	@Test
	void portsNamesAndRecordersOfClassesDoNotClash() {
		System.setProperty(RUN, "true");
		try {
			EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
				.selectors(DiscoverySelectors.selectClass(First.class), DiscoverySelectors.selectClass(Second.class),
						DiscoverySelectors.selectClass(Third.class))
				.configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
				.configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
				.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
				.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "3")
				.execute();
			results.allEvents().failed().stream().forEach((event) -> {
				throw new AssertionError(event.toString());
			});
			assertThat(results.testEvents().succeeded().count()).isEqualTo(3);
		}
		finally {
			System.clearProperty(RUN);
		}
	}

	@EnabledIfSystemProperty(named = RUN, matches = "true")
	@DirtiesContext
	abstract static class Shared {

		@Autowired
		private ZmqSockets sockets;

		@Autowired
		private ZmqRecorder zmq;

		@Autowired
		private ZmqTemplate template;

		@Test
		void seesItsOwnMessagesOnly() throws Exception {
			String name = getClass().getSimpleName();
			ALL.await(3, TimeUnit.MINUTES);
			try (ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "orders")) {
				peer.send(name);
				this.template.convertAndSend("orders-out", name);
				assertThat(this.zmq).listener("orders.handle")
					.received(2)
					.payloads(String.class)
					.containsExactly(name, name);
				ALL.await(3, TimeUnit.MINUTES);
			}
			assertThat(this.zmq).listener("orders.handle").received(2);
			assertThat(this.zmq).socket("orders-out").sent(1);
		}

	}

	@ZmqTest(listeners = Listening.class,
			properties = { "name=first", "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
					"zmq.sockets.orders-out.type=push", "zmq.sockets.orders-out.connect=tcp://localhost:5555" })
	static class First extends Shared {

	}

	@ZmqTest(listeners = Listening.class,
			properties = { "name=second", "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
					"zmq.sockets.orders-out.type=push", "zmq.sockets.orders-out.connect=tcp://localhost:5555" })
	static class Second extends Shared {

	}

	@ZmqTest(listeners = Listening.class,
			properties = { "name=third", "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
					"zmq.sockets.orders-out.type=push", "zmq.sockets.orders-out.connect=tcp://localhost:5555" })
	static class Third extends Shared {

	}

}
