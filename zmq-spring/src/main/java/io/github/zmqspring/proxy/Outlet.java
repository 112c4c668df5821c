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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.lane.LaneGate;

/**
 * The side of a proxy that a direction sends to. Used by one lane; only {@link #release}
 * is called from elsewhere.
 */
interface Outlet extends LaneGate {

	/** For a direction in which nothing is sent. */
	Outlet NONE = new Outlet() {

		@Override
		public SendResult send(ZmqMessage message) {
			return SendResult.UNREACHABLE;
		}

		@Override
		public void pass(BooleanSupplier ending) {
			// nothing to wait for
		}

		@Override
		public void release() {
			// nothing to release
		}

	};

	/**
	 * Send a message, and wait for a peer that can take it.
	 */
	SendResult send(ZmqMessage message);

	/**
	 * Park the lane until it is to end, so that it reads nothing that could not be sent.
	 */
	static void parkUntil(BooleanSupplier ending) {
		while (!ending.getAsBoolean()) {
			// the end of a lane unparks it; the time is for one whose source was closed
			LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
			// an interrupt would make parking a spin
			Thread.interrupted();
		}
	}

}
