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

package io.github.zmqspring.transport.peer;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.zmqspring.event.ZmqSubscriptionEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventPublisher}.
 */
@Timeout(60)
class EventPublisherTests {

	@Test
	void eventsThatASlowListenerHasNoRoomForAreCountedAndReportedOnce() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		AtomicInteger published = new AtomicInteger();
		EventPublisher publisher = new EventPublisher((ApplicationEventPublisher) (event) -> {
			begun.countDown();
			try {
				go.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			published.incrementAndGet();
		});
		Logger logger = (Logger) LoggerFactory.getLogger(EventPublisher.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		try {
			publisher.publish(event());
			begun.await();
			for (int i = 0; i < 10_007; i++) {
				publisher.publish(event());
			}
			assertThat(publisher.dropped()).isEqualTo(7);
			go.countDown();
			Awaitility.await().until(() -> published.get() == 10_001);
			publisher.flushLog();
			assertThat(List.copyOf(log.list)).extracting(ILoggingEvent::getFormattedMessage)
				.containsExactly("An event listener is too slow: 7 events were left out");
		}
		finally {
			logger.detachAppender(log);
		}
	}

	@Test
	void aListenerThatFailsIsToldAndTheNextEventIsPublished() {
		AtomicInteger published = new AtomicInteger();
		EventPublisher publisher = new EventPublisher((ApplicationEventPublisher) (event) -> {
			if (published.getAndIncrement() == 0) {
				throw new IllegalStateException("on purpose");
			}
		});
		Logger logger = (Logger) LoggerFactory.getLogger(EventPublisher.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		try {
			publisher.publish(event());
			publisher.publish(event());
			Awaitility.await().until(() -> published.get() == 2);
			assertThat(List.copyOf(log.list)).extracting(ILoggingEvent::getFormattedMessage)
				.containsExactly("An event listener failed");
		}
		finally {
			logger.detachAppender(log);
		}
	}

	private static ZmqSubscriptionEvent event() {
		return new ZmqSubscriptionEvent("test", "socket", new byte[0], true);
	}

}
