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

package io.github.zmqspring.proxy;

import io.github.zmqspring.support.SocketTraits;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * Which socket types can be forwarded to which.
 */
final class SocketPairs {

	private SocketPairs() {
	}

	/**
	 * Say why a type has no place in a proxy.
	 * @return the reason, or {@code null} if it has one
	 */
	static @Nullable String refusal(SocketType type) {
		return switch (type) {
			case REQ -> "a REQ waits for its reply before it sends again: use dealer";
			case REP -> "a REP waits for its reply before it receives again: use router";
			case STREAM, RAW -> "it has raw TCP, and no messages, to forward";
			default -> null;
		};
	}

	/**
	 * Whether messages from one type can go out from another.
	 */
	static boolean flows(SocketType from, SocketType to) {
		SocketTraits source = SocketTraits.of(from);
		SocketTraits target = SocketTraits.of(to);
		return source.receives() && target.sends() && source.fewestFrames() <= target.mostFrames()
				&& source.mostFrames() >= target.fewestFrames();
	}

}
