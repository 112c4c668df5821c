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

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqMessage;

/**
 * The process that connects.
 */
class ClientSide extends Side {

	private final Numbered news = receiver(Traffic.NEWS, new Latency());

	ClientSide(Tally tally, int rate) {
		super(tally, rate);
	}

	@Override
	void go() {
		send(Traffic.PIPE, "pipe");
		send(Traffic.IPC, "ipc");
		request(Traffic.REQUEST, "request", latency());
		// servers that are killed make these slow
		request(Traffic.PROXIED, "proxied", new Latency());
	}

	@Override
	void account() {
		accountFor(Traffic.PIPE, "pipe");
		accountFor(Traffic.IPC, "ipc");
	}

	@ZmqListener("news")
	void onNews(ZmqMessage message) {
		this.news.take(message.frames().subList(1, message.frames().size()));
	}

}
