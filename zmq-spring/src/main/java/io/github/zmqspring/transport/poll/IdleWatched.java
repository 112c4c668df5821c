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

package io.github.zmqspring.transport.poll;

/**
 * A reader whose silence is timed by an {@link IdleTimer}. May be called by any thread.
 *
 * @since 0.1.0
 */
public interface IdleWatched {

	/**
	 * Return when something was last read or handled, or reading began.
	 * @return a time as by {@link System#nanoTime()}
	 */
	long lastActivity();

	/**
	 * Return whether messages may be read now.
	 * @return {@code false} while reading is paused
	 */
	boolean isAccepting();

	/**
	 * Return whether reading has ended for good.
	 * @return {@code true} once it has
	 */
	boolean isEnded();

	/**
	 * Run an action because nothing has come for a while. Called by the poller without
	 * the socket's lock.
	 * @param action the action
	 */
	void idle(Runnable action);

}
