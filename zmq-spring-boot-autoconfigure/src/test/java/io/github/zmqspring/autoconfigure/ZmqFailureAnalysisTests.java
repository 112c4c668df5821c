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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRoutingId;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for what is reported when the application cannot start.
 */
@NoLeaks
@ExtendWith(OutputCaptureExtension.class)
class ZmqFailureAnalysisTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class))
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in", "zmq.sockets.feed.type=sub",
				"zmq.sockets.feed.connect=inproc://feed", "zmq.sockets.out.type=push",
				"zmq.sockets.out.connect=inproc://in", "zmq.sockets.rpc.type=rep", "zmq.sockets.rpc.bind=inproc://rpc",
				"zmq.sockets.ask.type=req", "zmq.sockets.ask.connect=inproc://rpc");

	@Test
	void portInUse() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			String endpoint = "tcp://127.0.0.1:" + other.getLocalPort();
			FailureAnalysis report = report(this.runner.withPropertyValues("zmq.sockets.in.bind=" + endpoint));
			assertThat(report.getDescription()).contains("'in'", endpoint, "Address already in use");
			assertThat(report.getAction()).contains("zmq.sockets.in.bind", endpoint, "local.zmq.in.port");
		}
	}

	@Test
	void inprocNameInUse() {
		FailureAnalysis report = report(
				this.runner.withPropertyValues("zmq.sockets.rpc.type=pull", "zmq.sockets.rpc.bind=inproc://in"));
		assertThat(report.getDescription()).contains("inproc://in", "another socket");
	}

	@Test
	void portInUseByListenerThatDescribesItsSocket() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			String endpoint = "tcp://127.0.0.1:" + other.getLocalPort();
			FailureAnalysis report = report(this.runner.withPropertyValues("my.endpoint=" + endpoint)
				.withBean("bean", OwnSocketListener.class));
			assertThat(report.getDescription()).contains("bean.handle", endpoint, "Address already in use");
			assertThat(report.getAction()).contains("@ZmqListener", endpoint);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
							zmq.sockets.x.bind=inproc://x | zmq.sockets.x.type: the socket has no type | pub, sub, push, pull
							zmq.sockets.feed.bind[0]= | zmq.sockets.feed.bind: it has an empty endpoint | tcp://localhost:5556
							zmq.sockets.in.connect[0]= | zmq.sockets.in.connect: it has an empty endpoint | tcp://localhost:5556
							zmq.sockets.in.bind=localhost:5555 | zmq.sockets.in.bind | tcp://
							zmq.sockets.in.bind=udp://localhost:5555 | zmq.sockets.in.bind | tcp://
							zmq.sockets.in.connect=tcp://localhost | zmq.sockets.in.connect | tcp://localhost:5555
							zmq.sockets.in.connect=tcp://localhost:* | zmq.sockets.in.connect | port
							zmq.sockets.in.connect=tcp://localhost:99999 | zmq.sockets.in.connect | port
							zmq.sockets.in.topics=a | zmq.sockets.in.topics: PULL sockets subscribe to nothing | Remove the topics
							zmq.sockets.in.type=raw | zmq.sockets.in.type: RAW | stream
							zmq.sockets.in.options.receive-hwm=-1 | zmq.sockets.in.options.receive-hwm: '-1' must be at least 0 | For no limit write 0
							zmq.sockets.out.options.send-hwm=-1 | zmq.sockets.out.options.send-hwm: '-1' | For no limit write 0
							zmq.sockets.in.options.linger=-1 | zmq.sockets.in.options.linger: 'PT-0.001S' | the longest time that it may take, such as 60s
							zmq.sockets.out.options.send-timeout=-1 | zmq.sockets.out.options.send-timeout: 'PT-0.001S' | a long time such as 1h
							zmq.sockets.in.options.receive-timeout=-1ms | zmq.sockets.in.options.receive-timeout: 'PT-0.001S' | a long time such as 1h
							zmq.sockets.in.options.max-message-size=-1 | zmq.sockets.in.options.max-message-size: '-1B' | There is always a limit
							zmq.sockets.out.options.reconnect-interval=-1 | zmq.sockets.out.options.reconnect-interval: 'PT-0.001S' | always tried again
							zmq.sockets.in.options.heartbeat-interval=-1 | zmq.sockets.in.options.heartbeat-interval: 'PT-0.001S' | Set it to 0 for none
							zmq.sockets.in.options.heartbeat-timeout=-1 | zmq.sockets.in.options.heartbeat-timeout: 'PT-0.001S' | Set it to 0 for none
							zmq.sockets.in.options.handshake-interval=-1 | zmq.sockets.in.options.handshake-interval: 'PT-0.001S' | There is always a limit
							zmq.sockets.in.options.affinity=-1 | zmq.sockets.in.options.affinity: '-1' | 0 or more
							zmq.sockets.in.options.tcp-keep-alive=-1 | zmq.sockets.in.options.tcp-keep-alive: it is a number | Remove it
							zmq.defaults.send-hwm=-1 | zmq.defaults.send-hwm: '-1' | For no limit write 0
							zmq.defaults.linger=-1 | zmq.defaults.linger: 'PT-0.001S' | such as 60s
							zmq.template.max-pending-requests=-1 | zmq.template.max-pending-requests: '-1' | does not stand for no limit
							zmq.listener.max-pending-results=-1 | zmq.listener.max-pending-results: '-1' | does not stand for no limit
							zmq.sockets.x.type=pull | zmq.sockets.x: it has no endpoint, and would never meet a peer | bind: []
							zmq.sockets.in.bind=${my.endpoint:} | zmq.sockets.in.bind: the placeholder stands for nothing | write an empty list
							zmq.sockets.in.return-path=none | zmq.sockets.in.return-path: socket 'in' is a PULL | Remove it
							zmq.sockets.in.topic-separator=: | zmq.sockets.in.topic-separator: socket 'in' is a PULL | sub, xsub or dish
							zmq.sockets.in.options.reconnect-interval=0 | zmq.sockets.in.options.reconnect-interval: 'PT0S' must be at least 1 | Correct
							zmq.sockets.in.options.probe-router=true | zmq.sockets.in.options.probe-router: socket 'in' is a PULL | Remove the option
							zmq.sockets.in.options.reconnect-interval=1s | zmq.sockets.in.options.reconnect-interval: it would be ignored: the socket only binds | zmq.defaults.reconnect-interval
							zmq.sockets.out.options.backlog=5 | zmq.sockets.out.options.backlog: it would be ignored: the socket only connects | zmq.defaults.backlog
							zmq.sockets.in.bind=inproc://a, ,inproc://b | zmq.sockets.in.bind: it has an empty endpoint | tcp://localhost:5556
							zmq.sockets.in.options.tos=16 | zmq.sockets.in.options.tos: JeroMQ | Remove the option
							zmq.sockets.in.options.socks-proxy=h:1 | zmq.sockets.in.options.socks-proxy: JeroMQ has no SOCKS client | Remove the option
							zmq.sockets.in.envelope-headers=x-a | zmq.sockets.in.envelope-headers: no headers travel without | Set that as well
					zmq.defaults.backlog=0 | zmq.defaults.backlog: '0' must be at least 1 | Correct
							zmq.defaults.socks-proxy=h:1 | zmq.defaults.socks-proxy: JeroMQ has no SOCKS client | Remove
							zmq.context.io-threads=0 | zmq.context.io-threads: '0' | 1 or more
							zmq.context.max-sockets=0 | zmq.context.max-sockets: '0' | 1 or more
							zmq.context.batch-size=3GB | zmq.context.batch-size: '3221225472B' | less
							zmq.context.batch-size=-1 | zmq.context.batch-size: '-1B' | less
							zmq.poller.threads=0 | zmq.poller.threads: '0' | 1 or more
							zmq.listener.concurrency=0 | zmq.listener.concurrency: '0' | 1 or more
							zmq.listener.max-batch-size=0 | zmq.listener.max-batch-size: '0' | 1 or more
							zmq.listener.retry.max-attempts=0 | zmq.listener.retry.max-attempts: '0' | 1 or more
							zmq.listener.retry.multiplier=0.5 | zmq.listener.retry.multiplier: '0.5' | 1 or more
							zmq.listener.dead-letter=nowhere | zmq.listener.dead-letter: there is no socket 'nowhere' | zmq.sockets.nowhere
							zmq.listener.dead-letter=in | zmq.listener.dead-letter: socket 'in' is a PULL, which only receives | sends
							zmq.listener.executor=nobody | zmq.listener.executor: 'nobody' is no bean of type Executor | inline
							zmq.template.default-socket=nowhere | zmq.template.default-socket: there is no socket 'nowhere' | zmq.sockets.nowhere
							zmq.template.request-retries=-1 | zmq.template.request-retries: '-1' | 0 or more
							zmq.template.max-pending-requests=0 | zmq.template.max-pending-requests: '0' | 1 or more
							zmq.template.request-timeout=-1s | zmq.template.request-timeout: 'PT-1S' | 0 or more
							zmq.template.send-timeout=-1s | zmq.template.send-timeout: 'PT-1S' | 0 or more
							zmq.template.receive-timeout=-1s | zmq.template.receive-timeout: 'PT-1S' | 0 or more
							zmq.sockets.in.health.required-peers=-1 | zmq.sockets.in.health.required-peers: '-1' | 0 or more
							""")
	void wrongProperty(String property, String description, String action) {
		FailureAnalysis report = report(this.runner.withPropertyValues(property));
		assertThat(report.getDescription()).contains(description);
		assertThat(report.getAction()).contains(action);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			client | messages of CLIENT sockets are a single frame
			server | messages of SERVER sockets are a single frame
			scatter | messages of SCATTER sockets are a single frame
			gather | messages of GATHER sockets are a single frame
			channel | messages of CHANNEL sockets are a single frame
			peer | messages of PEER sockets are a single frame
			radio | messages of RADIO sockets are a single frame
			dish | messages of DISH sockets are a single frame
			stream | STREAM sockets speak raw TCP
			""")
	void envelopeOfATypeThatHasNoRoomForIt(String type, String reason) {
		FailureAnalysis report = report(this.runner.withPropertyValues("zmq.sockets.x.type=" + type,
				"zmq.sockets.x.connect=inproc://x", "zmq.sockets.x.envelope=headers"));
		assertThat(report.getDescription()).contains("zmq.sockets.x.envelope: " + reason);
		assertThat(report.getAction()).contains("Set it to none");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					zmq.sockets.feed.options.conflate=true | zmq.sockets.feed.envelope: with the option conflate | Set it to none
					zmq.sockets.feed.envelope-headers=x-a,zmq_topic | zmq.sockets.feed.envelope-headers: 'zmq_topic' | x-*
					zmq.sockets.feed.envelope-headers=id | zmq.sockets.feed.envelope-headers: 'id' | x-*
					""")
	void envelopeThatCannotWork(String property, String description, String action) {
		FailureAnalysis report = report(
				this.runner.withPropertyValues("zmq.sockets.feed.envelope=headers").withPropertyValues(property));
		assertThat(report.getDescription()).contains(description);
		assertThat(report.getAction()).contains(action);
	}

	@ParameterizedTest
	@MethodSource("listeners")
	void wrongListener(Class<?> listener, String description, String action) {
		FailureAnalysis report = report(this.runner.withBean("bean", listener));
		assertThat(report.getDescription())
			.startsWith("@ZmqListener on " + listener.getSimpleName() + ".handle(), id 'bean.handle")
			.contains(description);
		assertThat(report.getAction()).contains(action);
	}

	static Stream<Arguments> listeners() {
		return Stream.of(
				Arguments.of(UnknownSocket.class, "there is no socket 'nowhere'",
						"Define zmq.sockets.nowhere, or use one of [ask, feed, in, out, rpc]"),
				Arguments.of(OnPush.class, "socket 'out' is a PUSH, which only sends", "type that receives"),
				Arguments.of(NoSocket.class, "it has no socket", "bind or connect"),
				Arguments.of(TwoSockets.class, "names the socket 'in' and describes one as well", "Give either"),
				Arguments.of(BadEndpoint.class, "bind", "tcp://"),
				Arguments.of(NoWorkers.class, "its concurrency is '0'", "an integer from 1 on"),
				Arguments.of(ManyWorkers.class, "its concurrency is 'many'", "an integer from 1 on"),
				Arguments.of(MaybeStarts.class, "its autoStartup is 'maybe'", "true or false"),
				Arguments.of(UnknownExecutor.class, "its executor 'nobody' is no bean of type Executor", "Use one of"),
				Arguments.of(UnknownErrorHandler.class, "its errorHandler 'nobody' is no bean", "Use one of"),
				Arguments.of(SecondReader.class,
						"socket 'in' is a PULL and has listener 'bean.handle' (SecondReader.handle) already",
						"Only a sub socket is shared"),
				Arguments.of(Overloaded.class, "has the id already", "two methods of one name share"),
				Arguments.of(TwoPayloads.class, "2 parameters would each get the payload", "@ZmqFrame(n)"),
				Arguments.of(TopicOfPull.class, "@ZmqTopic is of no use on a PULL socket", "@ZmqFrame(0)"),
				Arguments.of(RoutingIdOfSub.class, "@ZmqRoutingId is of no use on a SUB socket", "router"),
				Arguments.of(ReplierOfPull.class, "a PULL socket sends no replies for ZmqReplier", "@SendTo"),
				Arguments.of(BatchOfOne.class, "a batch listener has one parameter, a List", "batch = true"),
				Arguments.of(ToNowhere.class, "@SendTo names the socket 'nowhere', which does not exist",
						"Define zmq.sockets.nowhere"),
				Arguments.of(ToReceiver.class, "@SendTo names the socket 'feed', a SUB, which only receives", "sends"),
				Arguments.of(TopicsOfPull.class, "PULL sockets subscribe to nothing", "Remove the topics"),
				Arguments.of(ToRequests.class, "@SendTo names the socket 'ask', a REQ, of which every send has a reply",
						"dealer"),
				Arguments.of(ExpressionOfPayload.class, "its @Payload has an expression", "whole payload"),
				Arguments.of(HeadersAsText.class, "its @Headers parameter is a String", "Map<String, Object>"),
				Arguments.of(SecondFrameOfServer.class,
						"messages of a SERVER socket have one frame, and it wants frame 1", "@ZmqFrame(0)"),
				Arguments.of(WrongPeer.class, "connect: at 'inproc://in' a SUB would meet socket 'in', a PULL",
						"Change one of the types"),
				Arguments.of(EmptyEndpoint.class, "bind: the endpoint is empty", "tcp://"));
	}

	@ParameterizedTest
	@ValueSource(classes = { OrderOfBytes.class, OrdersOfBytes.class, MessageOfBytes.class, FrameOfBytes.class,
			HeaderlessTopic.class })
	void withoutAConverterOnlyBytesAndTextCanBeServed(Class<?> listener) {
		FailureAnalysis report = report(
				this.runner.withClassLoader(new FilteredClassLoader("tools.jackson")).withBean("bean", listener));
		assertThat(report.getDescription())
			.startsWith("@ZmqListener on " + listener.getSimpleName() + ".handle(), id 'bean.handle")
			.contains("nothing here turns bytes into java.lang.Integer");
		assertThat(report.getAction()).contains("spring-boot-starter-jackson");
	}

	@Test
	void aPrivateMethodBehindAProxy() {
		FailureAnalysis report = report(this.runner.withBean("bean", Object.class, () -> {
			ProxyFactory factory = new ProxyFactory(new PrivateListener());
			factory.setProxyTargetClass(true);
			return factory.getProxy();
		}));
		assertThat(report.getDescription()).startsWith("@ZmqListener on PrivateListener.handle()")
			.contains("'bean' is behind a proxy");
		assertThat(report.getAction()).contains("private");
	}

	@Test
	void aTypeThatDoesNotTalkToItsPeerOverInproc() {
		FailureAnalysis report = report(this.runner.withPropertyValues("zmq.sockets.x.type=gather",
				"zmq.sockets.x.bind=inproc://y", "zmq.sockets.y.type=push", "zmq.sockets.y.connect=inproc://y"));
		assertThat(report.getDescription()).contains("inproc://y", "PUSH", "GATHER", "they do not talk");
	}

	@ParameterizedTest
	@ValueSource(strings = { "zmq.sockets.in.options.linger=soon", "zmq.sockets.in.type=pill",
			"zmq.sockets.in.options.max-message-size=big", "zmq.sockets.in.options.send-hwm=1.5" })
	void valueThatIsNotOfTheType(String property, CapturedOutput output) {
		String name = property.substring(0, property.indexOf('='));
		String value = property.substring(property.indexOf('=') + 1);
		start(property);
		assertThat(output).contains("APPLICATION FAILED TO START", name, "\"" + value + "\"");
	}

	@Test
	void reportsArePrinted(CapturedOutput output) throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			start("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=tcp://127.0.0.1:" + other.getLocalPort());
			assertThat(output).contains("APPLICATION FAILED TO START")
				.contains("Socket 'in' cannot be bound to tcp://127.0.0.1:" + other.getLocalPort());
		}
		start("zmq.sockets.in.type=push", "zmq.sockets.in.bind=", "zmq.sockets.in.options.tos=1");
		assertThat(output).contains("zmq.sockets.in.options.tos: ");
	}

	private static void start(String... properties) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.properties(properties)
				.run()
				.close());
	}

	private static FailureAnalysis report(ApplicationContextRunner runner) {
		FailureAnalysis[] report = new FailureAnalysis[1];
		runner.run((context) -> {
			assertThat(context).hasFailed();
			report[0] = analyze(context.getStartupFailure());
		});
		return report[0];
	}

	private static FailureAnalysis analyze(Throwable failure) {
		return Stream.<FailureAnalyzer>of(new ZmqConfigurationFailureAnalyzer(), new ZmqEndpointFailureAnalyzer())
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no report", failure));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	static class OwnSocketListener {

		@ZmqListener(type = SocketType.PULL, bind = "${my.endpoint}")
		void handle(String payload) {
		}

	}

	static class UnknownSocket {

		@ZmqListener("nowhere")
		void handle(String payload) {
		}

	}

	static class OnPush {

		@ZmqListener("out")
		void handle(String payload) {
		}

	}

	static class NoSocket {

		@ZmqListener
		void handle(String payload) {
		}

	}

	static class TwoSockets {

		@ZmqListener(socket = "in", connect = "inproc://y")
		void handle(String payload) {
		}

	}

	static class BadEndpoint {

		@ZmqListener(type = SocketType.PULL, bind = "127.0.0.1:5555")
		void handle(String payload) {
		}

	}

	static class NoWorkers {

		@ZmqListener(socket = "in", concurrency = "0")
		void handle(String payload) {
		}

	}

	static class ManyWorkers {

		@ZmqListener(socket = "in", concurrency = "${my.workers:many}")
		void handle(String payload) {
		}

	}

	static class MaybeStarts {

		@ZmqListener(socket = "in", autoStartup = "maybe")
		void handle(String payload) {
		}

	}

	static class UnknownExecutor {

		@ZmqListener(socket = "in", executor = "nobody")
		void handle(String payload) {
		}

	}

	static class UnknownErrorHandler {

		@ZmqListener(socket = "in", errorHandler = "nobody")
		void handle(String payload) {
		}

	}

	static class SecondReader {

		@ZmqListener("in")
		@ZmqListener(socket = "in", concurrency = "2")
		void handle(String payload) {
		}

	}

	static class Overloaded {

		@ZmqListener("in")
		void handle(String payload) {
		}

		@ZmqListener("feed")
		void handle(byte[] payload) {
		}

	}

	static class TwoPayloads {

		@ZmqListener("in")
		void handle(String first, @ZmqFrame(1) String framed, Integer second) {
		}

	}

	static class TopicOfPull {

		@ZmqListener("in")
		void handle(@ZmqTopic String topic, String payload) {
		}

	}

	static class RoutingIdOfSub {

		@ZmqListener("feed")
		void handle(@ZmqRoutingId byte[] id, String payload) {
		}

	}

	static class ReplierOfPull {

		@ZmqListener("in")
		void handle(String payload, ZmqReplier replier) {
		}

	}

	static class BatchOfOne {

		@ZmqListener(socket = "in", batch = true)
		void handle(String payload) {
		}

	}

	static class ToNowhere {

		@ZmqListener("in")
		@SendTo("nowhere")
		String handle(String payload) {
			return payload;
		}

	}

	static class ToReceiver {

		@ZmqListener("in")
		@SendTo("feed")
		String handle(String payload) {
			return payload;
		}

	}

	static class ToRequests {

		@ZmqListener("in")
		@SendTo("ask")
		String handle(String payload) {
			return payload;
		}

	}

	static class ExpressionOfPayload {

		@ZmqListener("in")
		void handle(@Payload("length()") int length) {
		}

	}

	static class HeadersAsText {

		@ZmqListener("in")
		void handle(String payload, @Headers String headers) {
		}

	}

	static class SecondFrameOfServer {

		@ZmqListener(type = SocketType.SERVER, bind = "inproc://server")
		void handle(@ZmqFrame(1) String second) {
		}

	}

	static class WrongPeer {

		@ZmqListener(type = SocketType.SUB, connect = "inproc://in")
		void handle(String payload) {
		}

	}

	static class EmptyEndpoint {

		@ZmqListener(type = SocketType.PULL, bind = "${my.endpoint:}")
		void handle(String payload) {
		}

	}

	static class OrderOfBytes {

		@ZmqListener("in")
		void handle(Integer payload) {
		}

	}

	static class OrdersOfBytes {

		@ZmqListener(socket = "in", batch = true)
		void handle(List<Integer> payloads) {
		}

	}

	static class MessageOfBytes {

		@ZmqListener("in")
		void handle(Message<Integer> payload) {
		}

	}

	static class FrameOfBytes {

		@ZmqListener("in")
		void handle(@ZmqFrame(1) Optional<Integer> frame, String payload) {
		}

	}

	static class HeaderlessTopic {

		@ZmqListener("feed")
		void handle(@ZmqTopic Integer topic, byte[] payload) {
		}

	}

	static class PrivateListener {

		@ZmqListener("in")
		private void handle(String payload) {
		}

	}

	static class TopicsOfPull {

		@ZmqListener(socket = "in", topics = "a")
		void handle(String payload, @ZmqFrame(1) List<String> more) {
		}

	}

}
