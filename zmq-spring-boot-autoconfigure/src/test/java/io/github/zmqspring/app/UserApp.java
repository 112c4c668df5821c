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

package io.github.zmqspring.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.PythonPeer;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application as a user writes it: a configuration with listeners, and properties.
 */
public final class UserApp implements AutoCloseable {

	public static final Duration PATIENCE = Duration.ofSeconds(20);

	public final ZmqTemplate template;

	public final ZmqSockets sockets;

	private final ConfigurableApplicationContext context;

	private UserApp(ConfigurableApplicationContext context) {
		this.context = context;
		this.template = context.getBean(ZmqTemplate.class);
		this.sockets = context.getBean(ZmqSockets.class);
	}

	/**
	 * Start an application.
	 * @param configuration its configuration
	 * @param properties properties below {@code zmq.sockets}; {@code ANY} stands for a
	 * free local port to bind to
	 * @return the application, to be closed
	 */
	public static UserApp start(Class<?> configuration, String... properties) {
		return new UserApp(new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=WARN")
			.properties(Arrays.stream(properties)
				.map((property) -> ((property.startsWith("zmq.") || property.startsWith("spring.")) ? ""
						: "zmq.sockets.") + property.replace("ANY", "tcp://127.0.0.1:*"))
				.toArray(String[]::new))
			.run());
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** Where a socket is bound, for peers. */
	public String endpoint(String socket) {
		return this.context.getEnvironment().getRequiredProperty("local.zmq." + socket + ".endpoint");
	}

	/** The endpoint that a peer said with {@code say("port", …)}. */
	public static String endpoint(PythonPeer peer) {
		return "tcp://127.0.0.1:" + peer.awaitLine("port ").substring(5);
	}

	public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
		T next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(next).as("what the listener gets").isNotNull();
		return next;
	}

	public static void awaitEnd(PythonPeer peer) {
		assertThat(peer.awaitExit()).as("%s %s", peer.lines(), peer.errorLines()).isZero();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
