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

import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ListenerCounts;
import io.github.zmqspring.listener.ListenerHandler;
import io.github.zmqspring.message.PayloadCompression;
import io.github.zmqspring.transport.lane.MessageFlow;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses messages in front of a handler, on the lane. One that cannot be
 * decompressed, or would grow too large, is unreadable.
 */
final class DecompressingHandler implements ListenerHandler {

	private final ListenerHandler handler;

	private final ListenerHandler unreadable;

	private final SocketDefinition definition;

	DecompressingHandler(ListenerHandler handler, ListenerHandler unreadable, SocketDefinition definition) {
		this.handler = handler;
		this.unreadable = unreadable;
		this.definition = definition;
	}

	@Override
	public void handle(ZmqMessage message) {
		ZmqMessage plain = decompress(message);
		if (plain != null) {
			this.handler.handle(plain);
		}
	}

	@Override
	public void handle(List<ZmqMessage> messages) {
		List<ZmqMessage> plain = new ArrayList<>(messages.size());
		for (ZmqMessage message : messages) {
			ZmqMessage one = decompress(message);
			if (one != null) {
				plain.add(one);
			}
		}
		if (!plain.isEmpty()) {
			this.handler.handle(plain);
		}
	}

	private @Nullable ZmqMessage decompress(ZmqMessage message) {
		try {
			return PayloadCompression.decompress(this.definition, message);
		}
		catch (ZmqConversionException ex) {
			this.unreadable.handle(message);
			return null;
		}
	}

	/** Throw what is wrong again, where it is counted and reported. */
	static MessageInvoker failing(SocketDefinition definition) {
		return (message, replier) -> {
			try {
				return PayloadCompression.decompress(definition, message);
			}
			catch (ZmqConversionException ex) {
				throw new UnreadableMessageException(ex);
			}
		};
	}

	@Override
	public ListenerCounts counts() {
		return this.handler.counts();
	}

	@Override
	public boolean retries() {
		return this.handler.retries();
	}

	@Override
	public @Nullable Runnable timeoutCall() {
		return this.handler.timeoutCall();
	}

	@Override
	public void reads(@Nullable MessageFlow flow, boolean inline) {
		this.handler.reads(flow, inline);
	}

	@Override
	public List<ZmqMessage> giveUpPending(long timeoutNanos) {
		return this.handler.giveUpPending(timeoutNanos);
	}

	@Override
	public void took(long nanos) {
		this.handler.took(nanos);
	}

	@Override
	public void unhandled(List<ZmqMessage> messages) {
		this.handler.unhandled(messages);
	}

	@Override
	public void stopped() {
		this.handler.stopped();
	}

}
