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

import java.util.List;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.actuate.ZmqHealthAutoConfiguration;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyInterceptor;
import io.github.zmqspring.proxy.ZmqProxyStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.SocketRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Proxies from configuration properties.
 */
@NoLeaks
class ZmqProxyAutoConfigurationTests {

	private static final String ANY = "tcp://127.0.0.1:*";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class,
				ZmqProxyAutoConfiguration.class, ZmqHealthAutoConfiguration.class));

	private ApplicationContextRunner queue() {
		return this.runner.withPropertyValues("zmq.proxies.orders.type=queue",
				"zmq.proxies.orders.frontend.bind=" + ANY, "zmq.proxies.orders.backend.bind=" + ANY);
	}

	@Test
	void aQueueInThreeLinesServesRequestsOfThisApplication() {
		queue().run((first) -> {
			String frontend = first.getEnvironment().getProperty("local.zmq.orders.frontend.endpoint");
			String backend = first.getEnvironment().getProperty("local.zmq.orders.backend.endpoint");
			this.runner.withUserConfiguration(Service.class)
				.withPropertyValues("zmq.sockets.service.type=rep", "zmq.sockets.service.connect=" + backend,
						"zmq.sockets.client.type=req", "zmq.sockets.client.connect=" + frontend)
				.run((second) -> {
					ZmqTemplate template = second.getBean(ZmqTemplate.class);
					for (int i = 0; i < 20; i++) {
						assertThat(template.convertSendAndReceive("client", "request " + i, String.class))
							.isEqualTo("reply to request " + i);
					}
					await()
						.until(() -> first.getBean(ZmqProxies.class).status("orders").toFrontend().forwarded() == 20);
				});
		});
	}

	@Test
	void eachSideTakesAllThatASocketTakes() {
		queue()
			.withPropertyValues("zmq.proxies.orders.frontend.bind=" + ANY + "," + ANY,
					"zmq.proxies.orders.frontend.options.send-hwm=7",
					"zmq.proxies.orders.frontend.health.required-peers=2", "zmq.proxies.orders.capture.bind=" + ANY)
			.run((context) -> {
				SocketRegistry sockets = context.getBean(SocketRegistry.class);
				SocketDefinition frontend = sockets.definition("orders.frontend");
				assertThat(frontend.type()).isEqualTo(SocketType.ROUTER);
				assertThat(frontend.options().get(SocketOption.SEND_HWM, Integer.class)).isEqualTo(7);
				assertThat(frontend.requiredPeers()).isEqualTo(2);
				assertThat(sockets.status("orders.frontend").bound()).hasSize(2);
				assertThat(sockets.definition("orders.capture").type()).isEqualTo(SocketType.PUB);
			});
	}

	@Test
	void theLastValueCacheOfAProxyIsThatOfItsBackend() {
		this.runner.withPropertyValues("zmq.proxies.prices.type=forwarder", "zmq.proxies.prices.frontend.bind=" + ANY,
				"zmq.proxies.prices.backend.bind=" + ANY, "zmq.proxies.prices.last-value-cache=true",
				"zmq.proxies.prices.last-value-cache-size=7", "zmq.proxies.news.type=forwarder",
				"zmq.proxies.news.frontend.bind=" + ANY, "zmq.proxies.news.backend.bind=" + ANY,
				"zmq.proxies.news.backend.last-value-cache=true", "zmq.proxies.news.backend.last-value-cache-size=8",
				"zmq.sockets.own.type=xpub", "zmq.sockets.own.bind=" + ANY, "zmq.sockets.own.last-value-cache=true",
				"zmq.sockets.own.last-value-cache-size=9")
			.run((context) -> {
				SocketRegistry sockets = context.getBean(SocketRegistry.class);
				assertThat(sockets.definition("prices.backend").lastValueCacheSize()).isEqualTo(7);
				assertThat(sockets.definition("news.backend").lastValueCacheSize()).isEqualTo(8);
				assertThat(sockets.definition("own").lastValueCacheSize()).isEqualTo(9);
				assertThat(sockets.definition("prices.frontend").lastValueCache()).isFalse();
				for (String name : List.of("prices", "news")) {
					assertThat(sockets.definition(name + ".frontend").topics()).containsExactly("");
				}
			});
	}

	@Test
	void aProxyThatDoesNotStartByItselfIsStartedByName() {
		queue().withPropertyValues("zmq.proxies.orders.auto-startup=false").run((context) -> {
			ZmqProxies proxies = context.getBean(ZmqProxies.class);
			assertThat(proxies.status("orders").state()).isEqualTo(ZmqProxyStatus.State.STOPPED);
			assertThat(health(context.getBean("zmqHealthContributor", CompositeHealthContributor.class)).getStatus())
				.isEqualTo(Status.UNKNOWN);
			proxies.start("orders");
			assertThat(proxies.status("orders").state()).isEqualTo(ZmqProxyStatus.State.RUNNING);
		});
	}

	@Test
	void theHealthOfAProxyTellsWhetherItWorks() {
		queue().run((context) -> {
			CompositeHealthContributor zmq = context.getBean("zmqHealthContributor", CompositeHealthContributor.class);
			assertThat(health(zmq).getStatus()).isEqualTo(Status.UP);
			context.getBean(ZmqProxies.class).pause("orders");
			assertThat(health(zmq).getStatus()).isEqualTo(Status.UP);
			assertThat(health(zmq).getDetails()).containsEntry("state", "PAUSED");
			context.getBean(SocketRegistry.class).stop("orders.backend");
			assertThat(health(zmq).getStatus()).isEqualTo(Status.DOWN);
		});
	}

	private static Health health(CompositeHealthContributor zmq) {
		CompositeHealthContributor proxies = (CompositeHealthContributor) zmq.getContributor("proxies");
		assertThat(proxies).isNotNull();
		HealthIndicator orders = (HealthIndicator) proxies.getContributor("orders");
		assertThat(orders).isNotNull();
		Health health = orders.health();
		assertThat(health).isNotNull();
		return health;
	}

	@Test
	void interceptorBeansTakePart() {
		queue().withUserConfiguration(Interceptors.class).run((context) -> {
			String frontend = context.getEnvironment().getProperty("local.zmq.orders.frontend.endpoint");
			SocketRegistry sockets = context.getBean(SocketRegistry.class);
			sockets.create(SocketDefinition.of("client", SocketType.DEALER, List.of(), List.of(frontend)));
			sockets.create(SocketDefinition.of("worker", SocketType.DEALER, List.of(),
					List.of(sockets.status("orders.backend").bound().get(0))));
			sockets.socket("client").send(new byte[][] { "x".getBytes() }, 5_000_000_000L);
			assertThat(sockets.socket("client").receive(20_000_000_000L)).isNotNull()
				.satisfies((reply) -> assertThat(reply.text(0)).isEqualTo("intercepted"));
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			frontend.bind=tcp://*:5559,backend.bind=tcp://127.0.0.1:5559 | same endpoint
			frontend.bind=tcp://*:5559,backend.bind=tcp://*:5559 | same endpoint
			frontend.bind=tcp://0.0.0.0:5559,backend.bind=tcp://[::]:5559 | same endpoint
			frontend.bind=tcp://localhost:5559,backend.bind=tcp://127.0.0.1:5559 | same endpoint
			frontend.bind=tcp://*:5559,backend.bind=,backend.connect=tcp://localhost:5559 | same endpoint
			frontend.bind=tcp://*:5559,backend.bind=tcp://10.1.1.0:5559 | same endpoint
			type=,frontend.bind=inproc://a | has no type
			type=,frontend.type=pull,backend.type=pull | cannot be paired
			type=,frontend.type=pub,backend.type=push | cannot be paired
			type=,frontend.type=client,backend.type=router | cannot be paired
			type=,frontend.type=rep,backend.type=dealer | use router
			type=,frontend.type=router,backend.type=rep | use router
			type=,frontend.type=req,backend.type=dealer | use dealer
			type=,frontend.type=router,backend.type=req | use dealer
			type=,frontend.type=rep,backend.type=req | use router
			type=,frontend.type=stream,backend.type=push | raw TCP
			type=,frontend.type=sub,backend.type=pull | cannot be paired
			frontend.type=pull | a queue proxy has a router there, not a pull
			capture.type=sub,capture.bind=inproc://c | cannot capture
			frontend.bind= | no endpoint
			frontend.bind=inproc://x,capture.bind=inproc://x | same endpoint
			dead-letter=nowhere | no socket 'nowhere'
			dead-letter=orders.frontend | by its routing id
			capture.type=pub | no endpoint
			capture.type=router,capture.bind=inproc://c | cannot capture
			last-value-cache=true | last-value-cache
			last-value-cache-size=0 | last-value-cache-size
			frontend.envelope=headers | envelope
			frontend.options.xpub-verbose=true | zmq.proxies.orders.frontend.options.xpub-verbose
			""")
	void whatCannotWorkStopsTheStartWithAReport(String properties, String report) {
		ApplicationContextRunner wrong = queue();
		for (String property : properties.split(",")) {
			wrong = wrong.withPropertyValues("zmq.proxies.orders." + property);
		}
		wrong.run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(ZmqConfigurationException.class)
				.hasMessageContaining("zmq.proxies.orders")
				.hasMessageContaining(report);
			FailureAnalysis analysis = new ZmqConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getAction()).isNotBlank();
		});
	}

	@Test
	void theSamePortOfAnotherHostIsAnotherEndpoint() {
		this.runner
			.withPropertyValues("zmq.proxies.chained.type=queue", "zmq.proxies.chained.auto-startup=false",
					"zmq.proxies.chained.frontend.bind=tcp://*:5559",
					"zmq.proxies.chained.backend.connect=tcp://other.example:5559")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void anUnknownTypeIsReportedWithItsProperty() {
		queue().withPropertyValues("zmq.proxies.orders.capture.type=tap")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("zmq.proxies.orders.capture.type"));
	}

	@Test
	void aPortInUseIsReportedWithTheProxysProperty() {
		queue().run((first) -> {
			String taken = first.getEnvironment().getProperty("local.zmq.orders.frontend.endpoint");
			queue().withPropertyValues("zmq.proxies.orders.frontend.bind=" + taken).run((context) -> {
				assertThat(context).hasFailed();
				assertThat(context.getStartupFailure()).hasStackTraceContaining(ZmqEndpointException.class.getName());
				FailureAnalysis analysis = new ZmqEndpointFailureAnalyzer().analyze(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getAction()).contains("zmq.proxies.orders.frontend.bind");
			});
		});
	}

	@Test
	void withoutZeroMqThereAreNoProxies() {
		queue().withPropertyValues("zmq.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ZmqProxies.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Service {

		@ZmqListener(socket = "service")
		String handle(String request) {
			return "reply to " + request;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Interceptors {

		@Bean
		ZmqProxyInterceptor interceptor() {
			return (exchange) -> exchange.reroute("orders.frontend", exchange.message().withFrames("intercepted"));
		}

	}

}
