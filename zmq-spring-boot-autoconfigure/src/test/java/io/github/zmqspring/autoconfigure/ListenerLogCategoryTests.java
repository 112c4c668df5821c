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

import java.time.Duration;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each listener logs its failures to {@code zmq.listener.<id>}.
 */
@NoLeaks
@Timeout(120)
class ListenerLogCategoryTests {

	@Test
	void eachListenerHasItsCategory() {
		Logger logger = (Logger) LoggerFactory.getLogger("zmq.listener.orders");
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.addAppender(lines);
		try {
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class))
				.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in",
						"zmq.sockets.out.type=push", "zmq.sockets.out.connect=inproc://in")
				.withBean(Failing.class)
				.run((context) -> {
					context.getBean(ZmqTemplate.class).convertAndSend("out", "x");
					Awaitility.await()
						.atMost(Duration.ofSeconds(20))
						.until(() -> context.getBean(ZmqListenerRegistry.class).status("orders").failed() == 1);
				});
		}
		finally {
			logger.detachAppender(lines);
		}
		assertThat(lines.list).filteredOn((line) -> line.getLevel().isGreaterOrEqual(Level.WARN))
			.singleElement()
			.satisfies((line) -> assertThat(line.getFormattedMessage()).contains("orders"));
	}

	static class Failing {

		@ZmqListener(id = "orders", socket = "in")
		void handle(String payload) {
			throw new IllegalStateException("on purpose");
		}

	}

}
