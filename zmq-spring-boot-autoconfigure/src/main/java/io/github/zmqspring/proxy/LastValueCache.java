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

package io.github.zmqspring.proxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.ManagedSocket;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest message of each topic, its first frame, and sends those that match to
 * the backend when somebody subscribes. A message is kept and sent in one step, so that
 * no subscriber gets an old one after a new one.
 */
final class LastValueCache {

	private static final byte SUBSCRIBE = 1;

	private static final byte UNSUBSCRIBE = 0;

	private final int mostTopics;

	private final ProxyFailures failures;

	private final ReentrantLock lock = new ReentrantLock();

	/** Topics that start alike stand together. */
	private final TreeMap<byte[], ZmqMessage> newest = new TreeMap<>(Arrays::compareUnsigned);

	private volatile int topics;

	LastValueCache(int mostTopics, ProxyFailures failures) {
		this.mostTopics = mostTopics;
		this.failures = failures;
	}

	int topics() {
		return this.topics;
	}

	/** Keeps what goes out. */
	Outlet publications(ManagedSocket backend) {
		return new Publications(new SocketOutlet(backend));
	}

	private void keep(ZmqMessage message) {
		byte[] topic = message.raw()[0];
		if (this.newest.size() < this.mostTopics || this.newest.containsKey(topic)) {
			this.newest.put(topic, message);
			this.topics = this.newest.size();
		}
		else {
			this.failures
				.failed("the last value cache is full with %d topics, and keeps no new one. Raise last-value-cache-size"
					.formatted(this.mostTopics));
		}
	}

	/** Answers subscriptions; publishers see none, since the frontend has them all. */
	Inlet subscriptions(ManagedSocket backend) {
		SocketOutlet outlet = new SocketOutlet(backend);
		return (message) -> take(message, outlet);
	}

	private @Nullable ZmqMessage take(ZmqMessage message, SocketOutlet backend) {
		byte[] frame = message.raw()[0];
		if (message.raw().length > 1 || frame.length == 0 || frame[0] > SUBSCRIBE || frame[0] < UNSUBSCRIBE) {
			return message;
		}
		if (frame[0] == SUBSCRIBE) {
			byte[] prefix = Arrays.copyOfRange(frame, 1, frame.length);
			this.lock.lock();
			try {
				matching(prefix).forEach(backend::send);
			}
			finally {
				this.lock.unlock();
			}
		}
		return null;
	}

	private List<ZmqMessage> matching(byte[] prefix) {
		List<ZmqMessage> messages = new ArrayList<>();
		for (var entry : this.newest.tailMap(prefix, true).entrySet()) {
			byte[] topic = entry.getKey();
			if (topic.length < prefix.length
					|| Arrays.mismatch(prefix, 0, prefix.length, topic, 0, prefix.length) >= 0) {
				break;
			}
			messages.add(entry.getValue());
		}
		return messages;
	}

	private final class Publications implements Outlet {

		private final SocketOutlet backend;

		private Publications(SocketOutlet backend) {
			this.backend = backend;
		}

		@Override
		public SendResult send(ZmqMessage message) {
			LastValueCache.this.lock.lock();
			try {
				keep(message);
				return this.backend.send(message);
			}
			finally {
				LastValueCache.this.lock.unlock();
			}
		}

		@Override
		public void pass(BooleanSupplier ending) {
			this.backend.pass(ending);
		}

		@Override
		public void release() {
			this.backend.release();
		}

	}

}
