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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyInterceptor;
import io.github.zmqspring.proxy.ZmqProxyStateEvent;
import io.github.zmqspring.proxy.ZmqProxyStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.transport.SocketRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How an operator sees and steers a proxy.
 */
@NoLeaks
class ProxyOperationTests {

	private static final String ANY = "tcp://127.0.0.1:*";

	private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class,
				ZmqProxyAutoConfiguration.class, ZmqEndpointAutoConfiguration.class, ZmqMetricsAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=zmq", "zmq.proxies.orders.type=queue",
				"zmq.proxies.orders.frontend.bind=" + ANY, "zmq.proxies.orders.backend.bind=" + ANY);

	@Test
	void metersTellWhatBecameOfEachMessage() {
		this.runner.withUserConfiguration(Filter.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(ZmqMeters.class).bindTo(registry);
			SocketRegistry sockets = context.getBean(SocketRegistry.class);
			ZmqSocket client = peer(sockets, "client", "orders.frontend");
			ZmqSocket worker = peer(sockets, "worker", "orders.backend");
			for (String text : List.of("good", "noise", "bad", "good", "noise")) {
				client.send(ZmqMessage.of("", text).raw(), PATIENCE);
			}
			for (int i = 0; i < 2; i++) {
				ZmqMessage request = worker.receive(PATIENCE);
				assertThat(request).isNotNull();
				worker.send(request.raw(), PATIENCE);
			}
			worker.send(ZmqMessage.of("nobody", "", "reply").raw(), PATIENCE);
			Awaitility.await()
				.untilAsserted(() -> assertThat(count(registry, "zmq.proxy.undeliverable", "frontend")).isOne());
			assertThat(count(registry, "zmq.proxy.forwarded", "backend")).isEqualTo(2);
			assertThat(count(registry, "zmq.proxy.dropped", "backend")).isEqualTo(2);
			assertThat(count(registry, "zmq.proxy.failed", "backend")).isOne();
			assertThat(count(registry, "zmq.proxy.undeliverable", "backend")).isZero();
			assertThat(count(registry, "zmq.proxy.forwarded", "frontend")).isEqualTo(2);
			ZmqProxyStatus status = context.getBean(ZmqProxies.class).status("orders");
			assertThat(status.toBackend().received()).isEqualTo(5);
			assertThat(status.toFrontend().received()).isEqualTo(3);
		});
	}

	private static ZmqSocket peer(SocketRegistry sockets, String name, String socket) throws InterruptedException {
		sockets.create(
				SocketDefinition.of(name, SocketType.DEALER, List.of(), List.of(sockets.status(socket).bound().get(0)))
					.withOptions(SocketOptions.NONE.with(SocketOption.ROUTING_ID, name)));
		assertThat(sockets.awaitPeers(socket, 1, Duration.ofNanos(PATIENCE))).isTrue();
		return sockets.socket(name);
	}

	private static double count(MeterRegistry registry, String meter, String to) {
		return registry.get(meter).tags("proxy", "orders", "to", to).functionCounter().count();
	}

	@Test
	void theEndpointSteersAndEventsTell() {
		this.runner.withUserConfiguration(Events.class).run((context) -> {
			ZmqEndpoint endpoint = context.getBean(ZmqEndpoint.class);
			for (String action : List.of("pause", "resume", "stop", "start")) {
				assertThat(endpoint.act("orders", action)).isNotNull();
			}
			assertThat(context.getBean(Events.class).states).containsExactly(ZmqProxyStatus.State.RUNNING,
					ZmqProxyStatus.State.PAUSED, ZmqProxyStatus.State.RUNNING, ZmqProxyStatus.State.STOPPED,
					ZmqProxyStatus.State.RUNNING);
		});
	}

	/** The control socket of zmq_proxy_steerable, as the documentation shows it. */
	@Test
	@RequiresPyzmq
	void aControlSocketIsAListener() {
		this.runner.withUserConfiguration(Control.class)
			.withPropertyValues("zmq.sockets.control.type=rep", "zmq.sockets.control.bind=" + ANY)
			.run((context) -> {
				String control = context.getEnvironment().getProperty("local.zmq.control.endpoint");
				try (PythonPeer operator = PythonPeer.start("""
						req = ctx.socket(zmq.REQ)
						req.connect(sys.argv[1])
						for command in [b"PAUSE", b"STATISTICS", b"RESUME", b"STATISTICS", b"TERMINATE", b"STATISTICS"]:
						    req.send(command)
						    say(req.recv().decode())
						""", String.valueOf(control))) {
					assertThat(operator.awaitExit()).isZero();
					assertThat(operator.lines()).containsExactly("PAUSED 0 0", "PAUSED 0 0", "RUNNING 0 0",
							"RUNNING 0 0", "STOPPED 0 0", "STOPPED 0 0");
				}
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Meters {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filter extends Meters {

		@Bean
		ZmqProxyInterceptor filter() {
			return (exchange) -> switch (exchange.message().text(0)) {
				case "noise" -> exchange.drop();
				case "bad" -> throw new IllegalStateException("on purpose");
				default -> exchange.forward();
			};
		}

	}

	static class Events implements ApplicationListener<ZmqProxyStateEvent> {

		private final List<ZmqProxyStatus.State> states = new CopyOnWriteArrayList<>();

		@Override
		public void onApplicationEvent(ZmqProxyStateEvent event) {
			assertThat(event.getProxy()).isEqualTo("orders");
			this.states.add(event.getState());
		}

	}

	static class Control {

		private final ZmqProxies proxies;

		Control(ZmqProxies proxies) {
			this.proxies = proxies;
		}

		@ZmqListener("control")
		String control(String command) {
			switch (command) {
				case "PAUSE" -> this.proxies.pause("orders");
				case "RESUME" -> this.proxies.resume("orders");
				case "TERMINATE" -> this.proxies.stop("orders");
				default -> {
				}
			}
			ZmqProxyStatus status = this.proxies.status("orders");
			return "%s %d %d".formatted(status.state(), status.toBackend().forwarded(),
					status.toFrontend().forwarded());
		}

	}

}
