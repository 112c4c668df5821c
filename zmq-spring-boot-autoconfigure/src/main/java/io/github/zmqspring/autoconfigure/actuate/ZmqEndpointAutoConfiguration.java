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

import java.util.Locale;
import java.util.regex.Pattern;

import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration;
import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import org.zeromq.ZContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the actuator endpoint {@code zmq}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ZmqListenerAutoConfiguration.class, ZmqProxyAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean({ SocketRegistry.class, ZContext.class })
public final class ZmqEndpointAutoConfiguration {

	private static final Pattern SECRET = Pattern
		.compile("zmq\\.security\\.(.*secretkey|users\\..*)|zmq\\..*\\.security\\.password");

	/** Keys and passwords stay hidden also where values are shown. */
	@Bean
	static SanitizingFunction zmqSecrets() {
		return (data) -> SECRET.matcher(data.getKey().toLowerCase(Locale.ROOT).replace('_', '.').replace("-", ""))
			.matches() ? data.withSanitizedValue() : data;
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	ZmqEndpoint zmqEndpoint(ZContext context, SocketRegistry sockets, RequestOperations requests,
			ObjectProvider<ContextFailures> failures, ObjectProvider<ZmqListenerRegistry> listeners,
			ObjectProvider<ZmqProxies> proxies, ObjectProvider<SanitizingFunction> sanitizing) {
		Sanitizer sanitizer = new Sanitizer(sanitizing.orderedStream().toList());
		return new ZmqEndpoint(sockets, new ZmqReports(context, sockets, requests, sanitizer),
				failures.getIfAvailable(), listeners.getIfAvailable(), proxies.getIfAvailable());
	}

}
