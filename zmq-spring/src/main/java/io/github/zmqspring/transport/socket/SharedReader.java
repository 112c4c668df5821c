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

package io.github.zmqspring.transport.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.wire.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * Several readers of one SUB socket, each with its own topics. There is no thread that
 * deals the messages out: whoever reads the socket reads for all, and leaves what the
 * others want in a short queue of theirs. A full queue ends reading, and so readers that
 * share a socket share its pace and none of them loses messages. Readers come and go
 * while the socket is read. Guarded by the socket's lock.
 */
final class SharedReader implements SocketReader {

	private static final int QUEUE_SIZE = 1000;

	private final ManagedSocket socket;

	private final List<Member> members = new ArrayList<>();

	private int nextInline;

	SharedReader(ManagedSocket socket) {
		this.socket = socket;
	}

	void join(Reader input) {
		this.members.add(new Member(input, new ArrayDeque<>()));
	}

	boolean has(Reader input) {
		return this.members.stream().anyMatch((member) -> member.input == input);
	}

	/**
	 * Lets a reader go.
	 * @return what was read for it and not fetched
	 */
	List<ZmqMessage> leave(Reader input) {
		for (Member member : this.members) {
			if (member.input == input) {
				this.members.remove(member);
				return new ArrayList<>(member.queue);
			}
		}
		return List.of();
	}

	boolean isEmpty() {
		return this.members.isEmpty();
	}

	/** A reader that was paused goes on: what waits for it does not wake it again. */
	void resumed(Reader input) {
		for (Member member : this.members) {
			if (member.input == input && !member.queue.isEmpty()) {
				member.wake();
			}
		}
	}

	@Override
	public boolean isInline() {
		return this.members.stream().anyMatch((member) -> member.input.isInline() && member.input.isAccepting());
	}

	/** While a queue is full nobody may read, or its reader would lose messages. */
	@Override
	public boolean isAccepting() {
		boolean accepting = false;
		for (Member member : this.members) {
			if (member.queue.size() >= QUEUE_SIZE) {
				return false;
			}
			accepting |= member.input.isAccepting();
		}
		return accepting;
	}

	@Override
	public boolean needsWake() {
		return isAccepting() && this.members.stream().anyMatch((member) -> member.input.needsWake());
	}

	@Override
	public boolean comesBack() {
		return false;
	}

	@Override
	public boolean wake() {
		return isAccepting() && this.members.stream().anyMatch((member) -> member.input.wake());
	}

	@Override
	public void readFor(LaneGroup lanes, FrameReader reader, List<ZmqMessage> into, int most) {
		Queue<ZmqMessage> own = null;
		for (Member member : this.members) {
			if (member.input == lanes) {
				own = member.queue;
			}
		}
		if (own == null) {
			return;
		}
		int count = take(own, into, most);
		if (lanes.isEnded()) {
			return;
		}
		while (count < most && isAccepting() && deal(reader)) {
			count += take(own, into, most - count);
		}
		this.members.forEach(Member::wakeIfWaitedFor);
	}

	@Override
	public @Nullable InlineReader readInline(FrameReader reader, List<ZmqMessage> into, int most) {
		for (int i = 0; i < most && isAccepting(); i++) {
			if (!deal(reader)) {
				break;
			}
		}
		InlineReader chosen = null;
		for (int i = 0; i < this.members.size(); i++) {
			Member member = this.members.get(this.nextInline++ % this.members.size());
			if (member.input instanceof InlineReader inline && inline.isAccepting() && !member.queue.isEmpty()) {
				chosen = inline;
				take(member.queue, into, most);
				break;
			}
		}
		this.members.forEach(Member::wakeIfWaitedFor);
		if (hasInlineWaiting()) {
			this.socket.requestVisit();
		}
		return chosen;
	}

	private boolean hasInlineWaiting() {
		return this.members.stream()
			.anyMatch((member) -> member.input.isInline() && member.input.isAccepting() && !member.queue.isEmpty());
	}

	private boolean deal(FrameReader reader) {
		ZmqMessage message = reader.read();
		if (message == null) {
			return false;
		}
		for (Member member : this.members) {
			// one that ends fetches what is there and comes no more
			if (!member.input.isEnded() && member.input.topics().matches(message)) {
				member.queue.add(message);
			}
		}
		return true;
	}

	private static int take(Queue<ZmqMessage> queue, List<ZmqMessage> into, int most) {
		int count = 0;
		while (count < most && !queue.isEmpty()) {
			into.add(queue.remove());
			count++;
		}
		return count;
	}

	@Override
	public void closed() {
		this.members.forEach((member) -> member.input.closed());
	}

	/** A reader and what was read for it. */
	private final class Member {

		private final Reader input;

		private final Queue<ZmqMessage> queue;

		Member(Reader input, Queue<ZmqMessage> queue) {
			this.input = input;
			this.queue = queue;
		}

		void wakeIfWaitedFor() {
			if (!this.queue.isEmpty() && this.input.isAccepting()) {
				wake();
			}
		}

		void wake() {
			if (this.input.isInline()) {
				SharedReader.this.socket.requestVisit();
			}
			else {
				this.input.wake();
			}
		}

	}

}
