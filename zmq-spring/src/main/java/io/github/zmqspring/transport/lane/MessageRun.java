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

import io.github.zmqspring.core.ZmqMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Hands what a reader has read to its handler, one by one or in batches. What the handler
 * throws costs that message or batch only.
 */
final class MessageRun {

	private static final Log logger = LogFactory.getLog(MessageRun.class);

	private final LaneHandler handler;

	private final int batchSize;

	private final String failure;

	private final ReadAhead read = new ReadAhead();

	private final Runnable tellTime;

	private long nanos;

	/**
	 * Create a run.
	 * @param handler the handler
	 * @param batchSize the most messages handed over at once
	 * @param failure what to log when the handler throws
	 */
	MessageRun(LaneHandler handler, int batchSize, String failure) {
		this.handler = handler;
		this.batchSize = batchSize;
		this.failure = failure;
		this.tellTime = () -> handler.took(this.nanos);
	}

	/**
	 * Handle messages on the calling thread.
	 * @param messages the messages
	 * @return whether the list may be used again; not when messages were taken back
	 */
	boolean handle(List<ZmqMessage> messages) {
		if (!this.read.begin(messages)) {
			this.handler.unhandled(List.copyOf(messages));
			return false;
		}
		long start = System.nanoTime();
		if (this.batchSize == 1) {
			for (ZmqMessage message = this.read.next(); message != null; message = this.read.next()) {
				handleOne(message);
			}
		}
		else {
			for (List<ZmqMessage> batch = this.read.next(this.batchSize); batch != null; batch = this.read
				.next(this.batchSize)) {
				handleBatch(batch);
			}
		}
		this.nanos = System.nanoTime() - start;
		perform(this.tellTime);
		return this.read.end();
	}

	private void handleOne(ZmqMessage message) {
		try {
			this.handler.handle(message);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void handleBatch(List<ZmqMessage> messages) {
		try {
			this.handler.handle(messages);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	/** Run something else for the handler, such as an idle action. */
	void perform(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void failed(Throwable ex) {
		try {
			logger.error(this.failure, ex);
		}
		catch (Throwable unlogged) {
			// the exception cannot be described, or there is no memory for it
			logger.error(this.failure + ", on " + ex.getClass().getName());
		}
	}

	/** Return how long the last messages took, in nanoseconds. */
	long nanos() {
		return this.nanos;
	}

	/** Return whether nothing has been read that is not handled. */
	boolean isEmpty() {
		return this.read.isEmpty();
	}

	boolean isTakenBack() {
		return this.read.isTakenBack();
	}

	/** Take back the messages whose turn has not come: no more are handled. */
	List<ZmqMessage> takeBack() {
		return this.read.takeBack();
	}

	/** Return the messages that the handler was given and has not returned from. */
	List<ZmqMessage> running() {
		return this.read.running(this.batchSize);
	}

}
