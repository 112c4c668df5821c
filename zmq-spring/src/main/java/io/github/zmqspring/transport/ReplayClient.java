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

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SequenceDefinition.NumberType;
import io.github.zmqspring.core.SequenceDefinition.Scope;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.wire.SequenceGap;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what one gap left out from the publisher's replay endpoint, see
 * {@link ReplayServer} for the protocol. Used by one thread.
 */
final class ReplayClient {

	private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final NamedSocket socket;

	private final String endpoint;

	private final SequenceDefinition sequence;

	private final SequenceGap gap;

	private final long timeoutNanos;

	/** The first number that is missing. */
	private long next;

	private long recovered;

	private @Nullable String trouble;

	/** Whether it waited in vain. */
	private boolean silent;

	/** Whether that is since there is no connection. */
	private boolean away;

	/** Whether there is more to come that no later request may see. */
	private boolean unfinished;

	/**
	 * Create it.
	 * @param socket connects to the endpoint
	 * @param endpoint where the publisher serves its replay
	 * @param sequence what the numbers are
	 * @param gap what is missing
	 */
	ReplayClient(NamedSocket socket, String endpoint, SequenceDefinition sequence, SequenceGap gap) {
		this.socket = socket;
		this.endpoint = endpoint;
		this.sequence = sequence;
		this.gap = gap;
		this.timeoutNanos = sequence.replayTimeout().toNanos();
	}

	/** Return how many messages were fetched. */
	long recovered() {
		return this.recovered;
	}

	/** Return why some were not, or {@code null}. */
	@Nullable String trouble() {
		return this.trouble;
	}

	/** Return whether the endpoint was waited for in vain. */
	boolean isSilent() {
		return this.silent;
	}

	boolean isAway() {
		return this.away;
	}

	/**
	 * Fetch what is missing, in order. A ROUTER of libzmq, such as vLLM's, drops replies
	 * beyond its high-water mark: what is left out in the middle is asked for again, as
	 * long as that brings something.
	 */
	void fetch(Consumer<ZmqMessage> messages) {
		this.next = this.gap.first();
		boolean goesOn = true;
		while (goesOn && isWanted(this.next)) {
			long before = this.next;
			goesOn = request() && read(messages) && this.next != before;
		}
		if (this.trouble == null && this.recovered < this.gap.missing()) {
			this.trouble = "the publisher no longer has the others";
		}
	}

	private boolean isWanted(long number) {
		return Long.compareUnsigned(number, this.gap.received()) < 0;
	}

	private boolean request() {
		byte[] start = NumberType.UINT64_BE.write(this.next);
		byte[][] request = (this.sequence.per() == Scope.TOPIC)
				? new byte[][] { ReplayServer.EMPTY, start, this.gap.message().frame(0) }
				: new byte[][] { ReplayServer.EMPTY, start };
		SendResult sent = this.socket.require().send(request, Math.max(this.timeoutNanos, CONNECT_NANOS));
		if (sent != SendResult.ACCEPTED) {
			this.trouble = away();
			this.silent = true;
			this.away = true;
			return false;
		}
		this.unfinished = true;
		return true;
	}

	/**
	 * Read the replies to one request.
	 * @return whether to ask again for what they left out
	 */
	private boolean read(Consumer<ZmqMessage> messages) {
		boolean first = true;
		boolean hole = false;
		long before = this.next;
		// replies that are of no use win no more time: other publishers wait meanwhile
		long until = System.nanoTime() + this.timeoutNanos;
		while (this.unfinished && isWanted(this.next)) {
			ZmqMessage reply = receive(until);
			if (reply == null) {
				boolean gone = this.socket.peers().peers() == 0 && !EndpointAddress.isInproc(this.endpoint);
				String missing = (gone) ? away() : "the replay endpoint %s sent nothing more within %d ms"
					.formatted(this.endpoint, this.sequence.replayTimeout().toMillis());
				reopen(this.socket, this.endpoint);
				this.unfinished = false;
				if (this.next != before) {
					return true;
				}
				this.trouble = missing;
				this.silent = true;
				this.away = gone;
				return false;
			}
			Long number = number(reply);
			if (number == null || number == ReplayServer.END || hole || Long.compareUnsigned(number, this.next) < 0) {
				continue;
			}
			if (number != this.next && !first) {
				hole = true;
			}
			else if (isWanted(number)) {
				// what is in front of the first one is gone
				messages.accept(message(reply, number));
				this.recovered++;
				this.next = number + 1;
				until = System.nanoTime() + this.timeoutNanos;
			}
			else {
				this.next = this.gap.received();
			}
			first = false;
		}
		return hole;
	}

	private String away() {
		String reason = this.socket.peers().connectStatus(this.endpoint).lastError();
		return "no publisher is connected at the replay endpoint " + this.endpoint
				+ ((reason != null) ? " (" + reason + ")" : "");
	}

	/** Open anew, so that no late reply is taken for one to the next request. */
	static void reopen(NamedSocket socket, String endpoint) {
		socket.close();
		socket.open();
		if (!socket.connected().contains(endpoint)) {
			socket.connect(endpoint);
		}
	}

	/** Drain what the next request would take for a reply. */
	void finish() {
		long until = System.nanoTime() + this.timeoutNanos;
		try {
			while (this.unfinished) {
				if (receive(until) == null) {
					reopen(this.socket, this.endpoint);
					this.unfinished = false;
				}
			}
		}
		catch (ZmqException ex) {
			// closed meanwhile
		}
	}

	private @Nullable ZmqMessage receive(long until) {
		long left = until - System.nanoTime();
		ZmqMessage reply = (left > 0) ? this.socket.require().receive(left) : null;
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
