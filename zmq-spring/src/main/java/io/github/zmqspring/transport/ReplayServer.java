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

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SequenceDefinition.NumberType;
import io.github.zmqspring.core.SequenceDefinition.Scope;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.support.LogLimiter;
import io.github.zmqspring.transport.lane.LaneHandler;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.SequenceNumbers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Serves what a publisher has sent, as vLLM does: the request is an empty frame and the
 * first number that is wanted, in eight bytes, the highest first; where each topic has
 * numbers the topic follows. Each reply is an empty frame, the number, and the message:
 * with vLLM's preset without topic and number, else all of it. The last one has the
 * highest number there is and an empty frame.
 */
final class ReplayServer implements LaneHandler {

	private static final Log logger = LogFactory.getLog(ReplayServer.class);

	static final byte[] EMPTY = {};

	/** The number of the last reply. */
	static final long END = -1;

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final ManagedSocket socket;

	private final SequenceDefinition sequence;

	private final SequenceNumbers numbers;

	private final LogLimiter log;

	ReplayServer(ManagedSocket socket, SequenceDefinition sequence, SequenceNumbers numbers) {
		this.socket = socket;
		this.sequence = sequence;
		this.numbers = numbers;
		this.log = new LogLimiter(logger, "Socket '" + socket.definition().name() + "', requests");
	}

	MessageFlow start() {
		return this.socket.consume(LaneSettings.of(this.socket.definition().name(), 1), this);
	}

	@Override
	public void handle(ZmqMessage request) {
		byte[] peer = request.returnPath()[0];
		int begin = (request.size() > 1 && request.frame(0).length == 0) ? 1 : 0;
		int size = request.size() - begin;
		Long start = (size >= 1) ? NumberType.UINT64_BE.read(request.frame(begin)) : null;
		if (start == null || size > 2) {
			this.log.warn("Socket '%s' received a request that is no number of eight bytes: %s"
				.formatted(this.socket.definition().name(), request), null);
			return;
		}
		byte[] topic = (size == 2 && this.sequence.per() == Scope.TOPIC) ? request.frame(begin + 1) : null;
		if (serve(peer, start, topic)) {
			send(new byte[][] { peer, EMPTY, NumberType.UINT64_BE.write(END), EMPTY });
		}
	}

	private boolean serve(byte[] peer, long start, byte @Nullable [] topic) {
		for (SequenceNumbers.Published message : this.numbers.since(start, topic)) {
			if (!send(reply(peer, message))) {
				return false;
			}
		}
		return true;
	}

	private byte[][] reply(byte[] peer, SequenceNumbers.Published message) {
		byte[][] frames = message.frames();
		if (this.sequence.bareReplay()) {
			int position = this.sequence.frame();
			byte[][] rest = new byte[frames.length - 2][];
			System.arraycopy(frames, 1, rest, 0, position - 1);
			System.arraycopy(frames, position + 1, rest, position - 1, frames.length - position - 1);
			frames = rest;
		}
		byte[][] reply = new byte[frames.length + 3][];
		reply[0] = peer;
		reply[1] = EMPTY;
		reply[2] = NumberType.UINT64_BE.write(message.number());
		System.arraycopy(frames, 0, reply, 3, frames.length);
		return reply;
	}

	private boolean send(byte[][] frames) {
		SendResult result = this.socket.send(frames, PATIENCE_NANOS);
		if (result == SendResult.TIMED_OUT) {
			this.log.warn("Socket '%s' gave up a replay: the subscriber with the routing id %s does not read"
				.formatted(this.socket.definition().name(), Arrays.toString(frames[0])), null);
		}
		return result == SendResult.ACCEPTED;
	}

}
