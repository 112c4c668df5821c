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

package io.github.zmqspring.listener.invoke;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqReplier;

/**
 * Replies to one message.
 */
final class MessageReplier implements ZmqReplier {

	private final ReplySender sender;

	private final ZmqMessage request;

	private final FailurePolicy failures;

	MessageReplier(ReplySender sender, ZmqMessage request, FailurePolicy failures) {
		this.sender = sender;
		this.request = request;
		this.failures = failures;
	}

	@Override
	public void reply(Object payload) {
		this.sender.replyOrThrow(this.request, payload);
	}

	@Override
	public void error(Throwable failure) {
		Object reply = this.failures.errorReply(this.request, failure);
		this.sender.replyOrThrow(this.request, (reply != null) ? reply : ReplySender.EMPTY);
	}

}
