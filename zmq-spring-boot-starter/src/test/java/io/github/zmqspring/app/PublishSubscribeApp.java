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
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.messaging.handler.annotation.Payload;

/**
 * Publish and subscribe: prints what it receives, publishes what it is asked to.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PublishSubscribeApp {

	private final ZmqTemplate template;

	PublishSubscribeApp(ZmqTemplate template) {
		this.template = template;
	}

	public static void main(String[] args) {
		Apps.run(PublishSubscribeApp.class, args);
	}

	@ZmqListener(socket = "feed", topics = "bytes.")
	void bytes(@ZmqTopic String topic, byte[] payload) {
		Apps.say(topic, payload);
	}

	@ZmqListener(socket = "feed", topics = "text.")
	void text(String payload) {
		Apps.say("text", payload);
	}

	@ZmqListener(socket = "feed", topics = "json.")
	void json(@ZmqTopic String topic, @Payload Order order) {
		Apps.say(topic, order.quantity(), order.id());
	}

	@ZmqListener(socket = "feed", topics = "whole.")
	void whole(ZmqMessage message) {
		Apps.say(message.text(0), message.size(), message.text(message.size() - 1));
	}

	@ZmqListener("control")
	void control(String what) {
		switch (what) {
			case "bytes" -> this.template.publish("news", "bytes", new byte[] { 0, 1, (byte) 0xFF });
			case "text" -> this.template.publish("news", "text", "hello");
			case "json" -> this.template.newMessage(new Order("nut", 3)).to("news").topic("json").send();
			case "frames" -> this.template.publish("news", "frames", ZmqMessage.of("a", "b"));
			default -> throw new IllegalArgumentException(what);
		}
	}

}
