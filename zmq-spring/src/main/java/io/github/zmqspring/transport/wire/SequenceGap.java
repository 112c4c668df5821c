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

package io.github.zmqspring.transport.wire;

import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of published messages left out.
 *
 * @param publisher the endpoint that the socket connects to; {@code null} for a publisher
 * that connects to the socket
 * @param message the message that came instead
 * @param expected the number that was next
 * @param first the first number that is missing: that, or the one that the publisher
 * begins with after a restart
 * @param received the number that came instead
 * @param restart whether the numbers began anew
 * @since 0.1.0
 */
public record SequenceGap(@Nullable String publisher, ZmqMessage message, long expected, long first, long received,
		boolean restart) {

	/**
	 * Return how many messages are missing, as far as that is known.
	 * @return the number of messages
	 */
	public long missing() {
		return Math.max(0, this.received - this.first);
	}

}
