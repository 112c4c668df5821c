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

package io.github.zmqspring.listener.invoke;

import java.util.List;

import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

/**
 * The part of a call that differs between single messages and batches.
 */
interface CallStrategy {

	/**
	 * Call the method.
	 * @param messages one message, or those of the batch
	 * @return what the method returned
	 * @throws UnreadableMessageException if the arguments could not be made
	 * @throws Throwable what the method threw
	 */
	@Nullable Object invoke(List<ZmqMessage> messages) throws Throwable;

	/**
	 * Send a result, or an element of a stream, to where it belongs.
	 * @param messages the messages that it is the result of
	 * @param result the result
	 * @return {@code false} if the peer has gone, so that a stream can end
	 */
	boolean reply(List<ZmqMessage> messages, @Nullable Object result);

	/**
	 * Deal with a failed call.
	 * @param messages the messages of the call
	 * @param failure what the method or the conversion threw
	 * @param attempts how many times the method was called
	 */
	void fail(List<ZmqMessage> messages, Throwable failure, int attempts);

}
