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

package io.github.zmqspring.request;

import org.jspecify.annotations.Nullable;

/**
 * How replies find their requests.
 */
interface Correlation {

	/** Return the frames in front of the body of a request. */
	byte[][] address(long id);

	/** Note that a request went to a server; called before its reply can come. */
	void sent(PendingRequest request, int server);

	/**
	 * Find the request of a reply.
	 * @param reply the reply, behind a frame that tells its server
	 * @return the request, or {@code null} if none waits for this reply
	 */
	@Nullable PendingRequest match(byte[][] reply);

	/** Return how many frames stand in front of the body of a reply. */
	int addressLength();

	/** A request was not answered in time. */
	void unanswered(PendingRequest request);

	/** Called every few milliseconds while there is something to wait for. */
	default void tick(long now) {
	}

	/** Close: no more requests are made. */
	default void close() {
	}

	/** Return whether {@link #tick} has nothing to wait for. */
	default boolean isIdle() {
		return true;
	}

}
