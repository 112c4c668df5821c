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

import java.util.Collection;
import java.util.List;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.test.NoLeaks;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The actuator endpoint and the meters.
 */
@NoLeaks
class ZmqEndpointTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class,
				ZmqProxyAutoConfiguration.class, ZmqEndpointAutoConfiguration.class, ZmqMetricsAutoConfiguration.class))
		.withUserConfiguration(Application.class)
		.withPropertyValues("management.endpoints.web.exposure.include=zmq", "zmq.sockets.work.type=pull",
				"zmq.sockets.work.bind=inproc://work", "zmq.sockets.out.type=push",
				"zmq.sockets.out.connect=inproc://work", "zmq.sockets.out.options.send-hwm=10",
				"zmq.sockets.work.options.receive-hwm=10", "zmq.sockets.out.options.send-timeout=0",
				"zmq.proxies.broker.type=queue", "zmq.proxies.broker.frontend.bind=inproc://front",
				"zmq.proxies.broker.backend.bind=inproc://back");

	@Test
	void itReportsEverything() {
		this.runner.run((context) -> {
			ZmqEndpoint.ZmqReport report = context.getBean(ZmqEndpoint.class).report();
			assertThat(report.context().closed()).isFalse();
			assertThat(report.pollers()).hasSize(1).allMatch((poller) -> poller.alive());
			assertThat(report.sockets()).extracting((socket) -> socket.status().name()).contains("out", "work");
			assertThat(report.listeners()).extracting(ListenerStatus::id).containsExactly("worker");
			assertThat(report.proxies()).extracting((proxy) -> proxy.status().name()).containsExactly("broker");
			assertThat(JsonMapper.builder().build().writeValueAsString(report)).contains("\"worker\"");
		});
	}

	@Test
	void itReportsTheInstancesOfNames() {
		this.runner
			.withPropertyValues("zmq.sockets.named.type=push", "zmq.sockets.named.connect=one:///workers",
					"zmq.sockets.target.type=pull", "zmq.sockets.target.bind=ipc://target/zmq-endpoint-tests.sock")
			.withBean(ZmqEndpointResolver.class, OneInstance::new)
			.run((context) -> {
				ZmqEndpoint endpoint = context.getBean(ZmqEndpoint.class);
				Awaitility.await().untilAsserted(() -> {
					String json = JsonMapper.builder().build().writeValueAsString(endpoint.named("named"));
					assertThat(json).contains("\"names\":[{", "\"endpoint\":\"one:///workers\"", "\"instances\":[{",
							"\"endpoint\":\"ipc://target/zmq-endpoint-tests.sock\"", "\"state\":\"CONNECTED\"",
							"\"lookedUpAt\":\"");
				});
			});
	}

	@Test
	void aListenerIsHeldAndReleased() {
		this.runner.run((context) -> {
			ZmqEndpoint endpoint = context.getBean(ZmqEndpoint.class);
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			assertThat(endpoint.act("worker", "pause").listener().state()).isEqualTo(ListenerStatus.State.PAUSED);
			int accepted = 0;
			while (template.trySend("out", "x")) {
				accepted++;
			}
			assertThat(accepted).isPositive();
			endpoint.act("worker", "resume");
			long all = accepted;
			Awaitility.await().until(() -> endpoint.named("worker").listener().handled() == all);
			assertThat(endpoint.act("worker", "stop").listener().state()).isEqualTo(ListenerStatus.State.STOPPED);
			assertThat(endpoint.act("worker", "start").listener().state()).isEqualTo(ListenerStatus.State.RUNNING);
		});
	}

	@Test
	void aProxyAndASocketAreHeldAndReleased() {
		this.runner.run((context) -> {
			ZmqEndpoint endpoint = context.getBean(ZmqEndpoint.class);
			assertThat(endpoint.act("broker", "pause").proxy().status().state()).hasToString("PAUSED");
			assertThat(endpoint.act("broker", "resume").proxy().status().state()).hasToString("RUNNING");
			assertThat(endpoint.act("out", "stop").socket().status().state()).isEqualTo(SocketStatus.State.NEW);
			assertThat(endpoint.act("out", "start").socket().status().state()).isEqualTo(SocketStatus.State.OPEN);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.act("out", "pause"));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.act("worker", "explode"));
			assertThat(endpoint.named("nobody")).isNull();
			assertThat(endpoint.act("nobody", "stop")).isNull();
		});
	}

	@Test
	void withoutExposureThereIsNoEndpoint() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(ZmqEndpoint.class));
	}

	@Test
	void metersAgreeWithWhatWentThrough() {
		this.runner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(ZmqMeters.class).bindTo(registry);
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			int accepted = 0;
			while (accepted < 1000) {
				accepted += template.trySend("out", "1234") ? 1 : 0;
			}
			Awaitility.await().until(() -> count(registry, "zmq.listener.handled", "listener", "worker") == 1000);
			assertThat(count(registry, "zmq.messages.sent", "socket", "out")).isEqualTo(1000);
			assertThat(count(registry, "zmq.bytes.sent", "socket", "out")).isEqualTo(4000);
			assertThat(count(registry, "zmq.messages.received", "socket", "work")).isEqualTo(1000);
			assertThat(registry.get("zmq.peers").tags("socket", "out", "type", "push").gauge().value()).isOne();
			assertThat(registry.get("zmq.proxy.forwarded").tag("proxy", "broker").functionCounters()).hasSize(2);
		});
	}

	@Test
	void aSocketOfLaterHasMetersToo() {
		this.runner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(ZmqMeters.class).bindTo(registry);
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			sockets.create(SocketDefinition.of("later", SocketType.PUB, List.of("inproc://later"), List.of()));
			context.getBean(ZmqTemplate.class).convertAndSend("later", "x");
			assertThat(count(registry, "zmq.messages.sent", "socket", "later")).isOne();
			sockets.remove("later");
			assertThat(registry.find("zmq.messages.sent").tag("socket", "later").meters()).isEmpty();
		});
	}

	@Test
	void withoutMicrometerThereAreNoMeters() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).doesNotHaveBean("zmqMeters"));
	}

	private static double count(MeterRegistry registry, String name, String tag, String value) {
		return registry.get(name).tag(tag, value).functionCounter().count();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@ZmqListener(id = "worker", socket = "work")
		void work(byte[] message) {
		}

	}

	private static final class OneInstance implements ZmqEndpointResolver {

		@Override
		public String scheme() {
			return "one";
		}

		@Override
		public Collection<String> resolve(String name) {
			return List.of("ipc://target/zmq-endpoint-tests.sock");
		}

	}

}
