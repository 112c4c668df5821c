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

package io.github.zmqspring.listener.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ListenerCounts;
import io.github.zmqspring.listener.ListenerHandler;
import io.github.zmqspring.message.CancelRequest;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.transport.lane.MessageFlow;
import org.jspecify.annotations.Nullable;

/**
 * Hands each message to one of the methods of a listener: by the longest matching topic,
 * else by the type of the payload, else to the default method. The methods share their
 * counts.
 *
 * @since 0.1.0
 */
public final class DispatchHandler implements ListenerHandler {

	private final List<DispatchTarget> targets;

	private final ListenerHandler unmatched;

	private final SocketDefinition definition;

	private final PayloadTypes types;

	/**
	 * Create the handler.
	 * @param targets the methods
	 * @param unmatched deals with messages that no method takes
	 * @param definition the socket
	 * @param codec converts payloads
	 */
	public DispatchHandler(List<DispatchTarget> targets, ListenerHandler unmatched, SocketDefinition definition,
			MessageCodec codec) {
		this.targets = List.copyOf(targets);
		this.unmatched = unmatched;
		this.definition = definition;
		this.types = new PayloadTypes(definition, codec);
	}

	@Override
	public void handle(ZmqMessage message) {
		choose(message).handle(message);
	}

	private ListenerHandler choose(ZmqMessage message) {
		if (this.definition.routes() && CancelRequest.is(message)) {
			// whichever method the stream is of
			return this.unmatched;
		}
		DispatchTarget chosen;
		try {
			chosen = target(message);
		}
		catch (RuntimeException ex) {
			// its headers cannot be read, which is reported in the usual way
			return this.unmatched;
		}
		return (chosen != null) ? chosen.handler() : this.unmatched;
	}

	private @Nullable DispatchTarget target(ZmqMessage message) {
		List<DispatchTarget> candidates = (this.definition.hasTopics()) ? ofTopic(message) : List.of();
		if (candidates.isEmpty()) {
			candidates = this.targets.stream()
				.filter((target) -> target.topics().isEmpty() && !target.isDefault())
				.toList();
		}
		else if (candidates.size() == 1) {
			return candidates.get(0);
		}
		DispatchTarget chosen = this.types.choose(candidates, message);
		return (chosen != null) ? chosen
				: this.targets.stream().filter(DispatchTarget::isDefault).findFirst().orElse(null);
	}

	private List<DispatchTarget> ofTopic(ZmqMessage message) {
		byte[] topic = MessageCodec.topic(this.definition, message);
		List<DispatchTarget> longest = new ArrayList<>();
		int most = -1;
		for (DispatchTarget target : this.targets) {
			for (byte[] prefix : target.topics()) {
				if (prefix.length >= most && startsWith(topic, prefix)) {
					if (prefix.length > most) {
						longest.clear();
						most = prefix.length;
					}
					longest.add(target);
				}
			}
		}
		return longest;
	}

	private static boolean startsWith(byte[] topic, byte[] prefix) {
		return topic.length >= prefix.length && Arrays.equals(topic, 0, prefix.length, prefix, 0, prefix.length);
	}

	@Override
	public ListenerCounts counts() {
		return this.unmatched.counts();
	}

	@Override
	public boolean retries() {
		return this.unmatched.retries();
	}

	@Override
	public @Nullable Runnable timeoutCall() {
		return null;
	}

	@Override
	public void reads(@Nullable MessageFlow flow, boolean inline) {
		this.unmatched.reads(flow, inline);
	}

	@Override
	public List<ZmqMessage> giveUpPending(long timeoutNanos) {
		return this.unmatched.giveUpPending(timeoutNanos);
	}

	@Override
	public void took(long nanos) {
		this.unmatched.took(nanos);
	}

	@Override
	public void unhandled(List<ZmqMessage> messages) {
		this.unmatched.unhandled(messages);
	}

	@Override
	public void stopped() {
		this.unmatched.stopped();
	}

}
