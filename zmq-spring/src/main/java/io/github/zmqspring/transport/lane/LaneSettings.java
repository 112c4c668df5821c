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
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * How messages are handed to a handler.
 *
 * @param name what the threads are named after
 * @param concurrency how many lanes there are, at least 1
 * @param executor where lanes take their threads from, or {@code null} for threads of
 * their own; each lane keeps its thread until it stops
 * @param batchSize the most messages handed over at once; 1 hands each over alone
 * @param readAhead the most messages that a lane holds while it handles them one by one;
 * 0 leaves it to the lane, which takes more the faster its handler is
 * @param gate what a lane passes before it reads, or {@code null} for none
 * @param batchTimeout how long a lane waits for its batch to fill; zero hands over what
 * is there
 * @param topics what the handler wants of a SUB socket, as prefixes of the first frame;
 * everything if empty
 * @param idleActions what is done while nothing comes
 * @since 0.1.0
 */
public record LaneSettings(String name, int concurrency, @Nullable Executor executor, int batchSize, int readAhead,
		@Nullable LaneGate gate, Duration batchTimeout, List<String> topics, List<IdleAction> idleActions) {

	/**
	 * Create settings without a gate, for lanes that read ahead as they see fit.
	 * @param name what the threads are named after
	 * @param concurrency how many lanes there are
	 * @param executor where lanes take their threads from, or {@code null}
	 * @param batchSize the most messages handed over at once
	 */
	public LaneSettings(String name, int concurrency, @Nullable Executor executor, int batchSize) {
		this(name, concurrency, executor, batchSize, 0, null, Duration.ZERO, List.of(), List.of());
	}

	/**
	 * Return settings for single messages on threads of the lanes' own.
	 * @param name what the threads are named after
	 * @param concurrency how many lanes there are
	 * @return the settings
	 */
	public static LaneSettings of(String name, int concurrency) {
		return new LaneSettings(name, concurrency, null, 1);
	}

	/**
	 * Return these settings for lanes that read only what can be passed on.
	 * @param readAhead the most messages that a lane holds
	 * @param gate what a lane passes before it reads
	 * @return new settings
	 */
	public LaneSettings gated(int readAhead, LaneGate gate) {
		return new LaneSettings(this.name, this.concurrency, this.executor, this.batchSize, readAhead, gate,
				this.batchTimeout, this.topics, this.idleActions);
	}

	/**
	 * Something to do while nothing comes.
	 *
	 * @param interval how long nothing must have come; it is done again after as long
	 * @param action what is done, on a thread of the handler that has nothing else to do
	 */
	public record IdleAction(Duration interval, Runnable action) {

	}

}
