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

import java.time.Duration;

import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.core.ZmqSockets;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with listeners, and peers of its sockets that are plain JeroMQ.
 */
final class ListenerApp implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 20_000;

	private final ConfigurableApplicationContext context;

	private final ZContext peers = new ZContext();

	private ListenerApp(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** Starts an application; properties without the prefix {@code zmq.}. */
	static ListenerApp run(Class<?> configuration, String... properties) {
		String[] arguments = new String[properties.length];
		for (int i = 0; i < properties.length; i++) {
			arguments[i] = "--" + ((properties[i].startsWith("spring.")) ? "" : "zmq.") + properties[i];
		}
		return new ListenerApp(new SpringApplicationBuilder(Base.class, configuration).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.jmx.enabled=false")
			.run(arguments));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	ZmqListenerRegistry listeners() {
		return bean(ZmqListenerRegistry.class);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	/** A peer that is connected to one of the application's sockets. */
	ZMQ.Socket peer(SocketType type, String socket) {
		return peer(type, socket, 1000);
	}

	ZMQ.Socket peer(SocketType type, String socket, int highWaterMark) {
		int before = bean(ZmqSockets.class).status(socket).peers();
		ZMQ.Socket peer = unconnected(type, highWaterMark);
		peer.connect(this.context.getEnvironment().getRequiredProperty("local.zmq." + socket + ".endpoint"));
		try {
			assertThat(bean(ZmqSockets.class).awaitPeers(socket, before + 1, Duration.ofSeconds(20))).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return peer;
	}

	ZMQ.Socket unconnected(SocketType type, int highWaterMark) {
		ZMQ.Socket peer = this.peers.createSocket(type);
		peer.setHandshakeIvl(1000);
		peer.setLinger(0);
		peer.setHWM(highWaterMark);
		peer.setSendTimeOut(TIMEOUT_MILLIS);
		peer.setReceiveTimeOut(TIMEOUT_MILLIS);
		return peer;
	}

	void closeApplication() {
		this.context.close();
	}

	@Override
	public void close() {
		this.peers.close();
		this.context.close();
	}

	@ImportAutoConfiguration({ ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class })
	static class Base {

	}

}
