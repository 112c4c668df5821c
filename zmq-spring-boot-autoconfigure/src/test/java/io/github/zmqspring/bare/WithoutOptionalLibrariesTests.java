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

package io.github.zmqspring.bare;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqClient;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRequest;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.util.ClassUtils;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application that has nothing but what the starter brings. The optional libraries are
 * not hidden but left off the class path, by an execution of the build that runs these
 * tests alone.
 */
@NoLeaks
class WithoutOptionalLibrariesTests {

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
			"org.springframework.boot.health.contributor.Health", "io.micrometer.core.instrument.MeterRegistry",
			"tools.jackson.databind.json.JsonMapper", "com.fasterxml.jackson.annotation.JsonProperty",
			"reactor.core.publisher.Mono", "jakarta.validation.Validator", "kotlin.Unit",
			"org.springframework.security.core.context.SecurityContext" })
	void theLibraryIsReallyAway(String type) {
		assertThat(ClassUtils.isPresent(type, getClass().getClassLoader())).isFalse();
	}

	@Test
	void textIsSentAskedForAndPassedOn() throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			template.convertAndSend("to-work", "text");
			assertThat(template.receiveAndConvert("done", String.class)).isEqualTo("TEXT");
			template.sendFrames("to-work", new byte[] { 'a' }, "b");
			assertThat(template.receiveAndConvert("done", String.class)).isEqualTo("A");
			assertThat(template.convertSendAndReceive("ask", "now", String.class)).isEqualTo("now!");
			assertThat(template.convertSendAndReceive("ask", "later", String.class)).isEqualTo("later!");
			assertThat(context.getBean(Service.class).ask("client")).isEqualTo("client!");
		}
	}

	@Test
	void aFailureIsAnsweredAsJsonWithoutALibraryForIt() {
		try (ConfigurableApplicationContext context = start()) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			assertThatExceptionOfType(ZmqRemoteException.class)
				.isThrownBy(() -> template.convertSendAndReceive("ask", "fail", String.class))
				.withMessageContaining("\"on\" purpose");
			assertThat(template.convertSendAndReceive("ask", "again", String.class)).isEqualTo("again!");
		}
	}

	@Test
	void anObjectIsRefusedWithTheNameOfTheLibraryThatItNeeds() {
		try (ConfigurableApplicationContext context = start()) {
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> context.getBean(ZmqTemplate.class).convertAndSend("to-work", List.of("x")))
				.withMessageContaining("spring-boot-starter-jackson");
		}
	}

	@Test
	void encodedPasswordsAreRefusedWithTheNameOfTheLibraryThatTheyNeed() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> start("--zmq.sockets.work.security.mechanism=plain",
					"--zmq.sockets.work.security.users=staff", "--zmq.security.users.staff.alice={bcrypt}$2a$10$x"))
			.havingRootCause()
			.withMessageContaining("zmq.security.users.staff")
			.withMessageContaining("spring-security-crypto");
	}

	@Test
	void aProxyWorks() {
		try (ConfigurableApplicationContext context = start("--zmq.proxies.line.type=streamer",
				"--zmq.proxies.line.frontend.bind=inproc://line-in",
				"--zmq.proxies.line.backend.connect=inproc://work")) {
			context.getBean(ZmqTemplate.class).convertAndSend("to-line", "by proxy");
			assertThat(context.getBean(ZmqTemplate.class).receiveAndConvert("done", String.class))
				.isEqualTo("BY PROXY");
			// counted when it has been passed on, which may be after it has arrived
			Awaitility.await()
				.until(() -> context.getBean(ZmqProxies.class).status("line").toBackend().forwarded() == 1);
		}
	}

	private static ConfigurableApplicationContext start(String... more) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "zmq.sockets.work.type=pull",
					"zmq.sockets.work.bind=inproc://work", "zmq.sockets.to-work.type=push",
					"zmq.sockets.to-work.connect=inproc://work", "zmq.sockets.results.type=push",
					"zmq.sockets.results.bind=inproc://results", "zmq.sockets.done.type=pull",
					"zmq.sockets.done.connect=inproc://results", "zmq.sockets.rpc.type=rep",
					"zmq.sockets.rpc.bind=inproc://rpc", "zmq.sockets.ask.type=req",
					"zmq.sockets.ask.connect=inproc://rpc", "zmq.sockets.to-line.type=push",
					"zmq.sockets.to-line.connect=inproc://line-in", "zmq.template.receive-timeout=20s",
					"zmq.template.request-timeout=20s")
			.run(more);
	}

	@ZmqClient("ask")
	interface Service {

		@ZmqRequest
		String ask(String request);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@ZmqListener("work")
		@SendTo("results")
		String work(@Validated @Payload String text) {
			return text.toUpperCase();
		}

		@ZmqListener("rpc")
		CompletableFuture<String> answer(String request) {
			if (request.equals("fail")) {
				throw new IllegalStateException("\"on\" purpose");
			}
			CompletableFuture<String> reply = new CompletableFuture<>();
			return reply.completeOnTimeout(request + "!", 20, TimeUnit.MILLISECONDS);
		}

	}

}
