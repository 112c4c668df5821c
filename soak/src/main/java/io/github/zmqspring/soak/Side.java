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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;

import org.springframework.context.ApplicationContext;

/**
 * What a process sends and receives.
 */
abstract class Side {

	private static final long SLEEP_NANOS = 10_000_000;

	private final List<Sender> senders = new ArrayList<>();

	private final Tally tally;

	private final int rate;

	private final Latency latency = new Latency();

	private final Latency wakeUp = new Latency();

	private volatile ApplicationContext context;

	@SuppressWarnings("NullAway.Init")
	Side(Tally tally, int rate) {
		this.tally = tally;
		this.rate = rate;
	}

	void start(ApplicationContext started) {
		this.context = started;
		Thread sleeper = new Thread(this::sleep, "soak-sleeper");
		sleeper.setDaemon(true);
		sleeper.start();
	}

	/** Begin to send. */
	void go() {
	}

	/** Handle messages slowly. */
	void slow(int millis) {
	}

	/** Write down what the library counted. */
	void account() {
	}

	/** Send nothing more. */
	void quiet() throws InterruptedException {
		for (Sender sender : this.senders) {
			sender.stop();
		}
	}

	/** Return the 99th percentile since the last call. */
	double millis() {
		return this.latency.millis();
	}

	/** Return the 99th percentile of what a sleeping thread was late. */
	double wakeUpMillis() {
		return this.wakeUp.millis();
	}

	private void sleep() {
		while (true) {
			long wanted = System.nanoTime() + SLEEP_NANOS;
			LockSupport.parkNanos(SLEEP_NANOS);
			this.wakeUp.record(System.nanoTime() - wanted);
		}
	}

	Latency latency() {
		return this.latency;
	}

	Tally tally() {
		return this.tally;
	}

	ZmqTemplate template() {
		return this.context.getBean(ZmqTemplate.class);
	}

	ZmqSockets sockets() {
		return this.context.getBean(ZmqSockets.class);
	}

	Numbered receiver(Traffic traffic, Latency into) {
		return new Numbered(traffic, this.tally, into);
	}

	void send(Traffic traffic, String socket, byte[]... before) {
		ZmqTemplate template = template();
		this.senders.add(Sender.start(traffic, this.rate, (sender, number) -> {
			this.tally.add(traffic, Count.SENT);
			byte[] head = Numbered.head(sender, number);
			List<Object> frames = new ArrayList<>(List.of((Object[]) before));
			frames.addAll(List.of(head, Numbered.body(number), head));
			try {
				template.sendFrames(socket, frames.toArray());
			}
			catch (ZmqException ex) {
				this.tally.add(traffic, Count.REFUSED);
			}
		}));
	}

	void request(Traffic traffic, String socket, Latency into) {
		ZmqTemplate template = template();
		this.senders.add(Sender.start(traffic, this.rate, (sender, number) -> {
			this.tally.add(traffic, Count.SENT);
			long start = System.nanoTime();
			CompletableFuture<byte[]> reply;
			byte[] request = Numbered.head(sender, number);
			try {
				reply = template.requestAsync(socket, request, byte[].class);
			}
			catch (ZmqException ex) {
				this.tally.add(traffic, Count.REFUSED);
				return;
			}
			reply.whenComplete((body, failure) -> {
				if (failure != null) {
					this.tally.add(traffic, Count.REPORTED);
				}
				else if (!Arrays.equals(body, request)) {
					this.tally.add(traffic, Count.TORN);
				}
				else {
					this.tally.add(traffic, Count.DELIVERED);
					into.record(System.nanoTime() - start);
				}
			});
		}));
	}

	void accountFor(Traffic traffic, String socket) {
		this.tally.set(traffic, Count.REPORTED, sockets().status(socket).lost());
	}

}
