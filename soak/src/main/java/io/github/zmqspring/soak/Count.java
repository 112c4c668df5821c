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

package io.github.zmqspring.soak;

/**
 * What is counted for each kind of traffic.
 */
enum Count {

	/** Messages given to a socket, counted before. */
	SENT,

	/** Those that the socket refused by an exception. */
	REFUSED,

	/** Messages handled, and replies. */
	DELIVERED,

	/** Messages that the library counted as lost, and requests that failed. */
	REPORTED,

	/** Gaps in the numbers of a sender. */
	MISSING,

	/** Numbers that were there before. */
	REPEATED,

	/** Messages with other frames than were sent. */
	TORN,

	/** Messages of strangers: noise that happens to be ZMTP of ZeroMQ 2. */
	STRANGE

}
