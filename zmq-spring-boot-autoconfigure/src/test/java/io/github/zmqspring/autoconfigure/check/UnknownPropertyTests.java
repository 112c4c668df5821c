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
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Keys that no property has stop the start, and the report says what was meant.
 */
@NoLeaks
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyTests {

	private static final String SOCKET = """
			zmq:
			  sockets:
			    in:
			      type: pull
			      bind: "inproc://in"
			""";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			zmq.sockets.in.bnid=tcp://*:5555 | zmq.sockets.in.bind?
			zmq.sockets.in.endpoint=tcp://*:5555 | zmq.sockets.in.bind or zmq.sockets.in.connect?
			zmq.sockets.in.address=tcp://*:5555 | zmq.sockets.in.bind or zmq.sockets.in.connect?
			zmq.sockets.in.listen=tcp://*:5555 | zmq.sockets.in.bind?
			zmq.sockets.in.conect=tcp://h:5555 | zmq.sockets.in.connect?
			zmq.sockets.in.receive-hwm=5 | zmq.sockets.in.options.receive-hwm?
			zmq.sockets.in.rcvhwm=5 | zmq.sockets.in.options.receive-hwm?
			zmq.sockets.in.recieve-hwm=5 | zmq.sockets.in.options.receive-hwm?
			zmq.sockets.in.linger=0 | zmq.sockets.in.options.linger?
			zmq.sockets.in.hwm=0 | zmq.sockets.in.options.send-hwm or zmq.sockets.in.options.receive-hwm?
			zmq.sockets.in.options.rcvhwm=5 | zmq.sockets.in.options.receive-hwm?
			zmq.sockets.in.options.ZMQ_RCVHWM=5 | zmq.sockets.in.options.receive-hwm?
			zmq.sockets.in.options.rcv-timeo=5 | zmq.sockets.in.options.receive-timeout?
			zmq.sockets.in.options.sndtimeo=5 | zmq.sockets.in.options.send-timeout?
			zmq.sockets.in.options.identity=me | zmq.sockets.in.options.routing-id?
			zmq.sockets.in.identity=me | zmq.sockets.in.options.routing-id?
			zmq.sockets.in.options.maxmsgsize=5 | zmq.sockets.in.options.max-message-size?
			zmq.sockets.in.options.reconnect-ivl=5 | zmq.sockets.in.options.reconnect-interval?
			zmq.sockets.in.options.tcp-keepalive-idel=5s | zmq.sockets.in.options.tcp-keep-alive-idle?
			zmq.sockets.in.options.delay-attach-on-connect=1 | zmq.sockets.in.options.immediate?
			zmq.sockets.in.topic=a | zmq.sockets.in.topics?
			zmq.sockets.in.subscribe=a | zmq.sockets.in.topics?
			zmq.sockets.in.topcis[0]=a | zmq.sockets.in.topics?
			zmq.sockets.in.auto-start=false | zmq.sockets.in.auto-startup?
			zmq.sockets.in.required-peers=1 | zmq.sockets.in.health.required-peers?
			zmq.sockets.in.healht.required-peers=1 | zmq.sockets.in.health.required-peers?
			zmq.sockets.in.option.linger=1s | zmq.sockets.in.options.linger?
			zmq.sockets.in.separator=: | zmq.sockets.in.topic-separator?
			zmq.socket.in.type=pull | zmq.sockets.in.type?
			zmq.socket.in.options.linger=1s | zmq.sockets.in.options.linger?
			zmq.proxy.p.type=queue | zmq.proxies.p.type?
			zmq.listeners.concurrency=2 | zmq.listener.concurrency?
			zmq.listner.concurrency=2 | zmq.listener.concurrency?
			zmq.enable=false | zmq.enabled?
			zmq.listener.retry.attempts=3 | zmq.listener.retry.max-attempts?
			zmq.listener.retries=3 | zmq.listener.retry.max-attempts?
			zmq.listener.retry.delay=1s | zmq.listener.retry.initial-interval?
			zmq.listener.retry.max-delay=1s | zmq.listener.retry.max-interval?
			zmq.listener.workers=3 | zmq.listener.concurrency?
			zmq.listener.batch-size=3 | zmq.listener.max-batch-size?
			zmq.listener.deadletter-socket=x | zmq.listener.dead-letter?
			zmq.template.default-destination=x | zmq.template.default-socket?
			zmq.template.reply-timeout=1s | zmq.template.request-timeout?
			zmq.template.retries=1 | zmq.template.request-retries?
			zmq.context.threads=2 | zmq.context.io-threads?
			zmq.poller.thread=2 | zmq.poller.threads?
			zmq.defaults.sndhwm=2 | zmq.defaults.send-hwm?
			zmq.default.linger=2s | zmq.defaults.linger?
			zmq.proxies.p.front.bind=inproc://f | zmq.proxies.p.frontend.bind?
			zmq.proxies.p.frontend.bindd=inproc://f | zmq.proxies.p.frontend.bind?
			zmq.proxies.p.backend.sndhwm=1 | zmq.proxies.p.backend.options.send-hwm?
			""")
	void wasMeantToBeAnother(String property, String meant) {
		assertThat(refusal(app().yml(SOCKET).arguments("--" + property)).getAction())
			.startsWith("Did you mean " + meant);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					zmq.sockets.in.colour=red | there is no such property | bind, compression, connect
					zmq.sockets.in=tcp://*:5555 | it is a group of properties | type
					zmq.sockets.in.type.pull=1 | 'zmq.sockets.in.type' has a value | Remove
					zmq.sockets.in.bind.tcp=1 | 'zmq.sockets.in.bind' is a list | [first, second]
					zmq.sockets.market.trades.type=pub | 'market.trades' is a name with a dot | "[market.trades]":
					zmq.proxies.market.trades.type=queue | 'market.trades' is a name with a dot | "[market.trades]":
					zmq.proxies.market.trades.frontend.bind=inproc://f | 'market.trades' is a name with a dot | "[market.trades]":
					zmq.context=2 | it is a group of properties | io-threads
					""")
	void isReportedWithWhatThereIs(String property, String reason, String action) {
		ZmqConfigurationException refusal = refusal(app().yml(SOCKET).arguments("--" + property));
		assertThat(refusal.getReason()).contains(reason);
		assertThat(refusal.getAction()).contains(action);
	}

	@Test
	void allOfThemAreInOneReportWithPlaceAndValue(CapturedOutput output) {
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> app().yml(SOCKET + """
				      bnid: "tcp://*:5556"
				      passwd: open-sesame
				  listener:
				    retry:
				      attempts: 3
				""").variable("ZMQ_SOCKETS_IN_TOPIC", "a").arguments("--zmq.contxt.io-threads=1").run((context) -> {
		}));
		assertThat(output).contains("APPLICATION FAILED TO START", "5 properties below 'zmq'")
			.contains("zmq.sockets.in.bnid: there is no such property (value \"tcp://*:5556\", from ")
			.contains("application.yml] - 6:13)")
			.contains("zmq.listener.retry.attempts: there is no such property (value \"3\"")
			.contains("ZMQ_SOCKETS_IN_TOPIC: there is no such property (value \"a\"")
			.contains("zmq.contxt.io-threads: Did you mean zmq.context.io-threads?")
			.contains("zmq.listener.retry.attempts: Did you mean zmq.listener.retry.max-attempts?")
			.contains("zmq.sockets.in.passwd: there is no such property (value not shown, from ")
			.doesNotContain("open-sesame");
	}

	@ParameterizedTest
	@ValueSource(strings = { "zmq.version=4.3.5", "zmq.home=/opt/zmq", "zmq.broker.url=tcp://b:1",
			"zmq.address=tcp://b:1", "zmq.my.retry.attempts=3", "zmq.server.port=5555", "zmqx.sockets.in.bnid=1" })
	void directlyBelowZmqApplicationsHaveTheirOwn(String property) {
		app().yml(SOCKET)
			.arguments("--" + property)
			.run((context) -> assertThat(context.getBean(ZmqSockets.class).names()).containsExactly("in"));
	}

	@Test
	void ofAnApplicationWithoutZeroMqStopNothing() {
		app().yml(SOCKET + "      bnid: x\n").arguments("--zmq.enabled=false").run((context) -> {
		});
	}

	static Stream<Arguments> services() {
		return Stream
			.of("zmq", "zmq-sockets", "zmq-proxies", "zmq-context", "zmq-listener", "zmq-template", "zmq-poller",
					"zmq-defaults", "zmq-sockets-in", "zmq-sockets-new-orders", "zmq-security", "zmq-request",
					"zmq-enabled", "zmq-listener-retry", "zmq-sockets-in-bind", "zmq-proxies-orders", "zmq-socket",
					"zmq-discovery")
			.map(Arguments::of);
	}

	@ParameterizedTest
	@MethodSource("services")
	void variablesThatKubernetesSetsForItsServicesAreNone(String service) {
		String name = service.toUpperCase().replace('-', '_');
		app().yml(SOCKET)
			.variable(name + "_SERVICE_HOST", "10.0.171.239")
			.variable(name + "_SERVICE_PORT", "5555")
			.variable(name + "_SERVICE_PORT_ZMTP", "5555")
			.variable(name + "_SERVICE_PORT_HTTP_2", "80")
			.variable(name + "_PORT", "tcp://10.0.171.239:5555")
			.variable(name + "_PORT_5555_TCP", "tcp://10.0.171.239:5555")
			.variable(name + "_PORT_5555_TCP_PROTO", "tcp")
			.variable(name + "_PORT_5555_TCP_PORT", "5555")
			.variable(name + "_PORT_5555_TCP_ADDR", "10.0.171.239")
			.variable(name + "_PORT_80_UDP_ADDR", "10.0.171.239")
			.variable(name + "_NAME", "/web/" + service)
			.variable(name + "_ENV_JAVA_HOME", "/opt/java")
			.run((context) -> {
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThat(sockets.names()).containsExactly("in");
				assertThat(sockets.definition("in").bind()).isEqualTo(List.of("inproc://in"));
			});
	}

	@Test
	void aSocketMayBeCalledAsTheVariablesOfAService() {
		app().yml("""
				zmq:
				  sockets:
				    port: {type: pull, bind: "inproc://port"}
				    service: {type: pull, bind: "inproc://service"}
				""")
			.variable("ZMQ_SOCKETS_PORT", "tcp://10.0.171.239:5555")
			.variable("ZMQ_SOCKETS_SERVICE_HOST", "10.0.171.239")
			.run((context) -> assertThat(context.getBean(ZmqSockets.class).names()).containsExactly("port", "service"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ZMQ_SOCKETS_IN_BNID | Did you mean zmq.sockets.in.bind?
			ZMQ_SOCKETS_IN_RCVHWM | Did you mean zmq.sockets.in.options.receive-hwm?
			ZMQ_LISTENER_RETRY_ATTEMPTS | Did you mean zmq.listener.retry.max-attempts?
			ZMQ_SOCKETS_NEW_ORDERS_BIND | ZMQ_SOCKETS_NEWORDERS_BIND for zmq.sockets.new-orders.bind
			""")
	void variablesAreCheckedToo(String variable, String action) {
		ZmqConfigurationException refusal = refusal(app().yml(SOCKET).variable(variable, "x"));
		assertThat(refusal.getSubject()).isEqualTo(variable);
		assertThat(refusal.getAction()).contains(action);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ZMQ_SOCKETS_IN_OPTIONS_RECEIVEHWM", "ZMQ_SOCKETS_IN_OPTIONS_RECEIVE_HWM",
			"ZMQ_DEFAULTS_RECEIVE_HWM", "ZMQ_DEFAULTS_RECEIVEHWM", "zmq.sockets.in.options.receive-hwm",
			"zmq.sockets.in.options.receiveHwm" })
	void variablesOfEveryFormAreProperties(String variable) {
		app().yml(SOCKET)
			.variable(variable, "17")
			.run((context) -> assertThat(context.getBean(ZmqSockets.class).definition("in").options().toString())
				.contains("RECEIVE_HWM=17"));
	}

	private ConfiguredApp app() {
		return new ConfiguredApp(this.directory);
	}

	private static ZmqConfigurationException refusal(ConfiguredApp app) {
		ZmqConfigurationException[] refusal = new ZmqConfigurationException[1];
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> app.run((context) -> {
		})).satisfies((ex) -> refusal[0] = ex);
		return refusal[0];
	}

}
