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

import io.github.zmqspring.annotation.ZmqHandler;
import io.github.zmqspring.annotation.ZmqListener;

import org.springframework.stereotype.Component;

/**
 * A listener by its class, which the type of the payload dispatches.
 */
@Component
@ZmqListener(id = "tickets", socket = "tickets", autoStartup = "${tickets.listen:false}")
class Tickets {

	@ZmqHandler
	void handle(Ticket ticket) {
		if (ticket.number() < 0) {
			throw new IllegalArgumentException("there is no ticket below zero");
		}
	}

	record Ticket(int number) {

	}

}
