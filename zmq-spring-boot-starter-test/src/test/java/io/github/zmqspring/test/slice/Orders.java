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

package io.github.zmqspring.test.slice;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqTemplate;

import org.springframework.stereotype.Component;

/**
 * Takes orders, confirms them, and answers questions about them.
 */
@Component
class Orders {

	private final ZmqTemplate template;

	Orders(ZmqTemplate template) {
		this.template = template;
	}

	@ZmqListener(id = "orders.handle", socket = "orders")
	void handle(String order) {
		if (order.isBlank()) {
			throw new IllegalArgumentException("an order of nothing");
		}
		this.template.convertAndSend("confirmations", "got " + order);
	}

	@ZmqListener(id = "orders.answer", socket = "questions")
	String answer(String question) {
		return question + "!";
	}

	@ZmqListener(id = "orders.loop", socket = "loop-in")
	void loop(String text) {
	}

}
