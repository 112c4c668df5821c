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

package io.github.zmqspring.transport.poll;

import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;

import io.github.zmqspring.core.ZmqMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A signal that another thread watches is ignored, unless a thread began to wait
 * meanwhile: it would be woken by the net of 10 ms only.
 */
class PollerKeysTests {

	private Selector selector;

	private Pipe pipe;

	private PollerKeys keys;

	private final Waited socket = new Waited();

	@BeforeEach
	void open() throws Exception {
		this.selector = Selector.open();
		this.pipe = Pipe.open();
		this.pipe.source().configureBlocking(false);
		this.keys = new PollerKeys(this.selector);
		this.keys.add(this.socket);
	}

	@AfterEach
	void close() throws Exception {
		this.selector.close();
		this.pipe.source().close();
		this.pipe.sink().close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theSignalIsWatchedAtOnceForAThreadThatBeganToWaitMeanwhile(boolean waited) {
		this.socket.waitedFor = waited;
		this.keys.arm(this.socket, false);
		assertThat(this.keys.isDisarmed(this.socket)).isEqualTo(!waited);
		assertThat(this.pipe.source().keyFor(this.selector).interestOps())
			.isEqualTo((waited) ? SelectionKey.OP_READ : 0);
	}

	@Test
	void theSignalIsWatchedAgainWhenItIsNeeded() {
		this.keys.arm(this.socket, false);
		this.keys.arm(this.socket, true);
		assertThat(this.keys.isDisarmed(this.socket)).isFalse();
		assertThat(this.pipe.source().keyFor(this.selector).interestOps()).isEqualTo(SelectionKey.OP_READ);
	}

	/** A socket for which a thread may wait. */
	private final class Waited implements Pollable {

		private boolean waitedFor;

		@Override
		public SelectableChannel signal() {
			return PollerKeysTests.this.pipe.source();
		}

		@Override
		public boolean markVisitPending() {
			return true;
		}

		@Override
		public Visit visit(List<ZmqMessage> inline) {
			return Visit.IDLE;
		}

		@Override
		public boolean isWaitedFor() {
			return this.waitedFor;
		}

	}

}
