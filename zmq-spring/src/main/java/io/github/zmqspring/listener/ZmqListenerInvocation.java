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
import org.jspecify.annotations.Nullable;

/**
 * One call of a listener's method, for a {@link ZmqListenerInterceptor}.
 *
 * @since 0.1.0
 */
public interface ZmqListenerInvocation {

	/**
	 * The id of the listener.
	 * @return the id
	 */
	String listenerId();

	/**
	 * Return the logical name of its socket.
	 * @return the name
	 */
	String socket();

	/**
	 * What the method is called with: one message, those of a batch, or none after a
	 * timeout.
	 * @return the messages
	 */
	List<ZmqMessage> messages();

	/**
	 * Return which call for these messages this is.
	 * @return 1 for the first, more for retries
	 */
	int attempt();

	/**
	 * Calls the next interceptor, and the method in the end.
	 * @return what the method returns
	 * @throws Throwable what the method throws, or why its arguments could not be made
	 */
	@Nullable Object proceed() throws Throwable;

}
