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

package io.github.zmqspring.listener.order;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link KeyedWorkers}.
 */
@Timeout(60)
class KeyedWorkersTests {

	private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();

	private final CountDownLatch released = new CountDownLatch(1);

	@Test
	void aThreadIsKeptForTheNextMessageAlsoAfterAStop() throws Exception {
		KeyedWorkers workers = new KeyedWorkers("keyed", 2, null,
				(message) -> this.threads.add(Thread.currentThread()));
		for (int round = 0; round < 2; round++) {
			Thread first = handle(workers);
			Awaitility.await().until(() -> isWaiting(first));
			assertThat(handle(workers)).isSameAs(first);
			assertThat(workers.end(0)).isEmpty();
			first.join(TimeUnit.SECONDS.toMillis(20));
			assertThat(first.isAlive()).isFalse();
		}
	}

	@Test
	void anExecutorWithoutAThreadHoldsNoMessageUp() throws Exception {
		KeyedWorkers workers = new KeyedWorkers("keyed", 2, (task) -> {
			throw new RejectedExecutionException("full");
		}, (message) -> this.threads.add(Thread.currentThread()));
		for (int i = 0; i < 4; i++) {
			workers.submit(i, ZmqMessage.of("x"));
			assertThat(this.threads.poll(20, TimeUnit.SECONDS)).isNotNull();
		}
		assertThat(workers.end(TimeUnit.SECONDS.toNanos(20))).isEmpty();
	}

	private Thread handle(KeyedWorkers workers) throws InterruptedException {
		workers.submit("key", ZmqMessage.of("x"));
		Thread thread = this.threads.poll(20, TimeUnit.SECONDS);
		assertThat(thread).isNotNull();
		Awaitility.await().until(() -> workers.waiting() == 0);
		return thread;
	}

	private static boolean isWaiting(Thread thread) {
		return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.TERMINATED;
	}

	@Test
	void eightMessagesForEachThreadAreTakenAndNoMore() throws Exception {
		KeyedWorkers workers = new KeyedWorkers("keyed", 2, null, (message) -> {
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				// at the end
			}
		});
		CountDownLatch taken = new CountDownLatch(17);
		Thread submitting = new Thread(() -> {
			try {
				for (int i = 0; i < 17; i++) {
					workers.submit("key", ZmqMessage.of("x"));
					taken.countDown();
				}
			}
			catch (InterruptedException ex) {
				// at the end
			}
		});
		submitting.start();
		Awaitility.await().until(() -> submitting.getState() == Thread.State.WAITING);
		assertThat(taken.getCount()).isOne();
		this.released.countDown();
		assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
		submitting.join();
		assertThat(workers.end(Duration.ofSeconds(20).toNanos())).isEmpty();
	}

}
