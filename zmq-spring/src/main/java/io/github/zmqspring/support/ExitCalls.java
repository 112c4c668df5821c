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

package io.github.zmqspring.support;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Recognizes threads that end the JVM. {@link System#exit(int)} does not return before
 * all shutdown hooks have run, so a shutdown that waits for such a thread would wait for
 * itself.
 *
 * @since 0.1.0
 */
public final class ExitCalls {

	private static final Set<String> ENDS = Set.of("java.lang.Shutdown", "java.lang.ApplicationShutdownHooks");

	private ExitCalls() {
	}

	/**
	 * Return whether a thread is inside {@link System#exit(int)}. Costs a stack trace.
	 * @param thread the thread, if there is one
	 * @return {@code true} if it will not go on
	 */
	public static boolean isCalledBy(@Nullable Thread thread) {
		if (thread == null || !thread.isAlive()) {
			return false;
		}
		for (StackTraceElement frame : thread.getStackTrace()) {
			if (ENDS.contains(frame.getClassName())) {
				return true;
			}
		}
		return false;
	}

}
