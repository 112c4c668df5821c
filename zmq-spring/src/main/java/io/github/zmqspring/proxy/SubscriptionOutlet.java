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

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.SubscriptionFrame;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.zeromq.SocketType;

/**
 * Passes subscriptions of a verbose XPUB on to an XSUB. The XSUB counts them, and passes
 * an end on to publishers only when it has seen as many; the XPUB reports subscriptions
 * of every subscriber, but not each of their ends. So the last subscriber that goes ends
 * them all here.
 */
final class SubscriptionOutlet implements Outlet {

	private final Outlet publishers;

	private final ManagedSocket subscribers;

	/** How often each topic was passed on. */
	private final Map<ByteBuffer, Integer> passed = new HashMap<>();

	private SubscriptionOutlet(Outlet publishers, ManagedSocket subscribers) {
		this.publishers = publishers;
		this.subscribers = subscribers;
	}

	/** Put itself in front of an outlet where that is needed. */
	static Outlet of(Outlet publishers, ManagedSocket from, SocketDefinition to) {
		SocketOptions options = from.definition().options();
		boolean verbose = options.isOn(SocketOption.XPUB_VERBOSE) || options.isOn(SocketOption.XPUB_VERBOSER);
		return (verbose && from.definition().type() == SocketType.XPUB && to.type() == SocketType.XSUB)
				? new SubscriptionOutlet(publishers, from) : publishers;
	}

	@Override
	public SendResult send(ZmqMessage message) {
		if (!SubscriptionFrame.is(message.raw())) {
			return this.publishers.send(message);
		}
		byte[] frame = message.raw()[0];
		byte[] topic = SubscriptionFrame.topic(frame);
		if (SubscriptionFrame.begins(frame)) {
			this.passed.merge(ByteBuffer.wrap(topic), 1, Integer::sum);
			return this.publishers.send(message);
		}
		if (this.subscribers.hasSubscribers(topic)) {
			return SendResult.ACCEPTED;
		}
		Integer times = this.passed.remove(ByteBuffer.wrap(topic));
		SendResult result = this.publishers.send(message);
		for (int i = 1; times != null && i < times; i++) {
			result = this.publishers.send(message);
		}
		return result;
	}

	@Override
	public void pass(BooleanSupplier ending) {
		this.publishers.pass(ending);
	}

	@Override
	public void release() {
		this.publishers.release();
	}

}
