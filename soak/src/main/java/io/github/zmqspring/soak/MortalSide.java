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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqMessage;

/**
 * A process that is killed and started again.
 */
class MortalSide extends Side {

	private final Numbered work = receiver(Traffic.WORK, latency());

	private final Numbered slow = receiver(Traffic.SLOW, new Latency());

	private volatile int delayMillis;

	MortalSide(Tally tally, int rate) {
		super(tally, rate);
	}

	@Override
	void go() {
		send(Traffic.CALLS, "calls");
	}

	@Override
	void slow(int millis) {
		this.delayMillis = millis;
	}

	@ZmqListener("work")
	void onWork(ZmqMessage message) {
		this.work.take(message.frames());
	}

	@ZmqListener("slow")
	void onNews(ZmqMessage message) {
		delay();
		this.slow.take(message.frames().subList(1, message.frames().size()));
	}

	@ZmqListener("serve")
	byte[] onRequest(byte[] request) {
		return request;
	}

	private void delay() {
		int millis = this.delayMillis;
		if (millis > 0) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
		}
	}

}
