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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.LaneSettings;
import io.github.zmqspring.transport.ManagedSocket;
import io.github.zmqspring.transport.MessageFlow;
import org.jspecify.annotations.Nullable;

/**
 * Lets several listeners share one SUB socket, each with its own topics. One lane reads
 * the socket and deals the messages out to a short queue for each listener. A full queue
 * holds the lane back, and with it the socket: listeners that share a socket share its
 * pace, so that none of them loses messages. A listener that shall not be held back by
 * another has a socket of its own.
 */
final class TopicFanout {

	private static final int QUEUE_SIZE = 1000;

	private final ManagedSocket socket;

	private final List<Member> members = new CopyOnWriteArrayList<>();

	private @Nullable MessageFlow flow;

	TopicFanout(ManagedSocket socket) {
		this.socket = socket;
	}

	boolean isOver(ManagedSocket socket) {
		return this.socket == socket;
	}

	synchronized MessageFlow join(ListenerContainer container) {
		Member member = new Member(container);
		this.members.add(member);
		member.start();
		if (this.flow == null) {
			this.flow = this.socket.consume(LaneSettings.of(this.socket.definition().name() + "-fanout", 1),
					this::deal);
		}
		return member;
	}

	private void deal(ZmqMessage message) {
		for (Member member : this.members) {
			if (member.wants(message)) {
				member.offer(message);
			}
		}
	}

	private synchronized void leave(Member member, long timeoutNanos) {
		this.members.remove(member);
		MessageFlow reading = this.flow;
		if (this.members.isEmpty() && reading != null) {
			this.flow = null;
			reading.stop(timeoutNanos);
		}
	}

	/** One listener: its topics, its queue and its workers. */
	private final class Member implements MessageFlow {

		private final ListenerContainer container;

		private final List<byte[]> topics;

		private final BlockingQueue<ZmqMessage> queue = new ArrayBlockingQueue<>(QUEUE_SIZE);

		private final List<Thread> workers = new ArrayList<>();

		private volatile boolean ending;

		private volatile boolean paused;

		Member(ListenerContainer container) {
			this.container = container;
			this.topics = container.endpoint()
				.topics()
				.stream()
				.map((topic) -> topic.getBytes(StandardCharsets.UTF_8))
				.toList();
		}

		void start() {
			LaneSettings settings = this.container.laneSettings();
			Executor executor = settings.executor();
			for (int i = 1; i <= settings.concurrency(); i++) {
				if (executor != null) {
					executor.execute(() -> work(settings.batchSize()));
					continue;
				}
				Thread worker = new Thread(() -> work(settings.batchSize()), "zmq-" + settings.name() + "-" + i);
				worker.setDaemon(true);
				this.workers.add(worker);
				worker.start();
			}
		}

		boolean wants(ZmqMessage message) {
			byte[] first = message.frame(0);
			return this.topics.isEmpty() || this.topics.stream().anyMatch((topic) -> startsWith(first, topic));
		}

		private static boolean startsWith(byte[] frame, byte[] topic) {
			return frame.length >= topic.length && Arrays.equals(frame, 0, topic.length, topic, 0, topic.length);
		}

		void offer(ZmqMessage message) {
			try {
				while (!this.ending && !this.queue.offer(message, 100, TimeUnit.MILLISECONDS)) {
					// held back
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private void work(int batchSize) {
			List<ZmqMessage> batch = new ArrayList<>();
			while (!this.ending || !this.queue.isEmpty()) {
				try {
					ZmqMessage message = (this.paused && !this.ending) ? null
							: this.queue.poll(100, TimeUnit.MILLISECONDS);
					if (message == null) {
						if (this.paused) {
							TimeUnit.MILLISECONDS.sleep(10);
						}
						continue;
					}
					if (batchSize == 1) {
						this.container.handler().handle(message);
						continue;
					}
					batch.add(message);
					this.queue.drainTo(batch, batchSize - 1);
					this.container.handler().handle(batch);
					batch.clear();
				}
				catch (InterruptedException ex) {
					if (this.ending) {
						return;
					}
				}
			}
		}

		@Override
		public void pause() {
			this.paused = true;
		}

		@Override
		public void resume() {
			this.paused = false;
		}

		@Override
		public int stop(long timeoutNanos) {
			long deadline = System.nanoTime() + timeoutNanos;
			leave(this, timeoutNanos);
			this.ending = true;
			boolean interrupted = false;
			for (Thread worker : this.workers) {
				try {
					worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
				if (worker.isAlive()) {
					worker.interrupt();
				}
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
			int unhandled = this.queue.size();
			this.queue.clear();
			return unhandled;
		}

		@Override
		public boolean isAlive() {
			return this.workers.stream().allMatch(Thread::isAlive);
		}

	}

}
