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

package io.github.zmqspring.transport.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lookup}, with a refresh that never comes.
 */
@Timeout(60)
class LookupTests {

	private final Semaphore lookUps = new Semaphore(0);

	private final CountDownLatch go = new CountDownLatch(1);

	private final Discovery discovery = new Discovery(List.of(new ZmqEndpointResolver() {

		@Override
		public String scheme() {
			return "test";
		}

		@Override
		public List<String> resolve(String name) throws Exception {
			LookupTests.this.lookUps.release();
			LookupTests.this.go.await();
			return List.of();
		}

	}), Duration.ofHours(1), Duration.ZERO, Duration.ofHours(1));

	private final Lookup lookup = this.discovery.lookUp("test:///any", new Lookup.Listener() {

		@Override
		public void found(List<String> endpoints) {
		}

		@Override
		public void failed(String reason) {
		}

	});

	private boolean isLookedUp() throws InterruptedException {
		return this.lookUps.tryAcquire(20, TimeUnit.SECONDS);
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("zmq-discovery"))
			.count();
	}

	@Test
	void itsThreadsEndWithTheLastName() throws InterruptedException {
		assertThat(isLookedUp()).isTrue();
		this.go.countDown();
		this.lookup.stop();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> threads() == 0);
	}

	@Test
	void aLostConnectionHasTheNameLookedUpSoonAlsoWhileThatIsUnderWay() throws InterruptedException {
		try {
			assertThat(isLookedUp()).isTrue();
			this.lookup.soon();
			this.go.countDown();
			assertThat(isLookedUp()).isTrue();
			this.lookup.soon();
			this.lookup.soon();
			assertThat(isLookedUp()).isTrue();
			assertThat(this.lookUps.availablePermits()).isZero();
		}
		finally {
			this.lookup.stop();
		}
	}

}
