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
package io.github.zmqspring.test.kotlin

import io.github.zmqspring.annotation.ZmqListener
import io.github.zmqspring.core.MessageOperations
import io.github.zmqspring.core.ZmqSockets
import io.github.zmqspring.core.ZmqTemplate
import io.github.zmqspring.core.request
import io.github.zmqspring.test.NoLeaks
import io.github.zmqspring.test.ZmqListeners
import io.github.zmqspring.test.ZmqRecorder
import io.github.zmqspring.test.ZmqScenario
import io.github.zmqspring.test.ZmqTest
import io.github.zmqspring.test.ZmqTestPeer
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.core.ParameterizedTypeReference
import org.springframework.stereotype.Component
import org.springframework.test.annotation.DirtiesContext

/**
 * An application in Kotlin, tested in Kotlin: what is injected, assertions, peers and scenarios.
 */
@ZmqTest(properties = [
	"zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
	"zmq.sockets.confirmations.type=push", "zmq.sockets.confirmations.connect=tcp://elsewhere.invalid:5556",
	"zmq.sockets.prices.type=req", "zmq.sockets.prices.connect=tcp://elsewhere.invalid:5557"])
@DirtiesContext
@NoLeaks
class KotlinKitTests(
	@Autowired private val sockets: ZmqSockets,
	@Autowired private val zmq: ZmqRecorder,
	@Autowired private val scenario: ZmqScenario,
	@Autowired private val listeners: ZmqListeners,
	@Autowired private val template: ZmqTemplate,
	@Autowired private val messages: MessageOperations) {

	@Test
	fun anOrderOfAPeerIsConfirmed() {
		ZmqTestPeer.push(sockets, "orders").converting(messages).use { peer ->
			ZmqTestPeer.pull(sockets, "confirmations").use { confirmed ->
				peer.send(Order("tea", 2))
				assertThat(zmq).listener("orders.handle").received(1).last().payload(Order::class.java)
					.isEqualTo(Order("tea", 2))
				assertThat(zmq).socket("confirmations").sent(1).first().text().isEqualTo("2 of tea")
				assertThat(confirmed.await().text(0)).isEqualTo("2 of tea")
			}
		}
	}

	@Test
	fun aMessageWithoutAParameterThatMayNotBeNullIsUnreadable() {
		ZmqTestPeer.push(sockets, "orders").use { peer ->
			peer.send("""{"count":2}""")
			assertThat(zmq).listener("orders.handle").unreadable(1)
		}
	}

	@Test
	fun aScenarioTakesLambdas() {
		ZmqTestPeer.pull(sockets, "confirmations").use {
			scenario.whenDelivered("orders.handle", Order("milk", 3))
				.then { zmq -> zmq.listener("orders.handle").returned(1) }
				.then { zmq -> zmq.socket("confirmations").sent(1).last().text().isEqualTo("3 of milk") }
		}
	}

	@Test
	fun aPeerAnswersARequestWithTheTypeOfTheCall() {
		ZmqTestPeer.rep(sockets, "prices") { request -> """[{"item":"${request.text(0)}","count":7}]""" }.use {
			assertThat(template.request<List<Order>>("prices", "tea")).containsExactly(Order("tea", 7))
		}
		assertThat(zmq).socket("prices").sent(1).first().payload(object : ParameterizedTypeReference<String>() {})
			.isEqualTo("tea")
	}

	@Test
	fun anUnknownListenerIsRefusedWithThoseThereAre() {
		assertThatExceptionOfType(IllegalArgumentException::class.java).isThrownBy { assertThat(zmq).listener("nothing") }
			.withMessageContaining("orders.handle")
	}

}

/** Finds the listeners below its package. */
@SpringBootApplication(proxyBeanMethods = false)
class KotlinApplication

/** What is ordered. */
data class Order(val item: String, val count: Int)

/** Confirms orders. */
@Component
class Orders(private val template: ZmqTemplate) {

	@ZmqListener(id = "orders.handle", socket = "orders")
	fun handle(order: Order) {
		template.convertAndSend("confirmations", "${order.count} of ${order.item}")
	}

}
