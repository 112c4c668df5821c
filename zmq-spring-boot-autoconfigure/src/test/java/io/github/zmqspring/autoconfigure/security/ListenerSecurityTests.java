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

package io.github.zmqspring.autoconfigure.security;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Security of sockets that listeners describe in place, and of sockets made at run time.
 */
@NoLeaks
@Timeout(120)
class ListenerSecurityTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class))
		.withUserConfiguration(Securities.class)
		.withPropertyValues("zmq.security.users.staff.alice=open", "my.endpoint=tcp://127.0.0.1:*",
				"my.security.mechanism=plain", "my.security.users=staff");

	@Test
	void socketDescribedInPlaceLetsInWhomItsSecurityLetsIn() {
		this.runner.withUserConfiguration(Listener.class).run((context) -> {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			String endpoint = sockets.status("orders").bound().get(0);
			sockets.create(client("wrong", endpoint, SocketSecurity.ofPlainClient("alice", "wrong")));
			sockets.create(client("open", endpoint, null));
			sockets.create(client("right", endpoint, SocketSecurity.ofPlainClient("alice", "open")));
			assertThat(sockets.awaitPeers("right", 1, Duration.ofSeconds(20))).isTrue();
			context.getBean(ZmqTemplate.class).convertAndSend("right", "hello");
			assertThat(context.getBean(Listener.class).heard.poll(20, TimeUnit.SECONDS)).isEqualTo("hello of alice");
			for (String refused : new String[] { "wrong", "open" }) {
				Awaitility.await().until(() -> sockets.status(refused).lastError() != null);
				assertThat(sockets.status(refused).peers()).isZero();
			}
		});
	}

	private static SocketDefinition client(String name, String endpoint, @Nullable SocketSecurity security) {
		return SocketDefinition.builder(name, SocketType.PUSH)
			.connect(endpoint)
			.option(SocketOption.LINGER, Duration.ZERO)
			.security(security)
			.build();
	}

	@Test
	void clearTextOfASocketDescribedInPlaceStaysOnThisMachine() {
		this.runner.withUserConfiguration(Listener.class)
			.withPropertyValues("my.endpoint=tcp://*:*")
			.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining("clear text"));
	}

	@Test
	void securityThatIsNoBeanOrBelongsToAnotherSocketStopsTheStart() {
		this.runner.withUserConfiguration(Unknown.class)
			.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining("nowhere")
				.hasStackTraceContaining("SocketSecurity"));
		this.runner.withUserConfiguration(Named.class)
			.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=tcp://127.0.0.1:*")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("it has security for the socket 'in'")
				.hasStackTraceContaining("zmq.sockets.in.security"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Securities {

		@Bean
		@ConfigurationProperties("my.security")
		SocketSecurityProperties staffProperties() {
			return new SocketSecurityProperties();
		}

		@Bean
		SocketSecurity staff(SecurityMapper mapper, SocketSecurityProperties properties) {
			return Objects.requireNonNull(mapper.map("my", properties));
		}

	}

	static class Listener {

		private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		@ZmqListener(id = "orders", type = SocketType.PULL, bind = "${my.endpoint}", security = "staff")
		void listen(String text, @Header(ZmqHeaders.USER_ID) String user) {
			this.heard.add(text + " of " + user);
		}

	}

	static class Unknown {

		@ZmqListener(type = SocketType.PULL, bind = "${my.endpoint}", security = "nowhere")
		void listen(String text) {
		}

	}

	static class Named {

		@ZmqListener(socket = "in", security = "staff")
		void listen(String text) {
		}

	}

}
