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

package io.github.zmqspring.autoconfigure;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.github.zmqspring.logging.ZmqAppender;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ZmqAppender} with Spring Boot's structured logging.
 */
@NoLeaks
class StructuredLoggingTests {

	@Test
	void eventsTravelAsTheJsonOfBootsEncoder() {
		LoggerContext logging = new LoggerContext();
		logging.setMDCAdapter(MDC.getMDCAdapter());
		try (ZContext peers = new ZContext()) {
			ZMQ.Socket collector = peers.createSocket(SocketType.SUB);
			collector.setHandshakeIvl(1000);
			collector.setReceiveTimeOut(100);
			collector.subscribe("");
			logging.putObject(Environment.class.getName(),
					new MockEnvironment().withProperty("spring.application.name", "shop"));
			StructuredLogEncoder encoder = new StructuredLogEncoder();
			encoder.setContext(logging);
			encoder.setFormat("ecs");
			encoder.start();
			ZmqAppender appender = new ZmqAppender();
			appender.setContext(logging);
			appender.setEncoder(encoder);
			appender.addBind("tcp://127.0.0.1:*");
			appender.start();
			collector.connect(appender.getBoundEndpoints().get(0));
			Logger logger = logging.getLogger("shop.orders");
			logger.addAppender(appender);
			MDC.put("zmq.listener", "orders");
			// until the subscription has arrived
			Awaitility.await().pollInSameThread().until(() -> {
				logger.info("an order");
				return collector.recvStr() != null;
			});
			JsonNode event = JsonMapper.builder().build().readTree(collector.recvStr());
			assertThat(event.path("message").asString()).isEqualTo("an order");
			assertThat(event.toString()).contains("shop.orders").contains("orders");
		}
		finally {
			MDC.remove("zmq.listener");
			logging.stop();
		}
	}

}
