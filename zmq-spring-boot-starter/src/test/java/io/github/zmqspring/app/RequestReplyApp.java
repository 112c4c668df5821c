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

import java.util.Locale;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * Request and reply: answers, and asks what it is asked to.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RequestReplyApp {

	private final ZmqTemplate template;

	RequestReplyApp(ZmqTemplate template) {
		this.template = template;
	}

	public static void main(String[] args) {
		Apps.run(RequestReplyApp.class, args);
	}

	@ZmqListener("bytes")
	byte[] bytes(byte[] request) {
		return new byte[] { (byte) request.length, 0 };
	}

	@ZmqListener("text")
	String text(String request) {
		if (request.equals("fail")) {
			throw new IllegalStateException("no \"such\" thing");
		}
		return request.toUpperCase(Locale.ROOT);
	}

	@ZmqListener("json")
	Order json(Order order) {
		return new Order(order.id(), order.quantity() + 1);
	}

	@ZmqListener("frames")
	ZmqMessage frames(ZmqMessage request) {
		return ZmqMessage.of(request.size(), request.frame(0), new byte[0]);
	}

	@ZmqListener("control")
	void control(String what) {
		switch (what) {
			case "bytes" ->
				Apps.say("reply", this.template.convertSendAndReceive("ask", new byte[] { 1 }, byte[].class));
			case "text" -> Apps.say("reply", this.template.convertSendAndReceive("ask", "hello", String.class));
			case "json" ->
				Apps.say("reply", this.template.convertSendAndReceive("ask", new Order("nut", 3), Order.class));
			case "frames" -> {
				ZmqMessage reply = this.template.convertSendAndReceive("ask", ZmqMessage.of("a", "", "b"),
						ZmqMessage.class);
				Apps.say("reply", reply.size(), reply.text(0), reply.text(1));
			}
			default -> throw new IllegalArgumentException(what);
		}
	}

}
