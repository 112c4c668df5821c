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

package io.github.zmqspring.request;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.github.zmqspring.annotation.ZmqClient;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRequest;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
import io.github.zmqspring.test.NoLeaks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Interfaces that send requests.
 */
@NoLeaks
class ZmqClientTests {

	private static final String[] SOCKETS = { "zmq.sockets.rpc.type=rep", "zmq.sockets.rpc.bind=inproc://rpc",
			"zmq.sockets.ask.type=req", "zmq.sockets.ask.connect=inproc://rpc", "my.socket=ask", "my.timeout=150ms" };

	@Test
	void eachReturnTypeGetsItsReply() throws Exception {
		try (RequestApp app = RequestApp.start(Server.class, SOCKETS)) {
			Quotes quotes = app.bean(Quotes.class);
			assertThat(quotes.quote(new Order("A", 2))).isEqualTo(new Quote("A", 20));
			assertThat(quotes.later(new Order("B", 3)).join()).isEqualTo(new Quote("B", 30));
			assertThat(quotes.reactive(new Order("C", 4)).block()).isEqualTo(new Quote("C", 40));
			assertThat(quotes.perhaps(new Order("D", 5))).contains(new Quote("D", 50));
			assertThat(quotes.perhaps(new Order("nothing", 0))).isEmpty();
			assertThat(quotes.several(new Order("list", 1))).containsExactly(new Quote("list", 1),
					new Quote("list", 2));
			assertThat(quotes.raw("raw").text(0)).isEqualTo("raw");
			quotes.tell("told");
			assertThat(quotes.quote(new Order("nothing", 0))).isNull();
			assertThat(quotes.future(new Order("F", 7)).get()).isEqualTo(new Quote("F", 70));
			assertThat(quotes.ask(new Order("G", 8))).isEqualTo(new Quote("G", 80));
			assertThat(quotes.twice(new Order("E", 6))).isEqualTo(120);
			assertThat(quotes).hasToString("@ZmqClient " + Quotes.class.getName()).isEqualTo(quotes);
		}
	}

	@Test
	void severalArgumentsAreFrames() {
		try (RequestApp app = RequestApp.start(Server.class, SOCKETS)) {
			assertThat(app.bean(Quotes.class).frames("a", new Order("x", 1), "c").size()).isEqualTo(3);
		}
	}

	@Test
	void failuresAreExceptionsOfTheirTypes() {
		try (RequestApp app = RequestApp.start(Server.class, SOCKETS)) {
			Quotes quotes = app.bean(Quotes.class);
			assertThatExceptionOfType(ZmqRemoteException.class).isThrownBy(() -> quotes.quote(new Order("fail", 1)))
				.withMessageContaining("no such symbol");
			assertThatExceptionOfType(ZmqRequestTimeoutException.class)
				.isThrownBy(() -> quotes.slow(new Order("slow", 1)))
				.satisfies((ex) -> assertThat(ex.getAttempts()).isEqualTo(2));
			app.bean(Server.class).slow.complete(null);
		}
	}

	@Test
	void anInterfaceThatCannotWorkStopsTheStart() {
		assertThatConfiguration(Stream.class, "Stream.stream()", "returns a stream and has retries");
		assertThatConfiguration(NoSocket.class, "NoSocket.ask()", "no socket");
		assertThatConfiguration(NoAnnotation.class, "NoAnnotation.ask()", "no @ZmqRequest");
		assertThatConfiguration(BadTimeout.class, "BadTimeout.ask()", "'soon'");
		assertThatConfiguration(NoTime.class, "NoTime.ask()", "'0s'");
		assertThatConfiguration(BadRetries.class, "BadRetries.ask()", "'-1'");
		assertThatConfiguration(Unknown.class, "Unknown.ask()", "no socket 'nowhere'");
		assertThatConfiguration(WrongType.class, "WrongType.ask()", "'rpc' is a REP");
		assertThatConfiguration(Empty.class, "Empty", "no methods");
	}

	@Test
	void aNativeImageIsToldOfProxiesAndTypes() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		ZmqClientsRegistrar.register(List.of(ZmqClientTests.class.getPackageName()), beans);
		assertThat(beans.getBeanNamesForType(Quotes.class, true, false)).containsExactly(Quotes.class.getName());
		BeanRegistrationAotContribution contribution = AotServices.factoriesAndBeans(beans)
			.load(BeanRegistrationAotProcessor.class)
			.stream()
			.filter(ZmqClientAotProcessor.class::isInstance)
			.findFirst()
			.orElseThrow()
			.processAheadOfTime(RegisteredBean.of(beans, Quotes.class.getName()));
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("test", "Application")), new InMemoryGeneratedFiles());
		assertThat(contribution).isNotNull();
		contribution.applyTo(generation, mock(BeanRegistrationCode.class));
		assertThat(generation.getRuntimeHints()).matches(RuntimeHintsPredicates.proxies().forInterfaces(Quotes.class))
			.matches(RuntimeHintsPredicates.reflection().onType(Order.class))
			.matches(RuntimeHintsPredicates.reflection().onType(Quote.class));
	}

	private static void assertThatConfiguration(Class<?> type, String subject, String reason) {
		try (RequestApp app = RequestApp.start(Server.class, SOCKETS);
				AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
			child.setParent(app.context());
			child.registerBean(ZmqClientFactoryBean.class, () -> new ZmqClientFactoryBean<>(type));
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(child::refresh)
				.havingRootCause()
				.isInstanceOf(ZmqConfigurationException.class)
				.withMessageContaining(subject)
				.withMessageContaining(reason);
		}
	}

	record Order(String symbol, int amount) {
	}

	record Quote(String symbol, int price) {
	}

	interface Asking<Q, R> {

		@ZmqRequest
		R ask(Q question);

	}

	@ZmqClient("${my.socket}")
	interface Quotes extends Asking<Order, Quote> {

		@ZmqRequest
		Future<Quote> future(Order order);

		@ZmqRequest
		Quote quote(Order order);

		@ZmqRequest("ask")
		CompletableFuture<Quote> later(Order order);

		@ZmqRequest
		Mono<Quote> reactive(Order order);

		@ZmqRequest
		Optional<Quote> perhaps(Order order);

		@ZmqRequest
		List<Quote> several(Order order);

		@ZmqRequest
		ZmqMessage raw(String text);

		@ZmqRequest
		void tell(String text);

		@ZmqRequest
		ZmqMessage frames(String first, Order second, String third);

		@ZmqRequest(timeout = "${my.timeout}", retries = "1")
		Quote slow(Order order);

		default int twice(Order order) {
			return quote(order).price() * 2;
		}

	}

	interface Stream {

		@ZmqRequest(value = "ask", retries = "2")
		Flux<String> stream(String text);

	}

	interface NoSocket {

		@ZmqRequest
		String ask(String text);

	}

	interface NoAnnotation {

		String ask(String text);

	}

	interface BadTimeout {

		@ZmqRequest(value = "ask", timeout = "soon")
		String ask(String text);

	}

	interface NoTime {

		@ZmqRequest(value = "ask", timeout = "0s")
		String ask(String text);

	}

	interface BadRetries {

		@ZmqRequest(value = "ask", retries = "-1")
		String ask(String text);

	}

	interface Unknown {

		@ZmqRequest("nowhere")
		String ask(String text);

	}

	interface WrongType {

		@ZmqRequest("rpc")
		String ask(String text);

	}

	interface Empty {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableZmqClients
	static class Server {

		private final CompletableFuture<@Nullable Object> slow = new CompletableFuture<>();

		private final tools.jackson.databind.json.JsonMapper mapper;

		Server(tools.jackson.databind.json.JsonMapper mapper) {
			this.mapper = mapper;
		}

		@Bean
		String unrelated() {
			return "";
		}

		@ZmqListener("rpc")
		@Nullable Object answer(ZmqMessage message) {
			if (message.size() > 1 || !message.text(0).startsWith("{")) {
				return message;
			}
			Order order = this.mapper.readValue(message.frame(0), Order.class);
			return switch (order.symbol()) {
				case "fail" -> throw new IllegalArgumentException("no such symbol");
				case "slow" -> this.slow;
				case "nothing" -> null;
				case "list" -> new Quote[] { new Quote("list", 1), new Quote("list", 2) };
				default -> new Quote(order.symbol(), order.amount() * 10);
			};
		}

	}

}
