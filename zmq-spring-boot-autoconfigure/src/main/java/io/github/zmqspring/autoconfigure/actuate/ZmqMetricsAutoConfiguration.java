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

package io.github.zmqspring.autoconfigure.actuate;

import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration;
import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.transport.SocketRegistry;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration of the meters of ZeroMQ.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ZmqListenerAutoConfiguration.class, ZmqProxyAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ SocketRegistry.class, MeterRegistry.class })
public final class ZmqMetricsAutoConfiguration {

	@Bean
	ZmqMeters zmqMeters(SocketRegistry sockets, RequestOperations requests,
			ObjectProvider<ZmqListenerRegistry> listeners, ObjectProvider<ZmqProxies> proxies,
			ObjectProvider<SendTimer> sends, ObjectProvider<ListenerTimer> calls,
			@Value("${zmq.listener.observation-enabled:false}") boolean observed) {
		return new ZmqMeters(sockets, requests, listeners.getIfAvailable(), proxies.getIfAvailable(),
				sends.getIfAvailable(), calls.getIfAvailable(), observed);
	}

	@Bean
	@Conditional(OnDistributionCondition.Send.class)
	SendTimer zmqSendTimer(MeterRegistry registry, SocketRegistry sockets) {
		return new SendTimer(registry, sockets);
	}

	/** Not beside the observation, which has a timer of the same name. */
	@Bean
	@Conditional(OnDistributionCondition.Listener.class)
	@ConditionalOnProperty(name = "zmq.listener.observation-enabled", havingValue = "false", matchIfMissing = true)
	ListenerTimer zmqListenerTimer(MeterRegistry registry) {
		return new ListenerTimer(registry);
	}

}
