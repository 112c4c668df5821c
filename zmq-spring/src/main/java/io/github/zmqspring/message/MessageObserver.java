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

package io.github.zmqspring.message;

import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

/**
 * Observes messages being sent, requested and handled. Without an observer there is no
 * cost. Called on the thread that sends, requests or handles.
 *
 * @since 0.1.0
 */
public interface MessageObserver {

	/**
	 * Begin to observe a message that is about to be sent.
	 * @param socket the socket that sends it
	 * @return the observation, or {@code null} if sends are not observed
	 */
	@Nullable Observed sending(SocketDefinition socket);

	/**
	 * Begin to observe a request that is about to be made.
	 * @param socket the socket that asks
	 * @return the observation until its reply is there, or {@code null} if requests are
	 * not observed
	 */
	@Nullable Observed requesting(SocketDefinition socket);

	/**
	 * Begin to observe a call of a listener.
	 * @param socket the socket that the messages came from
	 * @param listener the id of the listener
	 * @param messages one message, or those of a batch
	 * @return the observation until its result is there, or {@code null} if listeners are
	 * not observed
	 */
	@Nullable Observed handling(SocketDefinition socket, String listener, List<ZmqMessage> messages);

}
