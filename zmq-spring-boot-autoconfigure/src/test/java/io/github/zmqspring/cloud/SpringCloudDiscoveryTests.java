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

package io.github.zmqspring.cloud;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.core.status.DiscoveryStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.Ports;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.simple.InstanceProperties;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@code discovery:///}, with Spring Cloud's own simple client.
 */
@NoLeaks
@RequiresPyzmq
class SpringCloudDiscoveryTests {

	private static final String WORKER = """
			pull = ctx.socket(zmq.PULL)
			say("port", pull.bind_to_random_port("tcp://127.0.0.1"))
			while True:
			    say("got", pull.recv().decode())
			""";

	private static ConfigurableApplicationContext start(String... properties) {
		List<String> all = new ArrayList<>(List.of("zmq.discovery.refresh=50ms", "spring.main.banner-mode=off"));
		all.addAll(List.of(properties));
		return new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run();
	}

	private static InstanceProperties instance(String service, String uri) {
		InstanceProperties instance = new InstanceProperties();
		instance.setServiceId(service);
		instance.setUri(URI.create(uri));
		return instance;
	}

	@Test
	void sendsToTheInstancesOfAServiceAsTheyComeAndGo() {
		try (PythonPeer one = PythonPeer.start(WORKER);
				PythonPeer two = PythonPeer.start(WORKER);
				ConfigurableApplicationContext context = start("zmq.sockets.orders.type=push",
						"zmq.sockets.orders.connect=discovery:///orders",
						"spring.cloud.discovery.client.simple.instances.orders[0].uri=http://127.0.0.1:8080",
						"spring.cloud.discovery.client.simple.instances.orders[0].metadata.zmq.port="
								+ one.awaitLine("port ").substring(5))) {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			template.convertAndSend("orders", "a");
			one.awaitLine("got a");
			SimpleDiscoveryProperties properties = context.getBean(SimpleDiscoveryProperties.class);
			properties.setInstances(Map.of("orders",
					List.of(instance("orders", "tcp://localhost:" + two.awaitLine("port ").substring(5)))));
			Awaitility.await()
				.until(() -> sockets.details("orders").names().get(0).instances(),
						(instances) -> instances.size() == 1 && instances.get(0).endpoint().contains("localhost")
								&& instances.get(0).state() == DiscoveryStatus.State.CONNECTED);
			template.convertAndSend("orders", "b");
			two.awaitLine("got b");
		}
	}

	@Test
	void listenersAndSocketsMadeAtRunTimeFindServices() {
		try (ConfigurableApplicationContext context = start("zmq.sockets.ticks.type=pub",
				"zmq.sockets.ticks.bind=tcp://127.0.0.1:*",
				"spring.cloud.discovery.client.simple.instances.other[0].uri=tcp://127.0.0.1:1")) {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			int port = Ports.portOf(sockets.status("ticks").bound().get(0));
			context.getBean(SimpleDiscoveryProperties.class)
				.setInstances(Map.of("ticks", List.of(instance("ticks", "tcp://127.0.0.1:" + port))));
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			App app = context.getBean(App.class);
			Awaitility.await().until(() -> {
				template.publish("ticks", "a", "1");
				return !app.received.isEmpty();
			});
			assertThat(app.received).contains("1");
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> sockets.status("ticks").peers() == 1);
		}
	}

	@Test
	void metadataThatIsNoPortIsReported() {
		try (ConfigurableApplicationContext context = start("zmq.sockets.orders.type=push",
				"zmq.sockets.orders.connect=discovery:///orders",
				"spring.cloud.discovery.client.simple.instances.orders[0].uri=http://127.0.0.1:8080",
				"spring.cloud.discovery.client.simple.instances.orders[0].metadata.zmq.port=none")) {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			Awaitility.await().until(() -> sockets.status("orders").lastError() != null);
			assertThat(sockets.status("orders").lastError()).contains("discovery:///orders")
				.contains("'tcp://127.0.0.1:none' has the port 'none'");
		}
	}

	@Test
	void refusesWhatIsMoreThanAService() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(
					() -> start("zmq.sockets.orders.type=push", "zmq.sockets.orders.connect=discovery:///orders:5555")
						.close())
			.withRootCauseInstanceOf(ZmqConfigurationException.class)
			.withStackTraceContaining("write discovery:///orders");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

		private final List<String> received = new CopyOnWriteArrayList<>();

		@ZmqListener(type = SocketType.SUB, connect = "discovery:///ticks")
		void tick(String payload) {
			this.received.add(payload);
		}

	}

}
