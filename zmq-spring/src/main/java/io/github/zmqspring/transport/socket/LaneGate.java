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

package io.github.zmqspring.transport.socket;

import java.util.function.BooleanSupplier;

/**
 * What a lane passes before it reads, so that messages stay with ZeroMQ while whoever
 * gets them next cannot take them.
 *
 * @since 0.1.0
 */
public interface LaneGate {

	/**
	 * Waits until messages can be passed on. Called on the lane's thread, which holds no
	 * lock.
	 * @param ending whether the lane shall end: then there is nothing to wait for
	 */
	void pass(BooleanSupplier ending);

	/**
	 * Makes {@link #pass} look again whether the lane shall end. Called from any thread,
	 * which holds no lock.
	 */
	void release();

}
