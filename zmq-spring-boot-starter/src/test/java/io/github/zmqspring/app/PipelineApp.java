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

import java.nio.ByteBuffer;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * Push and pull: says what it pulls, pushes what it is asked to.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PipelineApp {

	private final ZmqTemplate template;

	PipelineApp(ZmqTemplate template) {
		this.template = template;
	}

	public static void main(String[] args) {
		Apps.run(PipelineApp.class, args);
		Apps.say("main ends");
	}

	@ZmqListener("bytes")
	void bytes(byte[] payload) {
		Apps.say("bytes", payload);
	}

	@ZmqListener("text")
	void text(String payload) {
		Apps.say("text", payload);
	}

	@ZmqListener("json")
	void json(Order order) {
		Apps.say("json", order.quantity(), order.id());
	}

	@ZmqListener("frames")
	void frames(@ZmqFrame(0) String first, @ZmqFrame(1) Order order, @ZmqFrame(-1) byte[] last) {
		Apps.say("frames", first, order.quantity(), order.id(), last);
	}

	@ZmqListener("whole")
	void whole(ZmqMessage message) {
		Apps.say("whole", message.size(), message.bytes());
	}

	@ZmqListener("control")
	void control(String what) {
		switch (what) {
			case "bytes" -> this.template.convertAndSend("out", new byte[] { 0, 1, (byte) 0xFF });
			case "text" -> this.template.convertAndSend("out", "h\u00e4llo");
			case "json" -> this.template.convertAndSend("out", new Order("nut", 3));
			case "frames" -> this.template.sendFrames("out", "a", new byte[0], ByteBuffer.wrap(new byte[] { 'b' }),
					new Order("nut", 3));
			case "message" -> this.template.convertAndSend("out", ZmqMessage.of("x", "y", "z"));
			default -> throw new IllegalArgumentException(what);
		}
	}

}
