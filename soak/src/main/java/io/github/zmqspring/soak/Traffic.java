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
 * A kind of traffic, and what is promised for it.
 */
enum Traffic {

	/** Between two processes that are stopped at times, and never killed. */
	PIPE("push-pull, TCP", Promise.ALL),

	/** The same over Unix domain sockets. */
	IPC("push-pull, ipc", Promise.ALL),

	/** To a subscriber that keeps up. */
	NEWS("publish-subscribe", Promise.ALL),

	/** Served by the process that binds. */
	REQUEST("request-reply", Promise.ENDS),

	/** Served by processes that are killed, through a router-dealer proxy. */
	PROXIED("request-reply, proxy", Promise.ENDS),

	/** From processes that are killed. */
	CALLS("push of the killed", Promise.BOUNDED),

	/** To processes that are killed. */
	WORK("push to the killed", Promise.BOUNDED),

	/** To subscribers that are slow, stopped and killed. */
	SLOW("slow subscribers", Promise.UNTORN);

	private final String title;

	private final Promise promise;

	Traffic(String title, Promise promise) {
		this.title = title;
		this.promise = promise;
	}

	String title() {
		return this.title;
	}

	Promise promise() {
		return this.promise;
	}

	/** What must be true in the end. Nothing is ever torn or repeated. */
	enum Promise {

		/** Sent = delivered + reported, in order and without gaps. */
		ALL,

		/** Each request ends, with its own reply or a failure. */
		ENDS,

		/** What is missing is what the killed processes had, which has a bound. */
		BOUNDED,

		/** Only that. */
		UNTORN

	}

}
