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

import java.nio.charset.StandardCharsets;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqMessage;

/**
 * The process that binds.
 */
class HubSide extends Side {

	private final Numbered pipe = receiver(Traffic.PIPE, latency());

	private final Numbered ipc = receiver(Traffic.IPC, latency());

	private final Numbered calls = receiver(Traffic.CALLS, new Latency());

	HubSide(Tally tally, int rate) {
		super(tally, rate);
	}

	@Override
	void go() {
		send(Traffic.NEWS, "news", "news".getBytes(StandardCharsets.UTF_8));
		send(Traffic.WORK, "work");
	}

	@Override
	void account() {
		accountFor(Traffic.WORK, "work");
	}

	@ZmqListener("pipe")
	void onPipe(ZmqMessage message) {
		this.pipe.take(message.frames());
	}

	@ZmqListener("ipc")
	void onIpc(ZmqMessage message) {
		this.ipc.take(message.frames());
	}

	@ZmqListener("calls")
	void onCall(ZmqMessage message) {
		this.calls.take(message.frames());
	}

	@ZmqListener("request")
	byte[] onRequest(byte[] request) {
		return request;
	}

}
