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

import org.jspecify.annotations.Nullable;

/**
 * What a poller thread is doing.
 *
 * @param name the name of the thread
 * @param alive whether it runs
 * @param sleeping whether it waits for something to do
 * @param turns how many times it has looked for work
 * @param busyNanos how long it has worked
 * @param failure why it died
 * @since 0.1.0
 */
public record PollerStatus(String name, boolean alive, boolean sleeping, long turns, long busyNanos,
		@Nullable String failure) {

	public static PollerStatus of(SocketPoller poller) {
		Throwable failure = poller.failure();
		return new PollerStatus(poller.name(), poller.isAlive(), poller.isSleeping(), poller.turns(),
				poller.busyNanos(), (failure != null) ? failure.toString() : null);
	}

}
