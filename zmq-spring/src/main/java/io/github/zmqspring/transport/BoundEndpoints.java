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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The endpoints that a socket is bound to, each with what was asked for, such as an
 * ephemeral port. Safe for several threads.
 */
final class BoundEndpoints {

	/** What was asked for, by the endpoint really bound. */
	private final Map<String, String> asked = new LinkedHashMap<>();

	synchronized void add(String asked, String real) {
		this.asked.put(real, asked);
	}

	synchronized void remove(String real) {
		this.asked.remove(real);
	}

	synchronized void clear() {
		this.asked.clear();
	}

	synchronized boolean contains(String real) {
		return this.asked.containsKey(real);
	}

	/** Return the endpoint really bound for one in either form, the newest of several. */
	synchronized @Nullable String find(String endpoint) {
		if (this.asked.containsKey(endpoint)) {
			return endpoint;
		}
		String found = null;
		for (Map.Entry<String, String> entry : this.asked.entrySet()) {
			if (entry.getValue().equals(endpoint)) {
				found = entry.getKey();
			}
		}
		return found;
	}

	/** Return the endpoints really bound, in the order in which they were. */
	synchronized List<String> real() {
		return List.copyOf(this.asked.keySet());
	}

	synchronized List<Bound> all() {
		List<Bound> all = new ArrayList<>();
		this.asked.forEach((real, text) -> all.add(new Bound(text, real)));
		return all;
	}

	/**
	 * One endpoint.
	 *
	 * @param asked as it was asked for
	 * @param real as it was bound
	 */
	record Bound(String asked, String real) {

		/** Return the endpoint with the port that it was given before. */
		String again() {
			boolean ephemeral = this.asked.startsWith("tcp://")
					&& (this.asked.endsWith(":*") || this.asked.endsWith(":0"));
			return (ephemeral) ? this.asked.substring(0, this.asked.lastIndexOf(':'))
					+ this.real.substring(this.real.lastIndexOf(':')) : this.asked;
		}

	}

}
