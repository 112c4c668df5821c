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

package io.github.zmqspring.core

import io.github.zmqspring.annotation.ZmqListener
import io.github.zmqspring.test.NoLeaks
import java.util.concurrent.CompletableFuture
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatIllegalStateException
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.springframework.boot.WebApplicationType
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.builder.SpringApplicationBuilder
import org.springframework.context.ConfigurableApplicationContext
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.zeromq.SocketType

/**
 * Tests for the extensions for Kotlin: types of replies, functions that suspend, and definitions of sockets.
 */
@NoLeaks
class KotlinExtensionsTests {

	private fun start(): ConfigurableApplicationContext = SpringApplicationBuilder(App::class.java)
		.web(WebApplicationType.NONE)
		.properties("spring.main.banner-mode=off", "spring.jmx.enabled=false", "zmq.template.request-timeout=20s",
			"spring.lifecycle.timeout-per-shutdown-phase=1s")
		.run()

	@Test
	fun repliesHaveTheTypeOfTheCall() {
		start().use { context ->
			val template = context.getBean(ZmqTemplate::class.java)
			val quotes = template.request<List<Quote>>("ask", "ACME")
			assertThat(quotes).containsExactly(Quote("ACME", 1.0), Quote("ACME", 2.0))
			assertThatIllegalStateException().isThrownBy { template.request<Quote>("ask", "nothing") }
				.withMessageContaining("'ask' is empty")
		}
	}

	@Test
	fun requestsAndSendsSuspend() = runBlocking<Unit> {
		start().use { context ->
			val template = context.getBean(ZmqTemplate::class.java)
			assertThat(template.requestAwait<List<Quote>>("ask", "NUT")).hasSize(2)
			template.sendAwait("out", "tea")
			assertThat(context.getBean(App::class.java).orders.poll(20, TimeUnit.SECONDS)).isEqualTo("tea")
		}
	}

	@Test
	fun aCancelledCoroutineForgetsItsRequest() = runBlocking<Unit> {
		start().use { context ->
			val template = context.getBean(ZmqTemplate::class.java)
			val requests = context.getBean(RequestOperations::class.java)
			val asking = async(Dispatchers.Default, CoroutineStart.DEFAULT) {
				template.requestAwait<Quote>("ask", "later")
			}
			await().until { requests.status("ask").pending() == 1 }
			asking.cancelAndJoin()
			await().until { requests.status("ask").pending() == 0 }
		}
	}

	@Test
	fun aSocketIsDefinedByWhatIsSaidOfIt() {
		val definition = zmqSocket("market", SocketType.SUB) {
			connect("tcp://one:5556", "tcp://two:5556")
			topics("10001", "10002")
			autoStartup(false)
			requiredPeers(1)
			option(SocketOption.RECEIVE_HWM, 100)
			more { envelope(Envelope.HEADERS) }
		}
		assertThat(definition.connect()).containsExactly("tcp://one:5556", "tcp://two:5556")
		assertThat(definition.topics()).containsExactly("10001", "10002")
		assertThat(definition.autoStartup()).isFalse()
		assertThat(definition.requiredPeers()).isEqualTo(1)
		assertThat(definition.options().values()).containsEntry(SocketOption.RECEIVE_HWM, 100)
		assertThat(definition.envelope()).isEqualTo(Envelope.HEADERS)
	}

	data class Quote(val symbol: String, val price: Double)

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	class App {

		val orders = LinkedBlockingQueue<String>()

		private val never = CompletableFuture<Any>()

		@Bean
		fun rpc() = zmqSocket("rpc", SocketType.REP) { bind("tcp://127.0.0.1:*") }

		@Bean
		fun ask() = zmqSocket("ask", SocketType.REQ) { connect("socket:rpc") }

		@Bean
		fun incoming() = zmqSocket("in", SocketType.PULL) { bind("tcp://127.0.0.1:*") }

		@Bean
		fun outgoing() = zmqSocket("out", SocketType.PUSH) { connect("socket:in") }

		@ZmqListener("rpc")
		fun answer(symbol: String): CompletableFuture<out Any?> = when (symbol) {
			"nothing" -> CompletableFuture.completedFuture(ByteArray(0))
			"later" -> never
			else -> CompletableFuture.completedFuture(listOf(Quote(symbol, 1.0), Quote(symbol, 2.0)))
		}

		@ZmqListener("in")
		fun handle(order: String) {
			orders.add(order)
		}

	}

}
