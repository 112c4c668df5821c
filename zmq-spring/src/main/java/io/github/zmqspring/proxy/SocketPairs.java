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

import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * Which socket types can be forwarded to which.
 */
final class SocketPairs {

	private SocketPairs() {
	}

	/**
	 * Says why a type has no place in a proxy.
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
		return receives(from) && sends(to) && least(from) <= most(to) && most(from) >= least(to);
	}

	private static boolean receives(SocketType type) {
		return switch (type) {
			case PUB, PUSH, RADIO, SCATTER -> false;
			default -> true;
		};
	}

	private static boolean sends(SocketType type) {
		return switch (type) {
			case SUB, PULL, DISH, GATHER -> false;
			default -> true;
		};
	}

	/** The fewest frames that a message of this type has, its routing id included. */
	private static int least(SocketType type) {
		return switch (type) {
			case ROUTER, SERVER, PEER, RADIO, DISH -> 2;
			default -> 1;
		};
	}

	/** The most frames that a message of this type may have. */
	private static int most(SocketType type) {
		return switch (type) {
			case CLIENT, SCATTER, GATHER, CHANNEL -> 1;
			case SERVER, PEER, RADIO, DISH -> 2;
			default -> Integer.MAX_VALUE;
		};
	}

}
