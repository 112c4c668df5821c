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

package io.github.zmqspring.autoconfigure.check;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * All relaxed forms of a name are one name.
 */
@NoLeaks
@Timeout(120)
class RelaxedNameTests {

	private static final String SOCKET = """
			zmq:
			  sockets:
			    new-orders:
			      type: pull
			      bind: "inproc://old"
			""";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "ZMQ_SOCKETS_NEWORDERS_BIND", "ZMQ_SOCKETS_NEW_ORDERS_BIND",
			"ZMQ_SOCKETS_NEWORDERS_BIND_0", "zmq.sockets.newOrders.bind", "zmq.sockets.new-orders.bind" })
	void aVariableIsOfTheSocketInTheFile(String variable) {
		app().yml(SOCKET).variable(variable, "inproc://new").run((context) -> one(context.getBean(ZmqSockets.class)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "new-orders", "newOrders", "new_orders", "NEWORDERS", "neworders", "NewOrders",
			"NEW-ORDERS", "NEW_ORDERS" })
	void everyFormIsOneName(String form) {
		app().yml(SOCKET)
			.arguments("--zmq.sockets." + form + ".bind=inproc://new")
			.run((context) -> one(context.getBean(ZmqSockets.class)));
	}

	@Test
	void everySourceMayHaveAFormOfItsOwn() {
		app().yml(SOCKET)
			.file("application-prod.yml", "zmq: {sockets: {newOrders: {options: {linger: 3s}}}}")
			.file("extra.properties", "zmq.sockets.NEW_ORDERS.options.receive-hwm=7")
			.variable("ZMQ_SOCKETS_NEWORDERS_OPTIONS_BACKLOG", "9")
			.variable("SPRING_APPLICATION_JSON",
					"{\"zmq\":{\"sockets\":{\"neworders\":{\"health\":{\"required-peers\":2}}}}}")
			.arguments("--zmq.sockets.NewOrders.bind=inproc://new", "--spring.profiles.active=prod",
					"--spring.config.import=" + this.directory.resolve("extra.properties").toUri())
			.run((context) -> {
				SocketDefinition definition = one(context.getBean(ZmqSockets.class));
				assertThat(definition.options().toString()).contains("LINGER=PT3S", "RECEIVE_HWM=7", "BACKLOG=9");
				assertThat(definition.requiredPeers()).isEqualTo(2);
			});
	}

	@Test
	void variablesAloneNameASocketWithoutDashes() {
		app().variable("ZMQ_SOCKETS_NEWORDERS_TYPE", "pull")
			.variable("ZMQ_SOCKETS_NEWORDERS_BIND", "inproc://new")
			.run((context) -> assertThat(context.getBean(ZmqSockets.class).names()).containsExactly("neworders"));
	}

	@ParameterizedTest
	@CsvSource({ "zmq.sockets.ab.type,zmq.sockets.a-b.type,pull", "zmq.sockets.aB.type,zmq.sockets.ab.type,pull",
			"zmq.sockets.a_b.type,zmq.sockets.a-b.type,pull", "zmq.proxies.ab.type,zmq.proxies.a-b.type,queue" })
	void twoFormsInOneSourceAreRefused(String one, String other, String type) {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> app().file("application.properties", one + "=" + type + "\n" + other + "=" + type + "\n")
				.run((context) -> {
				}))
			.withMessageContaining("it is the same name as")
			.withMessageContaining("dashes, underscores and upper case make no difference");
	}

	@ParameterizedTest
	@ValueSource(strings = { "new-orders", "newOrders", "neworders", "NEW_ORDERS" })
	void everyFormFindsTheSocket(String form) {
		app().yml(SOCKET).run((context) -> {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			assertThat(sockets.definition(form).name()).isEqualTo("new-orders");
			assertThat(sockets.status(form).name()).isEqualTo("new-orders");
			sockets.stop(form);
			sockets.start(form);
		});
	}

	@Test
	void listenersAndTemplatesMayUseAnyForm() {
		app().yml("""
				zmq:
				  sockets:
				    new-orders: {type: pull, bind: "inproc://orders"}
				    order-sender: {type: push, connect: "inproc://orders"}
				    bad-orders: {type: push, bind: "inproc://bad"}
				  listener:
				    dead-letter: badOrders
				  template:
				    default-socket: orderSender
				""").beans(Orders.class).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			template.convertAndSend("order_sender", "one");
			template.convertAndSend("two");
			BlockingQueue<String> received = context.getBean(Orders.class).received;
			try {
				assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("one");
				assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("two");
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@Test
	void namesOfProxiesAreRelaxedToo() {
		app().yml("""
				zmq:
				  proxies:
				    order-queue:
				      type: queue
				      frontend: {bind: "inproc://front"}
				      backend: {bind: "inproc://back"}
				""")
			.variable("ZMQ_PROXIES_ORDERQUEUE_FRONTEND_BIND", "inproc://other")
			.arguments("--zmq.proxies.orderQueue.dead-letter=")
			.run((context) -> {
				ZmqProxies proxies = context.getBean(ZmqProxies.class);
				assertThat(proxies.names()).containsExactly("order-queue");
				assertThat(proxies.status("orderQueue").name()).isEqualTo("order-queue");
				assertThat(context.getBean(ZmqSockets.class).status("order-queue.frontend").bound())
					.containsExactly("inproc://other");
			});
	}

	@Test
	void aNameWithADotIsWrittenInBrackets() {
		app().yml("""
				zmq:
				  sockets:
				    "[market.trades]": {type: pull, bind: "tcp://127.0.0.1:*"}
				""").run((context) -> {
			assertThat(context.getBean(ZmqSockets.class).names()).containsExactly("market.trades");
			assertThat(context.getEnvironment().getProperty("local.zmq.market.trades.port")).isNotNull();
		});
	}

	private ConfiguredApp app() {
		return new ConfiguredApp(this.directory);
	}

	private static SocketDefinition one(ZmqSockets sockets) {
		assertThat(sockets.names()).containsExactly("new-orders");
		SocketDefinition definition = sockets.definition("new-orders");
		assertThat(definition.bind()).containsExactly("inproc://new");
		return definition;
	}

	static class Orders {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		@ZmqListener("newOrders")
		void handle(String order) {
			this.received.add(order);
		}

	}

}
