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

package io.github.zmqspring.request;

import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqClientAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerRegistry;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A small application for a test, to be closed.
 */
final class RequestApp implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private RequestApp(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static RequestApp start(Class<?> configuration, String... properties) {
		return new RequestApp(new SpringApplicationBuilder(Base.class, configuration).web(WebApplicationType.NONE)
			.bannerMode(org.springframework.boot.Banner.Mode.OFF)
			.registerShutdownHook(false)
			.logStartupInfo(false)
			.properties(properties)
			.run());
	}

	static RequestApp client(String port, String... more) {
		String[] properties = java.util.Arrays.copyOf(more, more.length + 2);
		properties[more.length] = "zmq.sockets.ask.type=req";
		properties[more.length + 1] = "zmq.sockets.ask.connect=tcp://127.0.0.1:" + port;
		return start(Nothing.class, properties);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	ZmqTemplate template() {
		return this.context.getBean(ZmqTemplate.class);
	}

	RequestClients requests() {
		return this.context.getBean(RequestClients.class);
	}

	ZmqSockets sockets() {
		return this.context.getBean(ZmqSockets.class);
	}

	ZmqListenerRegistry listeners() {
		return this.context.getBean(ZmqListenerRegistry.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	String port(String socket) {
		return this.context.getEnvironment().getRequiredProperty("local.zmq." + socket + ".port");
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ZmqAutoConfiguration.class,
			ZmqListenerAutoConfiguration.class, ZmqClientAutoConfiguration.class, ZmqProxyAutoConfiguration.class })
	static class Base {

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
