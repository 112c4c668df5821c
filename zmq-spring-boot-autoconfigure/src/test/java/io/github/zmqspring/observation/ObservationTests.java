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

package io.github.zmqspring.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerErrorHandler;
import io.github.zmqspring.listener.ZmqListenerException;
import io.github.zmqspring.message.HeaderFrame;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.test.NoLeaks;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One trace across sender, broker, listener, reply, results that come later and the error
 * handler, as OpenTelemetry's exporter gets it.
 */
@NoLeaks
class ObservationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static ConfigurableApplicationContext context;

	private static ZmqTemplate template;

	private static InMemorySpanExporter exporter;

	private static Methods methods;

	@BeforeAll
	static void start() throws Exception {
		List<String> properties = new ArrayList<>(
				List.of("zmq.template.observation-enabled=true", "zmq.listener.observation-enabled=true",
						"zmq.request.observation-enabled=true", "zmq.listener.retry.max-attempts=2",
						"zmq.listener.retry.initial-interval=1ms", "zmq.template.request-timeout=20s",
						"zmq.proxies.broker.type=queue", "zmq.proxies.broker.frontend.bind=inproc://front",
						"zmq.proxies.broker.backend.bind=inproc://back", "zmq.sockets.full.options.send-timeout=50ms"));
		socket(properties, "rpc", "rep", "connect", "inproc://back");
		socket(properties, "ask", "req", "connect", "inproc://front");
		for (String name : List.of("work", "next", "handled", "batch")) {
			socket(properties, name, "pull", "bind", "inproc://" + name);
			socket(properties, "to-" + name, "push", "connect", "inproc://" + name);
		}
		socket(properties, "news-out", "pub", "bind", "inproc://news");
		socket(properties, "news", "sub", "connect", "inproc://news");
		socket(properties, "full", "push", "bind", "inproc://full");
		properties.addAll(List.of("zmq.sockets.raw.type=sub", "zmq.sockets.raw.connect=inproc://news"));
		context = new SpringApplicationBuilder(Application.class, Tracing.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties(properties.toArray(String[]::new))
			.run();
		template = context.getBean(ZmqTemplate.class);
		exporter = context.getBean(InMemorySpanExporter.class);
		methods = context.getBean(Methods.class);
		// threads that come with the first request are there before the first test
		template.convertSendAndReceive("ask", "warm", String.class);
		template.convertSendAndReceive("ask", "later warm", String.class);
		awaitSpans(6);
	}

	private static void socket(List<String> properties, String name, String type, String side, String endpoint) {
		String prefix = "zmq.sockets." + name + ".";
		properties
			.addAll(List.of(prefix + "type=" + type, prefix + side + "=" + endpoint, prefix + "envelope=headers"));
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void forget() {
		exporter.reset();
		methods.calls.clear();
	}

	private static List<SpanData> awaitSpans(int count) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(exporter.getFinishedSpanItems()).hasSize(count));
		return exporter.getFinishedSpanItems();
	}

	private static SpanData span(List<SpanData> spans, String name) {
		assertThat(spans).filteredOn((span) -> span.getName().equals(name)).as("spans '" + name + "'").hasSize(1);
		return spans.stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
	}

	private static <T> T traced(Observation.CheckedCallable<T, Exception> action) throws Exception {
		return Tracing.in(context.getBean(ObservationRegistry.class), action);
	}

	private static void assertOneTrace(List<SpanData> spans) {
		assertThat(spans).extracting(SpanData::getTraceId).containsOnly(span(spans, "test").getTraceId());
	}

	private static void assertParent(List<SpanData> spans, String child, String parent) {
		assertThat(span(spans, child).getParentSpanId()).as("the parent of '" + child + "'")
			.isEqualTo(span(spans, parent).getSpanId());
	}

	private static String call() throws InterruptedException {
		String call = methods.calls.poll(20, TimeUnit.SECONDS);
		assertThat(call).isNotNull();
		return call;
	}

	@Test
	void aRequestThroughABrokerAndItsReplyAreOneTrace() throws Exception {
		assertThat(traced(() -> template.convertSendAndReceive("ask", "hello", String.class))).isEqualTo("hello!");
		List<SpanData> spans = awaitSpans(4);
		assertOneTrace(spans);
		assertParent(spans, "ask request", "test");
		assertParent(spans, "rpc receive", "ask request");
		assertParent(spans, "rpc send", "rpc receive");
		assertThat(span(spans, "ask request").getKind()).isEqualTo(SpanKind.CLIENT);
		assertThat(span(spans, "rpc receive").getKind()).isEqualTo(SpanKind.SERVER);
		assertThat(span(spans, "rpc send").getKind()).isEqualTo(SpanKind.PRODUCER);
		assertThat(span(spans, "rpc receive").getAttributes().asMap())
			.containsEntry(AttributeKey.stringKey("socket"), "rpc")
			.containsEntry(AttributeKey.stringKey("type"), "rep")
			.containsEntry(AttributeKey.stringKey("listener"), "methods.answer")
			.containsEntry(AttributeKey.stringKey("zmq.messages"), "1")
			.containsKey(AttributeKey.stringKey("zmq.bytes"));
		assertThat(span(spans, "rpc send").getAttributes().asMap()).containsEntry(AttributeKey.stringKey("zmq.frames"),
				"6");
		assertThat(call()).isEqualTo("hello " + spans.get(0).getTraceId());
	}

	@Test
	void aReplyThatComesLaterStaysInTheTrace() throws Exception {
		for (String kind : List.of("later", "mono")) {
			forget();
			CompletableFuture<String> reply = traced(() -> template.requestAsync("ask", kind + " hello", String.class));
			assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo(kind + " hello!");
			List<SpanData> spans = awaitSpans(4);
			assertOneTrace(spans);
			assertParent(spans, "rpc receive", "ask request");
			assertParent(spans, "rpc send", "rpc receive");
			assertThat(span(spans, "rpc receive").getEndEpochNanos())
				.isGreaterThanOrEqualTo(span(spans, "rpc send").getEndEpochNanos());
		}
	}

	@Test
	void failuresAreRecordedOnBothSides() throws Exception {
		for (String kind : List.of("fail", "fail later")) {
			forget();
			CompletableFuture<String> reply = traced(() -> template.requestAsync("ask", kind, String.class));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> reply.get(20, TimeUnit.SECONDS))
				.withCauseInstanceOf(ZmqRemoteException.class);
			List<SpanData> spans = awaitSpans(4);
			assertOneTrace(spans);
			for (String name : List.of("ask request", "rpc receive")) {
				assertThat(span(spans, name).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			}
			assertThat(span(spans, "rpc receive").getStatus().getDescription()).isEqualTo("on purpose");
			assertParent(spans, "rpc send", "rpc receive");
			// each of the two attempts is in the trace
			assertThat(List.of(call(), call())).containsOnly(kind + " " + spans.get(0).getTraceId());
		}
	}

	@Test
	void aPipelineIsOneTrace() throws Exception {
		traced(() -> {
			template.convertAndSend("to-work", "task");
			return null;
		});
		List<SpanData> spans = awaitSpans(5);
		assertOneTrace(spans);
		assertParent(spans, "to-work send", "test");
		assertParent(spans, "work receive", "to-work send");
		assertParent(spans, "to-next send", "work receive");
		assertParent(spans, "next receive", "to-next send");
		assertThat(span(spans, "work receive").getKind()).isEqualTo(SpanKind.CONSUMER);
		assertThat(call()).isEqualTo("task " + spans.get(0).getTraceId());
	}

	@Test
	void theErrorHandlerAndWhatItSendsOnAreInTheTrace() throws Exception {
		for (String kind : List.of("fail", "fail later")) {
			forget();
			traced(() -> {
				template.convertAndSend("to-handled", kind);
				return null;
			});
			List<SpanData> spans = awaitSpans(5);
			assertOneTrace(spans);
			assertParent(spans, "handled receive", "to-handled send");
			assertParent(spans, "to-next send", "handled receive");
			assertParent(spans, "next receive", "to-next send");
			assertThat(span(spans, "handled receive").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(span(spans, "next receive").getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
			assertThat(List.of(call(), call(), call())).contains("handler " + spans.get(0).getTraceId());
		}
	}

	@Test
	void publishedMessagesCarryTheContextBehindTheirTopic() throws Exception {
		assertThat(context.getBean(ZmqSockets.class).awaitSubscribers("news-out", "a", 2, PATIENCE)).isTrue();
		traced(() -> {
			template.publish("news-out", "a", "report");
			return null;
		});
		List<SpanData> spans = awaitSpans(3);
		assertOneTrace(spans);
		assertParent(spans, "news receive", "news-out send");
		assertThat(call()).isEqualTo("a report " + spans.get(0).getTraceId());
		ZmqMessage raw = template.receiveFrames("raw", PATIENCE);
		assertThat(raw).isNotNull();
		Map<String, String> headers = HeaderFrame.decode(raw.frame(1));
		assertThat(headers.get("traceparent"))
			.startsWith("00-%s-%s-".formatted(spans.get(0).getTraceId(), span(spans, "news-out send").getSpanId()));
	}

	@Test
	void whatIsSentOnOtherThreadsIsInTheTraceToo() throws Exception {
		CompletableFuture<Void> sent = traced(() -> template.sendAsync("to-next", "async"));
		sent.get(20, TimeUnit.SECONDS);
		List<SpanData> spans = awaitSpans(3);
		assertOneTrace(spans);
		assertParent(spans, "next receive", "to-next send");
	}

	@Test
	void aSendThatIsNotAcceptedIsAnError() throws Exception {
		assertThatExceptionOfType(ZmqSendTimeoutException.class)
			.isThrownBy(() -> template.convertAndSend("full", "nobody is there"));
		assertThat(template.trySend("full", "nobody is there")).isFalse();
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> template.sendAsync("full", "nobody is there").get(20, TimeUnit.SECONDS))
			.withCauseInstanceOf(ZmqSendTimeoutException.class);
		assertThat(awaitSpans(3)).allMatch((span) -> span.getStatus().getStatusCode() == StatusCode.ERROR);
		Timer timer = context.getBean(MeterRegistry.class)
			.get("zmq.template")
			.tags("socket", "full", "type", "push", "error", "ZmqSendTimeoutException")
			.timer();
		assertThat(timer.count()).isEqualTo(3);
	}

	@Test
	void aBatchIsOneCall() throws Exception {
		template.convertAndSend("to-batch", "one");
		List<SpanData> spans = awaitSpans(2);
		assertParent(spans, "batch receive", "to-batch send");
		assertThat(call()).isEqualTo("[one] " + span(spans, "to-batch send").getTraceId());
	}

	@Test
	void timersHaveTheTagsOfTheOtherMeters() {
		template.convertSendAndReceive("ask", "timed", String.class);
		awaitSpans(3);
		MeterRegistry meters = context.getBean(MeterRegistry.class);
		assertThat(meters.get("zmq.request").tags("socket", "ask", "type", "req", "error", "none").timer().count())
			.isPositive();
		assertThat(meters.get("zmq.listener")
			.tags("listener", "methods.answer", "socket", "rpc", "type", "rep", "error", "none")
			.timer()
			.count()).isPositive();
		assertThat(meters.get("zmq.template").tags("socket", "rpc", "type", "rep", "error", "none").timer().count())
			.isPositive();
		assertThat(meters.get("zmq.template").timer().getId().getTags()).extracting("key")
			.containsExactlyInAnyOrder("socket", "type", "error");
	}

	@Test
	void aConventionOfTheApplicationsOwnNamesThings() throws Exception {
		traced(() -> {
			template.convertAndSend("to-next", "named");
			return null;
		});
		SpanData span = span(awaitSpans(3), "to-next send");
		assertThat(span.getAttributes().asMap()).containsEntry(AttributeKey.stringKey("application"), "mine");
	}

	@Test
	void thereIsNoObserverWhereItIsOff() {
		try (ConfigurableApplicationContext off = new SpringApplicationBuilder(Off.class, Tracing.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties("zmq.sockets.a.type=pull", "zmq.sockets.a.bind=inproc://off", "zmq.sockets.b.type=push",
					"zmq.sockets.b.connect=inproc://off", "zmq.sockets.a.envelope=headers",
					"zmq.sockets.b.envelope=headers")
			.run()) {
			assertThat(off.getBeanProvider(MessageObserver.class).getIfAvailable()).isNull();
			off.getBean(ZmqTemplate.class).convertAndSend("b", "x");
			ZmqMessage message = off.getBean(ZmqTemplate.class).receiveFrames("a", PATIENCE);
			assertThat(message).isNotNull();
			assertThat(message.hasHeaders()).isFalse();
			assertThat(off.getBean(InMemorySpanExporter.class).getFinishedSpanItems()).isEmpty();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Off {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Methods methods(Tracer tracer) {
			return new Methods(tracer);
		}

		@Bean
		ZmqListenerErrorHandler handler(Tracer tracer, Methods methods) {
			return new ZmqListenerErrorHandler() {
				@Override
				public Object handleError(ZmqMessage message, ZmqListenerException failure) {
					if (!"methods.handled".equals(failure.getListenerId())) {
						throw failure;
					}
					methods.calls.add("handler " + Tracing.current(tracer));
					return "handled";
				}
			};
		}

		@Bean
		ZmqTemplateObservationConvention convention() {
			return new DefaultZmqTemplateObservationConvention() {
				@Override
				public KeyValues getHighCardinalityKeyValues(ZmqSenderContext context) {
					return super.getHighCardinalityKeyValues(context).and("application", "mine");
				}
			};
		}

	}

	static class Methods {

		final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		private final Tracer tracer;

		Methods(Tracer tracer) {
			this.tracer = tracer;
		}

		private void called(String what) {
			this.calls.add(what + " " + Tracing.current(this.tracer));
		}

		@ZmqListener("rpc")
		Object answer(String request) {
			called(request);
			if ("fail".equals(request)) {
				throw new IllegalStateException("on purpose");
			}
			if ("fail later".equals(request)) {
				return CompletableFuture.supplyAsync(() -> {
					throw new IllegalStateException("on purpose");
				});
			}
			if (request.startsWith("later")) {
				return CompletableFuture.supplyAsync(() -> request + "!");
			}
			return (request.startsWith("mono")) ? Mono.delay(Duration.ofMillis(1)).map((tick) -> request + "!")
					: request + "!";
		}

		@ZmqListener("work")
		@SendTo("to-next")
		String work(String task) {
			called(task);
			return "done";
		}

		@ZmqListener("next")
		void next(String result) {
			assertThat(Tracing.current(this.tracer)).isNotEqualTo("none");
		}

		@ZmqListener("handled")
		@SendTo("to-next")
		Object handled(Message<String> message) {
			called(message.getPayload());
			if ("fail".equals(message.getPayload())) {
				throw new IllegalStateException("on purpose");
			}
			return CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
		}

		@ZmqListener(socket = "batch", batch = true)
		void batch(List<String> messages) {
			called(messages.toString());
		}

		@ZmqListener("news")
		void news(@ZmqTopic String topic, Message<String> report) {
			called(topic + " " + report.getPayload());
		}

	}

}
