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

package io.github.zmqspring.listener;

import java.util.List;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.lane.LaneHandler;
import io.github.zmqspring.transport.lane.MessageFlow;
import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of one listener, including those whose results come later.
 *
 * @since 0.1.0
 */
public interface ListenerHandler extends LaneHandler {

	/**
	 * Return what became of the messages so far.
	 * @return the counts at this moment
	 */
	ListenerCounts counts();

	/**
	 * Return whether failed calls are repeated, so that a message may keep its lane for a
	 * long time.
	 * @return {@code true} if there is a retry policy
	 */
	boolean retries();

	/**
	 * Return what to run when no message has come for the listener's timeout.
	 * @return the call, or {@code null} if the listener has no timeout
	 */
	@Nullable Runnable timeoutCall();

	/**
	 * Set the flow that the messages come from. It is held back while too many results
	 * are still to come, where it is inline; lanes wait instead.
	 * @param flow the flow, or {@code null} when it has ended
	 * @param inline whether the handler must not wait
	 */
	void reads(@Nullable MessageFlow flow, boolean inline);

	/**
	 * Wait for results that are still to come, and give up those that are late.
	 * @param timeoutNanos how long to wait
	 * @return the messages whose results did not come in time
	 */
	List<ZmqMessage> giveUpPending(long timeoutNanos);

	/**
	 * Called when the listener has stopped, after its last message.
	 */
	void stopped();

	@Override
	void unhandled(List<ZmqMessage> messages);

}
