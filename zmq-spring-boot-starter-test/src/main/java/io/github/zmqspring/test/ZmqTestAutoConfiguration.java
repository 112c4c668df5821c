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

package io.github.zmqspring.test;

import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProperties;
import io.github.zmqspring.core.MessageOperations;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.message.MessageObserver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for tests: a recorder of calls and sends, listeners that can be
 * called without a socket, and ports that the operating system chooses.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = { ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "zmq.enabled", matchIfMissing = true)
public final class ZmqTestAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ZmqRecorder zmqRecorder(ObjectProvider<ZmqListenerRegistry> listeners, ObjectProvider<ZmqSockets> sockets,
			ObjectProvider<MessageOperations> messages) {
		return new ZmqRecorder(listeners, sockets, messages);
	}

	@Bean
	@ConditionalOnMissingBean(MessageObserver.class)
	RecordingObserver zmqRecordingObserver(ZmqRecorder recorder) {
		return new RecordingObserver(recorder);
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqListeners zmqTestListeners(ZmqListenerRegistry registry, MessageOperations messages) {
		return new ZmqListeners(registry, messages);
	}

	/**
	 * Where sockets bind in tests.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "zmq.test.endpoints", havingValue = "ephemeral")
	static class EphemeralConfiguration {

		@Bean
		EphemeralEndpoints zmqEphemeralEndpoints(ZmqProperties properties, ObjectProvider<SocketDefinition> definitions,
				ObjectProvider<ZmqSockets> sockets) {
			return new EphemeralEndpoints(properties, definitions, sockets);
		}

	}

}
