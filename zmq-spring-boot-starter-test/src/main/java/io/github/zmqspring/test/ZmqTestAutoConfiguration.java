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
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerFailedEvent;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.message.MessageObserver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for tests: a recorder of calls and sends, listeners that can be
 * called without a socket, and ports that the operating system chooses.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = { ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class },
		afterName = "io.github.zmqspring.autoconfigure.actuate.ZmqObservationAutoConfiguration")
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
		return new RecordingObserver(recorder, null);
	}

	@Bean
	static RecordingPostProcessor zmqRecordingPostProcessor(ObjectProvider<ZmqRecorder> recorder) {
		return new RecordingPostProcessor(recorder);
	}

	@Bean
	ApplicationListener<ZmqListenerFailedEvent> zmqRecordingFailureListener(ZmqRecorder recorder) {
		return new FailureListener(recorder);
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqListeners zmqTestListeners(ObjectProvider<ZmqListenerRegistry> registry, MessageOperations messages,
			ZmqSockets sockets) {
		return new ZmqListeners(registry, messages, sockets);
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqScenario zmqScenario(ZmqRecorder recorder, ZmqTemplate template, ZmqListeners listeners) {
		return new ZmqScenario(recorder, template, listeners);
	}

	/**
	 * Tells the recorder what listeners could not handle.
	 */
	static final class FailureListener implements ApplicationListener<ZmqListenerFailedEvent> {

		private final ZmqRecorder recorder;

		FailureListener(ZmqRecorder recorder) {
			this.recorder = recorder;
		}

		@Override
		public void onApplicationEvent(ZmqListenerFailedEvent event) {
			this.recorder.failed(event.getFailure());
		}

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
