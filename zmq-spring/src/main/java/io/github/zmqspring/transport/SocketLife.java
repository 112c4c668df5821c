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
import java.util.List;

/**
 * What a socket opens with: as its definition says, or as it was when the application was
 * paused.
 *
 * @param bound the endpoints to bind
 * @param connected the endpoints to connect
 * @param topics the topics to subscribe to
 */
record SocketLife(List<BoundEndpoints.Bound> bound, List<String> connected, List<String> topics) {

	/**
	 * Return the topics of another set of claims: listeners may have come and gone
	 * meanwhile, what was subscribed and unsubscribed at run time holds.
	 * @param before what definition and listeners wanted then
	 * @param now what they want now
	 */
	List<String> topics(List<String> before, List<String> now) {
		List<String> added = new ArrayList<>(this.topics);
		before.forEach(added::remove);
		List<String> removed = new ArrayList<>(before);
		this.topics.forEach(removed::remove);
		List<String> topics = new ArrayList<>(now);
		removed.forEach(topics::remove);
		topics.addAll(added);
		return topics;
	}

}
