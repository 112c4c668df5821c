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

package io.github.zmqspring.app;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqMessage;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two pairs: what the listener returns goes to the other side.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PairApp {

	public static void main(String[] args) {
		ConfigurableApplicationContext context = Apps.run(PairApp.class, args);
		context.getBean("zmqHealthContributor", CompositeHealthContributor.class).stream().forEach((entry) -> {
			if (entry.contributor() instanceof HealthIndicator indicator) {
				Apps.say("health", entry.name(), indicator.health().getStatus());
			}
		});
		Apps.say("health ends");
	}

	@ZmqListener("json")
	Order json(Order order) {
		return new Order(order.id(), -order.quantity());
	}

	@ZmqListener("any")
	Object any(ZmqMessage message) {
		return switch (message.text(0)) {
			case "bytes" -> new byte[] { 0, (byte) 0xFF };
			case "text" -> "hello";
			default -> ZmqMessage.of("size", message.size());
		};
	}

}
