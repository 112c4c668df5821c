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

package io.github.zmqspring.transport.zmtp;

/**
 * Lends the memory that the body of a frame needs while it is received.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BodyMemory {

	/** Lends as much as is asked for. */
	BodyMemory UNLIMITED = (bytes, size) -> true;

	/**
	 * Return whether the body may take so much memory. The decoder asks again, with the
	 * same or another size, when it gets data next.
	 * @param bytes how much it will take, with all that it took before
	 * @param size how large it will be in the end
	 * @return {@code false} if it has to wait
	 */
	boolean mayTake(int bytes, int size);

}
