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

package io.github.zmqspring.docs

import io.github.zmqspring.core.SocketOption
import io.github.zmqspring.core.ZmqTemplate
import io.github.zmqspring.core.request
import io.github.zmqspring.core.requestAwait
import io.github.zmqspring.core.sendAwait
import io.github.zmqspring.core.zmqSocket
import org.springframework.context.annotation.Bean
import org.zeromq.SocketType

/**
 * The Kotlin of the docs, to be compiled: SnippetTests compares it line by line.
 */
class KotlinSnippets(private val template: ZmqTemplate) {

	suspend fun ask() {
		val quote = template.request<Quote>("ask", QuoteRequest("ACME"))           // waits
		val later = template.requestAwait<Quote>("ask", QuoteRequest("ACME"))      // suspends, cancels
		template.sendAwait("orders", Order("nut", 3))
		check(quote == later)
	}

	@Bean
	fun orders() = zmqSocket("orders", SocketType.PULL) {
		bind("tcp://*:5555")
		option(SocketOption.RECEIVE_HWM, 100)
	}

	data class Quote(val symbol: String, val price: Double)

	data class QuoteRequest(val symbol: String)

	data class Order(val item: String, val amount: Int)

}
