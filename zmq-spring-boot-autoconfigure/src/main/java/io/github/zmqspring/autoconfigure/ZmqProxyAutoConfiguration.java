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

package io.github.zmqspring.autoconfigure;

import io.github.zmqspring.autoconfigure.security.SecurityMapper;
import io.github.zmqspring.core.ZmqSocketCustomizer;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyInterceptor;
import io.github.zmqspring.transport.SocketRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the proxies of {@code zmq.proxies}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZmqAutoConfiguration.class)
@ConditionalOnBean(SocketRegistry.class)
public final class ZmqProxyAutoConfiguration {

	/** Under lazy initialization no proxy would start: no bean depends on it. */
	@Bean
	static LazyInitializationExcludeFilter zmqProxyLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(ZmqProxies.class);
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqProxies zmqProxies(SocketRegistry sockets, ZmqProperties properties, SecurityMapper security,
			LifecycleProperties lifecycle, ApplicationEventPublisher events,
			ObjectProvider<ZmqProxyInterceptor> interceptors, ObjectProvider<ZmqConnectionDetails> details,
			ObjectProvider<ZmqSocketCustomizer> customizers) {
		ProxyDefinitionMapper mapper = new ProxyDefinitionMapper(properties, security,
				SocketDefinitionMapper.customizer(details, customizers));
		return new ZmqProxies(sockets, events, () -> interceptors.orderedStream().toList(),
				lifecycle.getTimeoutPerShutdownPhase(), mapper.definitions());
	}

}
