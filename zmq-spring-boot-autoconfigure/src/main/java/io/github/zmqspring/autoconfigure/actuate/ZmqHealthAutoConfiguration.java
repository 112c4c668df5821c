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
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import org.zeromq.ZContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of ZeroMQ.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ZmqListenerAutoConfiguration.class, ZmqProxyAutoConfiguration.class })
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(SocketRegistry.class)
@ConditionalOnEnabledHealthIndicator("zmq")
public final class ZmqHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "zmqHealthIndicator", "zmqHealthContributor" })
	ZmqHealthContributor zmqHealthContributor(ZContext context, SocketRegistry sockets,
			ObjectProvider<ContextFailures> failures, ObjectProvider<ZmqListenerRegistry> listeners,
			ObjectProvider<ZmqProxies> proxies) {
		return new ZmqHealthContributor(context, sockets, failures.getIfAvailable(), listeners.getIfAvailable(),
				proxies.getIfAvailable());
	}

}
