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

import java.util.HashSet;
import java.util.Set;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqListeners;
import io.github.zmqspring.test.ZmqRecorder;
import io.github.zmqspring.test.ZmqTest;
import io.github.zmqspring.test.ZmqTestPeer;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for contexts that a test closes, and for several that stay in the cache: Spring
 * pauses those that no class uses, and starts them again for the next one.
 */
@NoLeaks
class SeveralContextsTests {

	@Nested
	@ZmqTest(properties = { "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
			"zmq.sockets.orders-out.type=push", "zmq.sockets.orders-out.connect=tcp://localhost:5555" })
	@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
	class Dirtied {

		private static final Set<ZmqRecorder> RECORDERS = new HashSet<>();

		@Autowired
		private ZmqSockets sockets;

		@Autowired
		private ZmqRecorder zmq;

		@RepeatedTest(3)
		void eachMethodHasAContextOfItsOwn() {
			assertThat(RECORDERS.add(this.zmq)).isTrue();
			try (ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "orders")) {
				peer.send("tea");
				assertThat(this.zmq).listener("orders.handle").received(1);
			}
		}

	}

	@Nested
	@TestClassOrder(ClassOrderer.OrderAnnotation.class)
	class Cached {

		/** Make calls that only the recorder of this context may see. */
		private static void exchange(ZmqSockets sockets, ZmqRecorder zmq, ZmqTemplate template,
				ZmqListeners listeners) {
			template.convertAndSend("orders-out", "by the template");
			try (ZmqTestPeer peer = ZmqTestPeer.push(sockets, "orders")) {
				peer.send("by a peer");
				assertThat(zmq).listener("orders.handle").received(2);
			}
			listeners.deliver("orders.handle", "delivered");
			assertThat(zmq).listener("orders.handle").received(3);
			assertThat(zmq).socket("orders-out").sent(1);
		}

		@Nested
		@Order(1)
		@ZmqTest(properties = { "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
				"zmq.sockets.orders-out.type=push", "zmq.sockets.orders-out.connect=tcp://localhost:5555",
				"context=one" })
		class First {

			@Test
			void itsMessagesAreItsOwn(@Autowired ZmqSockets sockets, @Autowired ZmqRecorder zmq,
					@Autowired ZmqTemplate template, @Autowired ZmqListeners listeners) {
				exchange(sockets, zmq, template, listeners);
			}

		}

		@Nested
		@Order(2)
		@ZmqTest(properties = { "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
				"zmq.sockets.orders-out.type=push", "zmq.sockets.orders-out.connect=tcp://localhost:5555",
				"context=two" })
		class Other {

			@Test
			void itsMessagesAreItsOwn(@Autowired ZmqSockets sockets, @Autowired ZmqRecorder zmq,
					@Autowired ZmqTemplate template, @Autowired ZmqListeners listeners) {
				exchange(sockets, zmq, template, listeners);
			}

		}

		@Nested
		@Order(3)
		@DirtiesContext
		@ZmqTest(properties = { "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
				"zmq.sockets.orders-out.type=push", "zmq.sockets.orders-out.connect=tcp://localhost:5555",
				"context=one" })
		class FirstAgain {

			@Test
			void itsMessagesAreItsOwn(@Autowired ZmqSockets sockets, @Autowired ZmqRecorder zmq,
					@Autowired ZmqTemplate template, @Autowired ZmqListeners listeners) {
				exchange(sockets, zmq, template, listeners);
			}

		}

	}

}
