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

import io.github.zmqspring.core.SocketDefinition;

/**
 * Creates the handlers of listeners. Called once for each listener, on the thread that
 * registers it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ListenerHandlerFactory {

	/**
	 * Checks a listener and creates its handler.
	 * @param endpoint the listener
	 * @param definition the socket that it reads
	 * @return the handler
	 * @throws io.github.zmqspring.core.ZmqConfigurationException if the listener cannot
	 * work with that socket
	 */
	ListenerHandler create(ZmqListenerEndpoint endpoint, SocketDefinition definition);

}
