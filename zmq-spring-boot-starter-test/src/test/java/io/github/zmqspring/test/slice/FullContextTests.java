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

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqRecorder;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the recorder in a context of the whole application, which observes its
 * messages itself.
 */
@SpringBootTest(
		properties = { "zmq.test.endpoints=ephemeral", "zmq.sockets.in.type=pull", "zmq.sockets.in.bind=tcp://*:5571",
				"zmq.sockets.out.type=push", "zmq.sockets.out.connect=tcp://localhost:5571" })
@NoLeaks
class FullContextTests {

	@Autowired
	private ZmqTemplate template;

	@Autowired
	private ZmqSockets sockets;

	@Autowired
	private ZmqRecorder zmq;

	@Test
	void sendsAreRecordedAlthoughTheApplicationObservesThem() {
		this.template.convertAndSend("out", "text");
		assertThat(this.zmq).socket("out").sent(1).last().text().isEqualTo("text");
		Mockito.verify(Application.OBSERVER).sending(this.sockets.definition("out"));
		assertThat(this.sockets.status("in").bound()).singleElement().asString().doesNotEndWith(":5571");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		static final MessageObserver OBSERVER = Mockito.mock();

		@Bean
		MessageObserver observer() {
			return OBSERVER;
		}

	}

}
