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

import java.util.concurrent.atomic.LongAdder;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.message.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * Gives a copy of each message to the capture socket, never waiting for it. Both
 * directions use it at the same time.
 */
final class Capture {

	final LongAdder captured = new LongAdder();

	final LongAdder dropped = new LongAdder();

	private volatile @Nullable ZmqSocket socket;

	void to(@Nullable ZmqSocket socket) {
		this.socket = socket;
	}

	void copy(byte[][] frames) {
		ZmqSocket target = this.socket;
		if (target == null) {
			return;
		}
		// over inproc the receiver gets the very arrays, which the other side still sends
		SendResult result = target.send(MessageCodec.copy(frames), 0);
		((result == SendResult.ACCEPTED) ? this.captured : this.dropped).increment();
	}

}
