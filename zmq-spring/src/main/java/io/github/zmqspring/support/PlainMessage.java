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

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * A message whose headers have neither id nor timestamp: making those costs more than all
 * the rest of a dispatch.
 *
 * @param <T> the type of the payload
 * @since 0.1.0
 */
public final class PlainMessage<T> implements Message<T> {

	private final T payload;

	private final MessageHeaders headers;

	/**
	 * Create the message.
	 * @param payload the payload
	 * @param headers the headers, copied
	 */
	public PlainMessage(T payload, @Nullable Map<String, Object> headers) {
		this.payload = payload;
		this.headers = new PlainHeaders(headers);
	}

	@Override
	public T getPayload() {
		return this.payload;
	}

	@Override
	public MessageHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public String toString() {
		return "PlainMessage" + this.headers.keySet();
	}

	private static final class PlainHeaders extends MessageHeaders {

		PlainHeaders(@Nullable Map<String, Object> headers) {
			super(headers, ID_VALUE_NONE, -1L);
		}

	}

}
