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

package io.github.zmqspring.transport;

import java.util.function.Consumer;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SequenceDefinition.NumberType;
import io.github.zmqspring.core.SequenceDefinition.Scope;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.wire.SequenceGap;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what one gap left out from the publisher's replay endpoint, see
 * {@link ReplayServer} for what is said there. Used by one thread.
 */
final class ReplayClient {

	private final NamedSocket socket;

	private final SequenceDefinition sequence;

	private final SequenceGap gap;

	private final long timeoutNanos;

	private long recovered;

	private @Nullable String trouble;

	/** Whether there is more to come that no later request may see. */
	private boolean unfinished;

	ReplayClient(NamedSocket socket, SequenceDefinition sequence, SequenceGap gap) {
		this.socket = socket;
		this.sequence = sequence;
		this.gap = gap;
		this.timeoutNanos = sequence.replayTimeout().toNanos();
	}

	/** Return how many messages were fetched. */
	long recovered() {
		return this.recovered;
	}

	/** Return why not all were, if something went wrong. */
	@Nullable String trouble() {
		return this.trouble;
	}

	/** Fetch what is missing, in order. */
	void fetch(Consumer<ZmqMessage> messages) {
		byte[] start = NumberType.UINT64_BE.write(this.gap.first());
		byte[][] request = (this.sequence.per() == Scope.TOPIC)
				? new byte[][] { ReplayServer.EMPTY, start, this.gap.message().frame(0) }
				: new byte[][] { ReplayServer.EMPTY, start };
		SendResult sent = this.socket.require().send(request, this.timeoutNanos);
		if (sent != SendResult.ACCEPTED) {
			this.trouble = "no publisher is connected at the replay endpoint " + this.sequence.replay();
			return;
		}
		this.unfinished = true;
		long next = this.gap.first();
		while (this.unfinished && Long.compareUnsigned(next, this.gap.received()) < 0) {
			ZmqMessage reply = receive();
			if (reply == null) {
				this.trouble = "the replay endpoint %s sent nothing more within %d ms".formatted(this.sequence.replay(),
						this.sequence.replayTimeout().toMillis());
				return;
			}
			Long number = number(reply);
			if (number == null || Long.compareUnsigned(number, next) < 0
					|| Long.compareUnsigned(number, this.gap.received()) >= 0) {
				continue;
			}
			messages.accept(message(reply, number));
			this.recovered++;
			next = number + 1;
		}
		if (this.recovered < this.gap.missing()) {
			this.trouble = "the publisher does not have the others any more";
		}
	}

	/** Leave nothing behind that the next request would take for a reply. */
	void finish() {
		try {
			while (this.unfinished) {
				if (receive() == null) {
					this.socket.close();
					this.socket.open();
					return;
				}
			}
		}
		catch (ZmqException ex) {
			// closed meanwhile
		}
	}

	private @Nullable ZmqMessage receive() {
		ZmqMessage reply = this.socket.require().receive(this.timeoutNanos);
		if (reply != null && Long.valueOf(ReplayServer.END).equals(number(reply))) {
			this.unfinished = false;
		}
		return reply;
	}

	private static int begin(ZmqMessage reply) {
		return (reply.size() > 1 && reply.frame(0).length == 0) ? 1 : 0;
	}

	private @Nullable Long number(ZmqMessage reply) {
		int begin = begin(reply);
		return (reply.size() > begin + 1) ? NumberType.UINT64_BE.read(reply.frame(begin)) : null;
	}

	/** Return the message as the publisher sent it. */
	private ZmqMessage message(ZmqMessage reply, long number) {
		int begin = begin(reply) + 1;
		byte[][] frames = reply.frames().subList(begin, reply.size()).toArray(byte[][]::new);
		if (!this.sequence.bareReplay()) {
			return ZmqMessage.ofRaw(frames, 0);
		}
		int position = Math.min(this.sequence.frame() - 1, frames.length);
		byte[][] whole = new byte[frames.length + 2][];
		whole[0] = this.gap.message().frame(0);
		System.arraycopy(frames, 0, whole, 1, position);
		whole[position + 1] = this.sequence.type().write(number);
		System.arraycopy(frames, position, whole, position + 2, frames.length - position);
		return ZmqMessage.ofRaw(whole, 0);
	}

}
