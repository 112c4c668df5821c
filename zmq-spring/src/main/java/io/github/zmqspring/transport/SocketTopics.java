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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.support.BytesText;
import org.zeromq.SocketType;

/**
 * The topics of one socket: those that its definition and its listeners want, and those
 * that it has subscribed to since it opened. Safe for several threads.
 */
final class SocketTopics {

	private final SocketDefinition definition;

	private final List<String> claimed = new ArrayList<>();

	/** In the one form that each topic has. */
	private final List<String> subscribed = Collections.synchronizedList(new ArrayList<>());

	SocketTopics(SocketDefinition definition) {
		this.definition = definition;
	}

	/** Return what listeners want and what is configured, or else everything. */
	synchronized List<String> wanted() {
		List<String> topics = new ArrayList<>(this.definition.topics());
		topics.addAll(this.claimed);
		if (topics.isEmpty() && this.definition.type() == SocketType.SUB) {
			topics.add("");
		}
		return topics.stream().map(BytesText::normalize).toList();
	}

	synchronized void claim(Collection<String> topics) {
		this.claimed.addAll(topics);
	}

	synchronized void release(Collection<String> topics) {
		topics.forEach(this.claimed::remove);
	}

	List<String> subscribed() {
		return List.copyOf(this.subscribed);
	}

	void subscribed(String topic) {
		this.subscribed.add(BytesText.normalize(topic));
	}

	void unsubscribed(String topic) {
		this.subscribed.remove(BytesText.normalize(topic));
	}

	void clear() {
		this.subscribed.clear();
	}

}
