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

import java.util.ArrayList;
import java.util.List;

/**
 * The poller threads, started with the first socket; sockets are dealt out in turn.
 *
 * @since 0.1.0
 */
public final class PollerGroup {

	private final int threads;

	private final List<SocketPoller> pollers = new ArrayList<>();

	private int next;

	public PollerGroup(int threads) {
		this.threads = threads;
	}

	public synchronized SocketPoller next() {
		while (this.pollers.size() < this.threads) {
			this.pollers.add(new SocketPoller("zmq-poller-" + (this.pollers.size() + 1)));
		}
		return this.pollers.get(this.next++ % this.threads);
	}

	public synchronized List<SocketPoller> all() {
		return List.copyOf(this.pollers);
	}

	public synchronized void stop() {
		this.pollers.forEach(SocketPoller::stop);
		this.pollers.clear();
	}

}
