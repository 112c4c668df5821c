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

package io.github.zmqspring.transport.lane;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.poll.MailboxSignal;
import io.github.zmqspring.transport.poll.SocketPoller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lane that dies all the same shows, and gives back what it has read.
 */
@NoLeaks
@Timeout(60)
class LaneDeathTests {

	@Test
	void whatADeadLaneHasReadIsGivenBack() {
		List<ZmqMessage> unhandled = new CopyOnWriteArrayList<>();
		LaneSettings settings = new LaneSettings("mortal", 1, null, 10, 0, null, Duration.ofMillis(50), List.of(),
				List.of());
		LaneGroup lanes = new LaneGroup(new BrokenSource(), settings, new LaneHandler() {

			@Override
			public void handle(ZmqMessage message) {
			}

			@Override
			public void unhandled(List<ZmqMessage> messages) {
				unhandled.addAll(messages);
			}

		});
		lanes.start();
		TestSockets.await(() -> !lanes.isAlive());
		TestSockets.await(() -> unhandled.size() == 3);
		assertThat(unhandled).extracting((message) -> message.text(0)).containsExactly("0", "1", "2");
		assertThat(lanes.stop(0)).isZero();
	}

	/** Has three messages, and then breaks down. */
	private static final class BrokenSource implements LaneSource {

		@Override
		public List<ZmqMessage> lookAhead(Predicate<ZmqMessage> taken) {
			return List.of();
		}

		private boolean read;

		@Override
		public int drain(Lane lane, List<ZmqMessage> into, int most) {
			if (!this.read) {
				this.read = true;
				for (int i = 0; i < 3; i++) {
					into.add(ZmqMessage.of(String.valueOf(i)));
				}
				return 3;
			}
			lane.group().rests(lane, false);
			return 0;
		}

		@Override
		public void leave(Lane lane) {
			if (lane.isAlive()) {
				throw new IllegalStateException("wanted");
			}
		}

		@Override
		public List<ZmqMessage> detach(Reader reader) {
			return List.of();
		}

		@Override
		public void resumed(Reader reader) {
		}

		@Override
		public void wakeIdle(LaneGroup lanes, Runnable action) {
		}

		@Override
		public void requestVisit() {
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public MailboxSignal signal() {
			return new MailboxSignal(null);
		}

		@Override
		public SocketPoller poller() {
			throw new UnsupportedOperationException();
		}

	}

}
