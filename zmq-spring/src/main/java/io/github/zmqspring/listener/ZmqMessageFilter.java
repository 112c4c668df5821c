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

/**
 * Decides which messages a listener handles, before anything is converted, on the thread
 * of the listener. A bean of this type is the filter of all listeners that name none.
 * <p>
 * Rejected messages are counted and dropped; on a REP socket they get an empty reply,
 * since the requester waits for one.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ZmqMessageFilter {

	/**
	 * Looks at a message.
	 * @param message the message with all its frames
	 * @param listenerId the id of the listener
	 * @return whether to handle it; an exception counts as a failure of the listener
	 */
	boolean accept(ZmqMessage message, String listenerId);

}
