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

package io.github.zmqspring.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import org.zeromq.SocketType;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application that uses the library in the usual way: properties, auto-configuration,
 * listeners as beans, the template.
 */
final class Library implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private Library(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Builder with() {
		return new Builder();
	}

	ZmqTemplate template() {
		return this.context.getBean(ZmqTemplate.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	String endpoint(String socket) {
		return this.context.getBean(ZmqSockets.class).status(socket).bound().get(0);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Says what the application consists of.
	 */
	static final class Builder {

		private final Map<String, Object> properties = new LinkedHashMap<>();

		private Object[] listeners = {};

		private Builder() {
			this.properties.put("logging.level.root", "warn");
			this.properties.put("zmq.context.batch-size", Raw.batch() + "B");
			this.properties.put("zmq.defaults.linger", "0");
			this.properties.put("zmq.defaults.handshake-interval", "1s");
		}

		Builder bind(String socket, SocketType type) {
			return socket(socket, type, "bind", "tcp://127.0.0.1:*");
		}

		Builder connect(String socket, SocketType type, String endpoint) {
			return socket(socket, type, "connect", endpoint);
		}

		private Builder socket(String socket, SocketType type, String what, String endpoint) {
			this.properties.put("zmq.sockets." + socket + ".type", type.name());
			this.properties.put("zmq.sockets." + socket + "." + what, endpoint);
			return this;
		}

		Builder property(String name, Object value) {
			this.properties.put(name, value);
			return this;
		}

		/** Set that of all sockets; 0 is the default. */
		Builder highWaterMark(int messages) {
			return (messages > 0)
					? property("zmq.defaults.send-hwm", messages).property("zmq.defaults.receive-hwm", messages) : this;
		}

		Builder listeners(Object... listeners) {
			this.listeners = listeners;
			return this;
		}

		Library start() {
			ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.bannerMode(Banner.Mode.OFF)
				.properties(this.properties)
				.initializers((created) -> {
					for (Object listener : this.listeners) {
						register((GenericApplicationContext) created, listener);
					}
				})
				.run();
			return new Library(context);
		}

		@SuppressWarnings("unchecked")
		private static <T> void register(GenericApplicationContext context, T bean) {
			context.registerBean((Class<T>) bean.getClass(), () -> bean);
		}

	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
