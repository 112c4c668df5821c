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

package io.github.zmqspring.message;

import java.util.Map;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * An observation that has begun and is stopped exactly once. Several threads may use it,
 * one after the other.
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
	 * Record the message as it is sent.
	 * @param frames the whole message
	 */
	void frames(byte[][] frames);

	/**
	 * Make it the current observation of this thread.
	 * @return to be closed on the same thread
	 */
	Scope open();

	/**
	 * Record a failure.
	 * @param failure why
	 */
	void error(Throwable failure);

	/**
	 * End the observation.
	 */
	void stop();

	/**
	 * End the observation, with or without a failure.
	 * @param failure why it failed, or {@code null} if it did not
	 */
	default void end(@Nullable Throwable failure) {
		if (failure != null) {
			error(failure);
		}
		stop();
	}

	/**
	 * Ask something within the scope of an observation.
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
	 * Run an action within the scope of an observation.
	 * @param observed the observation, or {@code null} for none
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
	 * The time in which the observation is current on a thread.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
