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

import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens to a message that a listener could not handle, after its retries.
 * Called on the thread of the listener.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ZmqListenerErrorHandler {

	/**
	 * Handles the failure.
	 * @param message the message with all its frames
	 * @param failure what went wrong; its cause is the exception of the method or of the
	 * conversion
	 * @return the reply, or what goes to the {@code @SendTo} socket; {@code null} for
	 * none. On a REP socket {@code null} is an empty reply
	 * @throws Exception if the message is not handled after all: it is logged, answered
	 * with an error reply and sent to the dead-letter socket, if there is one
	 */
	@Nullable Object handleError(ZmqMessage message, ZmqListenerException failure) throws Exception;

}
