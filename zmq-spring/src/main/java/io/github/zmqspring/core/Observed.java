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

package io.github.zmqspring.core;

import java.util.Map;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Something that has begun and is watched until it is stopped, which is done once. Of
 * several threads one after the other may use it.
 *
 * @since 0.1.0
 */
public interface Observed {

	/**
	 * Headers that have to travel with the message, such as those of a trace.
	 * @return names and values
	 */
	Map<String, String> headers();

	/**
	 * What is really sent.
	 * @param frames the whole message
	 */
	void frames(byte[][] frames);

	/**
	 * Makes it what the current thread is doing.
	 * @return to be closed on the same thread
	 */
	Scope open();

	/**
	 * It has failed.
	 * @param failure why
	 */
	void error(Throwable failure);

	/**
	 * It has ended.
	 */
	void stop();

	/**
	 * It has ended, well or not.
	 * @param failure why it failed, or {@code null} if it did not
	 */
	default void end(@Nullable Throwable failure) {
		if (failure != null) {
			error(failure);
		}
		stop();
	}

	/**
	 * Asks something within the scope of an observation.
	 * @param observed the observation, or {@code null} for none
	 * @param question what is asked
	 * @return the answer
	 */
	static boolean askWithin(@Nullable Observed observed, BooleanSupplier question) {
		if (observed == null) {
			return question.getAsBoolean();
		}
		try (Scope scope = observed.open()) {
			return question.getAsBoolean();
		}
	}

	/**
	 * Runs something as part of what is watched, if anything is.
	 * @param observed what is watched, or {@code null}
	 * @param action what to run
	 */
	static void within(@Nullable Observed observed, Runnable action) {
		if (observed == null) {
			action.run();
			return;
		}
		try (Scope scope = observed.open()) {
			action.run();
		}
	}

	/**
	 * The time in which a thread does what is watched.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
