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

package io.github.zmqspring.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The first events of a new page: the last few of each kind. Not thread-safe.
 */
class EventHistory {

	private final Map<String, Deque<ServerEvent>> events = new LinkedHashMap<>();

	/**
	 * Keep an event.
	 * @param event the event
	 * @param depth how many of its kind to keep
	 */
	void add(ServerEvent event, int depth) {
		Deque<ServerEvent> kind = this.events.computeIfAbsent(event.name(), (name) -> new ArrayDeque<>());
		kind.addLast(event);
		while (kind.size() > depth) {
			kind.removeFirst();
		}
	}

	void replay(Consumer<ServerEvent> consumer) {
		this.events.values().forEach((kind) -> kind.forEach(consumer));
	}

}
