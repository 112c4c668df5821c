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

package io.github.zmqspring.soak;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does something at a steady rate until it is told to stop.
 */
final class Sender {

	private final Thread thread;

	private volatile boolean running = true;

	private Sender(Traffic traffic, int rate, Step step) {
		this.thread = new Thread(() -> run(rate, step), "soak-" + traffic);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	static Sender start(Traffic traffic, int rate, Step step) {
		return new Sender(traffic, rate, step);
	}

	private void run(int rate, Step step) {
		long id = ThreadLocalRandom.current().nextLong();
		long interval = TimeUnit.SECONDS.toNanos(1) / rate;
		long next = System.nanoTime();
		for (long number = 1; this.running; number++) {
			step.send(id, number);
			next += interval;
			long now = System.nanoTime();
			if (now - next > TimeUnit.SECONDS.toNanos(1)) {
				// stopped for a while: what was not sent in the meantime is not made up
				// for
				next = now;
			}
			while (next - System.nanoTime() > 0 && this.running) {
				LockSupport.parkNanos(next - System.nanoTime());
			}
		}
	}

	void stop() throws InterruptedException {
		this.running = false;
		this.thread.join();
	}

	/**
	 * Sends a message.
	 */
	interface Step {

		void send(long sender, long number);

	}

}
