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

package io.github.zmqspring.transport.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.wire.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * Several readers of one SUB socket, each with its own topics. No thread deals the
 * messages out: the thread that reads the socket reads for all, and leaves what the
 * others want in short queues of theirs. A full queue stops reading, so readers that
 * share a socket share its pace and none of them loses messages. Readers may come and go
 * while the socket is read. Guarded by the socket's lock.
 *
 * @since 0.1.0
 */
public final class SharedReader implements SocketReader {

	private static final int QUEUE_SIZE = 1000;

	private final LaneSource source;

	private final List<Member> members = new ArrayList<>();

	private int nextInline;

	public SharedReader(LaneSource source) {
		this.source = source;
	}

	/**
	 * Add a reader.
	 * @param reader the reader
	 */
	public void join(Reader reader) {
		this.members.add(new Member(reader, new ArrayDeque<>()));
	}

	/**
	 * Return whether a reader is one of these.
	 * @param reader the reader
	 * @return {@code true} if it is
	 */
	public boolean has(Reader reader) {
		return this.members.stream().anyMatch((member) -> member.reader == reader);
	}

	/**
	 * Remove a reader.
	 * @param reader the reader
	 * @return what was read for it and not fetched
	 */
	public List<ZmqMessage> leave(Reader reader) {
		for (Member member : this.members) {
			if (member.reader == reader) {
				this.members.remove(member);
				return new ArrayList<>(member.queue);
			}
		}
		return List.of();
	}

	/**
	 * Return whether no reader is left.
	 * @return {@code true} if there is none
	 */
	public boolean isEmpty() {
		return this.members.isEmpty();
	}

	/**
	 * Wake a reader that was paused, if messages wait for it: nothing else would.
	 * @param reader the reader
	 */
	public void resumed(Reader reader) {
		for (Member member : this.members) {
			if (member.reader == reader && !member.queue.isEmpty()) {
				member.wake();
			}
		}
	}

	@Override
	public boolean isInline() {
		return this.members.stream().anyMatch((member) -> member.reader.isInline() && member.reader.isAccepting());
	}

	/** While a queue is full nothing may be read, or its reader would lose messages. */
	@Override
	public boolean isAccepting() {
		boolean accepting = false;
		for (Member member : this.members) {
			if (member.queue.size() >= QUEUE_SIZE) {
				return false;
			}
			accepting |= member.reader.isAccepting();
		}
		return accepting;
	}

	@Override
	public boolean needsWake() {
		return isAccepting() && this.members.stream().anyMatch((member) -> member.reader.needsWake());
	}

	@Override
	public boolean comesBack() {
		return false;
	}

	@Override
	public boolean wake() {
		return isAccepting() && this.members.stream().anyMatch((member) -> member.reader.wake());
	}

	@Override
	public void readFor(LaneGroup lanes, FrameReader frames, List<ZmqMessage> into, int most) {
		Queue<ZmqMessage> own = null;
		for (Member member : this.members) {
			if (member.reader == lanes) {
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
		while (count < most && isAccepting() && deal(frames)) {
			count += take(own, into, most - count);
		}
		this.members.forEach(Member::wakeIfWaitedFor);
	}

	@Override
	public @Nullable InlineReader readInline(FrameReader frames, List<ZmqMessage> into, int most) {
		for (int i = 0; i < most && isAccepting(); i++) {
			if (!deal(frames)) {
				break;
			}
		}
		InlineReader chosen = null;
		for (int i = 0; i < this.members.size(); i++) {
			Member member = this.members.get(this.nextInline++ % this.members.size());
			if (member.reader instanceof InlineReader inline && inline.isAccepting() && !member.queue.isEmpty()) {
				chosen = inline;
				take(member.queue, into, most);
				break;
			}
		}
		this.members.forEach(Member::wakeIfWaitedFor);
		if (hasInlineWaiting()) {
			this.source.requestVisit();
		}
		return chosen;
	}

	private boolean hasInlineWaiting() {
		return this.members.stream()
			.anyMatch((member) -> member.reader.isInline() && member.reader.isAccepting() && !member.queue.isEmpty());
	}

	private boolean deal(FrameReader frames) {
		ZmqMessage message = frames.read();
		if (message == null) {
			return false;
		}
		boolean wanted = false;
		for (Member member : this.members) {
			// a reader that ends fetches what is there and does not come back
			if (!member.reader.isEnded() && member.reader.topics().matches(message)) {
				member.queue.add(message);
				wanted = true;
			}
		}
		if (!wanted) {
			frames.unwanted();
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
		this.members.forEach((member) -> member.reader.closed());
	}

	/** A reader and what was read for it. */
	private final class Member {

		private final Reader reader;

		private final Queue<ZmqMessage> queue;

		Member(Reader reader, Queue<ZmqMessage> queue) {
			this.reader = reader;
			this.queue = queue;
		}

		void wakeIfWaitedFor() {
			if (!this.queue.isEmpty() && this.reader.isAccepting()) {
				wake();
			}
		}

		void wake() {
			if (this.reader.isInline()) {
				SharedReader.this.source.requestVisit();
			}
			else {
				this.reader.wake();
			}
		}

	}

}
