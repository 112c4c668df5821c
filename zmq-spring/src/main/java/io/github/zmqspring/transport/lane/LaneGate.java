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

package io.github.zmqspring.transport.lane;

import java.util.function.BooleanSupplier;

/**
 * What a lane passes before it reads, so that messages stay with ZeroMQ while their next
 * recipient cannot take them.
 *
 * @since 0.1.0
 */
public interface LaneGate {

	/**
	 * Wait until messages can be passed on. Called on the lane's thread, which holds no
	 * lock.
	 * @param ending returns whether the lane is to end: then there is nothing to wait for
	 */
	void pass(BooleanSupplier ending);

	/**
	 * Make {@link #pass} check again whether the lane is to end. Called from any thread,
	 * which holds no lock.
	 */
	void release();

}
