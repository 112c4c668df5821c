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

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a reader has read and not handled yet. Each message is claimed exactly once: by
 * the thread that handles it, or by the one that takes the rest back because the handler
 * does not end. The list itself belongs to the reader until it is taken back.
 */
final class ReadAhead {

	private static final int EMPTY = -1;

	private static final int TAKEN_BACK = 1 << 30;

	private final AtomicInteger position = new AtomicInteger(EMPTY);

	/** Published by the position: written before it, read after it. */
	private List<ZmqMessage> messages = List.of();

	private int from;

	/** Return {@code false} if it is too late: nothing will take these messages back. */
	boolean begin(List<ZmqMessage> messages) {
		this.messages = messages;
		return this.position.compareAndSet(EMPTY, 0);
	}

	/** Claim the next message. */
	@Nullable ZmqMessage next() {
		int index = this.position.getAndIncrement();
		return (index < this.messages.size()) ? this.messages.get(index) : null;
	}

	/** Claim the next messages, up to a number. */
	@Nullable List<ZmqMessage> next(int most) {
		int start = this.position.getAndAdd(most);
		int size = this.messages.size();
		if (start >= size) {
			return null;
		}
		return (start == 0 && size <= most) ? this.messages
				: this.messages.subList(start, Math.min(start + most, size));
	}

	/** Return whether the list is the reader's again. */
	boolean end() {
		int current = this.position.get();
		return current < TAKEN_BACK && this.position.compareAndSet(current, EMPTY);
	}

	boolean isEmpty() {
		return this.position.get() == EMPTY || isTakenBack();
	}

	boolean isTakenBack() {
		return this.position.get() >= TAKEN_BACK;
	}

	/** Take back what has not been claimed. */
	List<ZmqMessage> takeBack() {
		this.from = this.position.getAndSet(TAKEN_BACK);
		if (this.from == EMPTY) {
			return List.of();
		}
		int size = this.messages.size();
		return List.copyOf(this.messages.subList(Math.min(this.from, size), size));
	}

	/**
	 * Return what was claimed last. Called after the rest was taken back.
	 * @param most how many were claimed at once
	 */
	List<ZmqMessage> running(int most) {
		int end = Math.min(this.from, this.messages.size());
		if (this.from == EMPTY || end == 0) {
			return List.of();
		}
		return List.copyOf(this.messages.subList((end - 1) / most * most, end));
	}

}
