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

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocketCustomizer;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.listener.ListenerSettings;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.message.MessageSender;
import io.github.zmqspring.request.RequestClients;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.Ports;
import io.github.zmqspring.transport.SocketRegistry;
import jakarta.annotation.PostConstruct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ZmqAutoConfiguration}.
 */
@NoLeaks
class ZmqAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class, JacksonAutoConfiguration.class));

	private ApplicationContextRunner withPipe() {
		return this.runner.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://pipe",
				"zmq.sockets.out.type=push", "zmq.sockets.out.connect=inproc://pipe");
	}

	@Test
	void makesItsBeans() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ZContext.class)
			.hasSingleBean(ZmqSockets.class)
			.hasSingleBean(ZmqTemplate.class)
			.hasSingleBean(RequestClients.class)
			.hasSingleBean(MessageCodec.class)
			.hasSingleBean(ZmqListenerRegistry.class));
	}

	@Test
	void onePlaceholderMayStandForSeveralEndpoints() {
		this.runner
			.withPropertyValues("my.servers=inproc://a, inproc://b", "zmq.sockets.one.type=pull",
					"zmq.sockets.one.bind=${my.servers}", "zmq.sockets.other.type=push",
					"zmq.sockets.other.connect[0]=${my.servers}", "zmq.sockets.other.connect[1]=inproc://c")
			.run((context) -> {
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThat(sockets.definition("one").bind()).containsExactly("inproc://a", "inproc://b");
				assertThat(sockets.definition("other").connect()).containsExactly("inproc://a", "inproc://b",
						"inproc://c");
				assertThat(sockets.status("one").bound()).containsExactly("inproc://a", "inproc://b");
			});
	}

	@Test
	void aDefaultIsForSocketsThatHaveTheOptionAndTheSide() {
		withPipe()
			.withPropertyValues("zmq.defaults.send-buffer-size=64KB", "zmq.defaults.reconnect-interval=1s",
					"zmq.defaults.send-hwm=7")
			.run((context) -> {
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThat(sockets.definition("in").options().values()).doesNotContainKey(SocketOption.SEND_BUFFER_SIZE)
					.doesNotContainKey(SocketOption.SEND_HWM)
					.containsEntry(SocketOption.RECONNECT_INTERVAL, Duration.ofSeconds(1));
				assertThat(sockets.definition("out").options().values()).containsEntry(SocketOption.SEND_HWM, 7)
					.containsKey(SocketOption.SEND_BUFFER_SIZE);
			});
	}

	@Test
	void makesNothingWhenDisabled() {
		withPipe().withPropertyValues("zmq.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ZContext.class)
				.doesNotHaveBean(ZmqSockets.class)
				.doesNotHaveBean(ZmqTemplate.class)
				.doesNotHaveBean(MessageConverter.class)
				.doesNotHaveBean(ZmqListenerRegistry.class)
				.doesNotHaveBean(ListenerSettings.class));
	}

	@Test
	void makesNothingWithoutJeroMq() {
		this.runner.withClassLoader(new FilteredClassLoader(ZContext.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ZmqSockets.class)
				.doesNotHaveBean(ZmqListenerRegistry.class));
	}

	@Test
	void closesItsContextAtTheEnd() {
		withPipe().run((context) -> {
			ZContext zeromq = context.getBean(ZContext.class);
			context.close();
			assertThat(zeromq.isClosed()).isTrue();
		});
	}

	@Test
	void backsOffToTheUsersContextAndNeverClosesIt() {
		try (ZContext own = new ZContext()) {
			ApplicationContextRunner withOwn = withPipe().withBean("own", ZContext.class, () -> own,
					(definition) -> ((org.springframework.beans.factory.support.AbstractBeanDefinition) definition)
						.setDestroyMethodName(""));
			for (int i = 0; i < 2; i++) {
				// the second run binds the same name: all sockets of the first are closed
				withOwn.run((context) -> {
					assertThat(context).getBean(ZContext.class).isSameAs(own);
					assertThat(context).doesNotHaveBean(ZmqAutoConfiguration.ContextEnd.class);
					ZmqTemplate template = context.getBean(ZmqTemplate.class);
					template.convertAndSend("out", "hello");
					assertThat(template.receiveAndConvert("in", String.class)).isEqualTo("hello");
				});
				assertThat(own.isClosed()).isFalse();
			}
		}
	}

	@Test
	void backsOffToTheUsersTemplateCodecAndRequests() {
		RequestOperations requests = new NoRequests();
		MessageCodec codec = new MessageCodec(new StringMessageConverter());
		ZmqTemplate template = new ZmqTemplate(noSockets(), requests, new MessageSender(codec, null));
		this.runner.withBean(ZmqTemplate.class, () -> template)
			.withBean(MessageCodec.class, () -> codec)
			.withBean(RequestOperations.class, () -> requests)
			.run((context) -> {
				assertThat(context).getBean(ZmqTemplate.class).isSameAs(template);
				assertThat(context).getBean(MessageCodec.class).isSameAs(codec);
				assertThat(context).getBean(RequestOperations.class).isSameAs(requests);
			});
	}

	@Test
	void backsOffToTheUsersSockets() {
		ZmqSockets sockets = noSockets();
		this.runner.withBean(ZmqSockets.class, () -> sockets).run((context) -> {
			assertThat(context).hasNotFailed().getBean(ZmqSockets.class).isSameAs(sockets);
			assertThat(context).doesNotHaveBean(SocketRegistry.class)
				.doesNotHaveBean(ZmqListenerRegistry.class)
				.hasSingleBean(ZmqTemplate.class);
			assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
				.isThrownBy(() -> context.getBean(ZmqTemplate.class).convertSendAndReceive("any", "x", String.class))
				.withMessageContaining("RequestOperations");
		});
	}

	private static ZmqSockets noSockets() {
		return (ZmqSockets) Proxy.newProxyInstance(ZmqSockets.class.getClassLoader(),
				new Class<?>[] { ZmqSockets.class }, (proxy, method, args) -> switch (method.getName()) {
					case "hashCode" -> 1;
					case "equals" -> proxy == args[0];
					default -> null;
				});
	}

	@Test
	void customizersChangeTheContextAndTheSockets() {
		withPipe().withPropertyValues("zmq.context.io-threads=2", "zmq.context.max-sockets=50")
			.withBean(ZContextCustomizer.class, () -> (context) -> context.setLinger(7))
			.withBean("first", ZmqSocketCustomizer.class,
					() -> (definition) -> definition
						.withOptions(definition.options().with(SocketOption.LINGER, Duration.ofMillis(17))))
			.run((context) -> {
				ZContext zeromq = context.getBean(ZContext.class);
				assertThat(zeromq.getLinger()).isEqualTo(7);
				assertThat(zeromq.getIoThreads()).isEqualTo(2);
				assertThat(zeromq.getContext().getMaxSockets()).isEqualTo(50);
				assertThat(context.getBean(ZmqSockets.class).definition("in").options().values())
					.containsEntry(SocketOption.LINGER, Duration.ofMillis(17));
			});
	}

	@Test
	void definitionsOfTheApplicationAreSockets() {
		withPipe()
			.withBean("late", SocketDefinition.class,
					() -> SocketDefinition.builder("late", SocketType.PULL).bind("inproc://late").build())
			.withBean(ZmqSocketCustomizer.class,
					() -> (definition) -> definition
						.withOptions(definition.options().with(SocketOption.LINGER, Duration.ofMillis(17))))
			.run((context) -> {
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThat(sockets.names()).containsExactly("in", "late", "out");
				assertThat(sockets.status("late").bound()).containsExactly("inproc://late");
				assertThat(sockets.definition("late").options().values()).containsEntry(SocketOption.LINGER,
						Duration.ofMillis(17));
			});
	}

	@Test
	void codeMayGiveTheEndpointsOfASocketThatSaysSo() {
		for (String said : new String[] { "bind=", "connect=", "auto-startup=false" }) {
			this.runner.withPropertyValues("zmq.sockets.later.type=pull", "zmq.sockets.later." + said)
				.run((context) -> {
					ZmqSockets sockets = context.getBean(ZmqSockets.class);
					sockets.start("later");
					assertThat(sockets.bind("later", "tcp://127.0.0.1:*")).startsWith("tcp://127.0.0.1:");
				});
		}
	}

	@Test
	void aCustomizerMayGiveEndpoints() {
		this.runner.withPropertyValues("zmq.sockets.in.type=pull")
			.withBean(ZmqSocketCustomizer.class,
					() -> (definition) -> definition.mutate().bind("inproc://given").build())
			.run((context) -> assertThat(context.getBean(ZmqSockets.class).status("in").bound())
				.containsExactly("inproc://given"));
	}

	@Test
	void connectionDetailsWinOverProperties() {
		this.runner
			.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in",
					"zmq.sockets.given.type=push", "zmq.sockets.own.type=push", "zmq.sockets.own.connect=inproc://in")
			.withBean(ZmqConnectionDetails.class,
					() -> (socket) -> "given".equals(socket) ? List.of("inproc://in") : List.of())
			.withBean("other", ZmqConnectionDetails.class, () -> (socket) -> List.of())
			.run((context) -> {
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThat(sockets.definition("given").connect()).containsExactly("inproc://in");
				assertThat(sockets.definition("own").connect()).containsExactly("inproc://in");
				assertThat(sockets.definition("in").connect()).isEmpty();
				context.getBean(ZmqTemplate.class).convertAndSend("given", "hello");
				assertThat(context.getBean(ZmqTemplate.class).receiveAndConvert("in", String.class)).isEqualTo("hello");
			});
	}

	@Test
	void severalMappersNeedOneThatIsMeant() {
		ApplicationContextRunner several = withPipe()
			.withBean("one", JsonMapper.class, () -> JsonMapper.builder().build())
			.withBean("other", JsonMapper.class, () -> JsonMapper.builder().build());
		several.run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(ZmqConfigurationException.class)
				.hasMessageContaining("several JsonMapper beans, and none of them is @Primary: [one, other]")
				.hasMessageContaining("Mark one of them with @Primary");
		});
		several.withBean(JacksonJsonMessageConverter.class, JacksonJsonMessageConverter::new)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void socketsOptionsWinOverDefaults() {
		withPipe()
			.withPropertyValues("zmq.defaults.linger=3s", "zmq.defaults.receive-hwm=5", "zmq.defaults.conflate=true",
					"zmq.sockets.in.options.linger=4s", "zmq.sockets.router.type=router", "zmq.sockets.router.bind=")
			.run((context) -> {
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThat(sockets.definition("in").options().values())
					.containsEntry(SocketOption.LINGER, Duration.ofSeconds(4))
					.containsEntry(SocketOption.RECEIVE_HWM, 5)
					.containsEntry(SocketOption.CONFLATE, true);
				assertThat(sockets.definition("router").options().values())
					.containsEntry(SocketOption.LINGER, Duration.ofSeconds(3))
					.doesNotContainKey(SocketOption.CONFLATE);
			});
	}

	@Test
	void publishesTheEndpointsReallyBound() {
		this.runner
			.withPropertyValues("zmq.sockets.some-name.type=pull", "zmq.sockets.some-name.bind=tcp://127.0.0.1:*",
					"zmq.sockets.local.type=pull", "zmq.sockets.local.bind=inproc://local")
			.run((context) -> {
				Environment environment = context.getEnvironment();
				String endpoint = environment.getRequiredProperty("local.zmq.some-name.endpoint");
				int port = environment.getRequiredProperty("local.zmq.some-name.port", Integer.class);
				assertThat(endpoint).isEqualTo("tcp://127.0.0.1:" + port);
				assertThat(Ports.isFree(endpoint)).isFalse();
				assertThat(context.getBean(ZmqSockets.class).status("some-name").bound()).containsExactly(endpoint);
				assertThat(environment.getProperty("local.zmq.local.endpoint")).isEqualTo("inproc://local");
				assertThat(environment.getProperty("local.zmq.local.port")).isNull();
			});
	}

	@Test
	void convertsByTheApplicationsMapper() {
		withPipe().withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE").run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			template.convertAndSend("out", new Reading(21));
			assertThat(template.receiveAndConvert("in", String.class)).isEqualTo("{\"degrees_celsius\":21}");
			template.convertAndSend("out", "{\"degrees_celsius\":22}");
			assertThat(template.receiveAndConvert("in", Reading.class)).isEqualTo(new Reading(22));
		});
	}

	@Test
	void convertsByTheUsersConverterFirst() {
		withPipe().withUserConfiguration(OwnConverter.class).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			template.convertAndSend("out", new Reading(21));
			assertThat(template.receiveAndConvert("in", String.class)).isEqualTo("21 degrees");
			template.convertAndSend("out", List.of("json", true));
			assertThat(template.receiveAndConvert("in", String.class)).isEqualTo("[\"json\",true]");
		});
	}

	@Test
	void saysWhatIsMissingWithoutJackson() {
		withPipe().withClassLoader(new FilteredClassLoader("tools.jackson")).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> template.convertAndSend("out", new Reading(21)))
				.withMessageContaining(Reading.class.getName())
				.withMessageContaining("spring-boot-starter-jackson");
			template.convertAndSend("out", "text needs none");
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> template.receiveAndConvert("in", Reading.class))
				.withMessageContaining(Reading.class.getName())
				.withMessageContaining("spring-boot-starter-jackson")
				.withMessageNotContaining("needs none");
		});
	}

	@Test
	void templateIsSetUpByItsProperties() {
		withPipe()
			.withPropertyValues("zmq.template.default-socket=out", "zmq.template.receive-timeout=10ms",
					"zmq.template.send-timeout=0", "zmq.sockets.lonely.type=push", "zmq.sockets.lonely.bind=")
			.run((context) -> {
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				template.convertAndSend("by default");
				assertThat(template.receiveAndConvert("in", String.class)).isEqualTo("by default");
				assertThat(template.receive("in")).isNull();
				assertThat(template.trySend("lonely", "x")).isFalse();
			});
	}

	@Test
	void socketsCanBeUsedBeforeTheApplicationHasStarted() {
		withPipe().withBean(EarlySender.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ZmqTemplate.class).receiveAndConvert("in", String.class)).isEqualTo("early");
		});
	}

	@Test
	void startThatFailsLeavesNothingBehind() {
		withPipe()
			.withPropertyValues("zmq.sockets.tcp.type=pull", "zmq.sockets.tcp.bind=tcp://127.0.0.1:*",
					"spring.lifecycle.timeout-per-shutdown-phase=60s")
			.withBean(EarlySender.class)
			.withBean("failing", Object.class, () -> {
				throw new IllegalStateException("on purpose");
			})
			.run((context) -> assertThat(context).hasFailed());
	}

	record Reading(int degreesCelsius) {
	}

	static final class EarlySender {

		private final ZmqTemplate template;

		EarlySender(ZmqTemplate template) {
			this.template = template;
		}

		@PostConstruct
		void send() {
			CompletableFuture<Void> sent = this.template.sendAsync("out", ZmqMessage.of("early"));
			assertThat(sent).succeedsWithin(Duration.ofSeconds(10));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConverter {

		@Bean
		@Order(0)
		MessageConverter readings() {
			return new MessageConverter() {

				@Override
				public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass) {
					return null;
				}

				@Override
				public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
					return (payload instanceof Reading reading)
							? MessageBuilder.withPayload(reading.degreesCelsius() + " degrees").build() : null;
				}

			};
		}

	}

}
