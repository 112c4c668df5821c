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

package io.github.zmqspring.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.lane.LaneHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BlockedPollerDetector}.
 */
@NoLeaks
@Timeout(60)
class BlockedPollerDetectorTests {

	private final List<Object> events = new CopyOnWriteArrayList<>();

	@Test
	void eachBlockedCallIsAnEventAndTheLogIsLimitedAndSaysSo() throws Exception {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		Logger logger = (Logger) LoggerFactory.getLogger(BlockedPollerDetector.class);
		logger.addAppender(log);
		log.start();
		try {
			BlockedPollerDetector detector = new BlockedPollerDetector(Duration.ofMillis(2), this.events::add);
			BlockedPollerDetector.Guard guard = new BlockedPollerDetector.Guard(
					ZmqListenerEndpoint.of("inline", this, getClass().getDeclaredMethod("block", int.class))
						.socket("in")
						.build(),
					new Ignoring());
			detector.add(guard);
			for (int i = 1; i <= 12; i++) {
				int expected = i;
				guard.run(() -> block(expected));
				assertThat(this.events).hasSize(i);
			}
			detector.remove(guard);
		}
		finally {
			logger.detachAppender(log);
		}
		assertThat(this.events)
			.allSatisfy((event) -> assertThat(event).isInstanceOfSatisfying(ZmqInlineBlockedEvent.class, (blocked) -> {
				assertThat(blocked.getListenerId()).isEqualTo("inline");
				assertThat(blocked.getBlockedFor()).isGreaterThanOrEqualTo(Duration.ofMillis(2));
			}));
		assertThat(log.list).hasSize(11).allSatisfy((line) -> assertThat(line.getLevel()).isEqualTo(Level.WARN));
		assertThat(log.list.get(0).getFormattedMessage()).contains("inline", "has blocked it for",
				"BlockedPollerDetectorTests.block");
		assertThat(log.list.get(10).getFormattedMessage()).contains("2 more were not logged");
	}

	void block(int expected) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.until(() -> this.events.size() >= expected);
	}

	private static final class Ignoring implements LaneHandler {

		@Override
		public void handle(ZmqMessage message) {
		}

		@Override
		public void handle(List<ZmqMessage> messages) {
		}

		@Override
		public void unhandled(List<ZmqMessage> messages) {
		}

		@Override
		public void took(long nanos) {
		}

	}

}
