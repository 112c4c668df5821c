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

package io.github.zmqspring.transport;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * How messages are handed to a handler.
 *
 * @param name what threads are called after
 * @param concurrency how many lanes there are, at least 1
 * @param executor where lanes take their threads from, or {@code null} for threads of
 * their own; each lane keeps its thread until it stops
 * @param batchSize the most messages handed over at once; 1 hands each over alone
 * @since 0.1.0
 */
public record LaneSettings(String name, int concurrency, @Nullable Executor executor, int batchSize) {

	/**
	 * Settings for single messages on threads of the lanes' own.
	 * @param name what threads are called after
	 * @param concurrency how many lanes there are
	 * @return the settings
	 */
	public static LaneSettings of(String name, int concurrency) {
		return new LaneSettings(name, concurrency, null, 1);
	}

}
