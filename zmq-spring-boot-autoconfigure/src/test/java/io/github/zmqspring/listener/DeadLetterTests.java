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

package io.github.zmqspring.listener;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.util.MimeType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that dead letters can be read and sent again, and what content types choose.
 */
@NoLeaks
@Timeout(120)
class DeadLetterTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class))
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in", "zmq.sockets.out.type=push",
				"zmq.sockets.out.connect=inproc://in");

	@Test
	void deadLettersAreReadAndSentAgain() {
		this.runner
			.withPropertyValues("zmq.sockets.dead.type=push", "zmq.sockets.dead.bind=inproc://dead",
					"zmq.sockets.grave.type=pull", "zmq.sockets.grave.connect=inproc://dead",
					"zmq.listener.dead-letter=dead")
			.withUserConfiguration(Recovering.class)
			.run((context) -> {
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				Recovering bean = context.getBean(Recovering.class);
				ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
				for (int i = 0; i < 3; i++) {
					template.sendFrames("out", "message " + i, "", "second");
				}
				Awaitility.await().until(() -> registry.status("recovering").deadLettered() == 3);
				ZmqDeadLetters letters = context.getBean(ZmqDeadLetters.class);
				ZmqDeadLetter letter = letters.receive("grave", Duration.ofSeconds(20));
				assertThat(letter).isNotNull();
				assertThat(letter.reason()).isEqualTo("FAILED");
				assertThat(letter.source()).isEqualTo("recovering");
				assertThat(letter.attempts()).isOne();
				assertThat(letter.message().text(0)).isEqualTo("message 0");
				bean.broken = false;
				letters.sendAgain(letter, "out");
				assertThat(letters.sendAllAgain("grave", "out", Duration.ofMillis(300))).isEqualTo(2);
				Awaitility.await().until(() -> bean.handled.size() == 3);
				assertThat(bean.handled).containsExactlyInAnyOrder("message 0||second", "message 1||second",
						"message 2||second");
				assertThat(letters.receive("grave", Duration.ZERO)).isNull();
			});
	}

	@Test
	void aLetterThatCannotBeSentIsReadAgain() {
		this.runner.withPropertyValues("zmq.sockets.dead.type=push", "zmq.sockets.dead.bind=inproc://dead",
				"zmq.sockets.grave.type=pull", "zmq.sockets.grave.connect=inproc://dead", "zmq.sockets.alone.type=push",
				"zmq.sockets.alone.bind=inproc://alone", "zmq.sockets.alone.options.send-timeout=10ms")
			.run((context) -> {
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				template.sendFrames("dead", "reason=FAILED;listener=a;attempts=1", "message");
				ZmqDeadLetters letters = context.getBean(ZmqDeadLetters.class);
				assertThatExceptionOfType(ZmqException.class)
					.isThrownBy(() -> letters.sendAllAgain("grave", "alone", Duration.ofSeconds(20)))
					.withMessageContaining("alone");
				assertThat(letters.sendAllAgain("grave", "out", Duration.ofMillis(10))).isOne();
				assertThat(template.receiveAndConvert("in", String.class)).isEqualTo("message");
				assertThat(letters.receive("grave", Duration.ZERO)).isNull();
			});
	}

	@Test
	void whatIsNoDeadLetterIsRefused() {
		for (ZmqMessage message : List.of(ZmqMessage.of("alone"), ZmqMessage.of("reason=FAILED", "x"),
				ZmqMessage.of("listener=a", "x"), ZmqMessage.of("reason=FAILED;listener=a;attempts=many", "x"))) {
			assertThatExceptionOfType(ZmqConversionException.class).isThrownBy(() -> ZmqDeadLetter.of(message));
		}
		ZmqDeadLetter ofProxy = ZmqDeadLetter.of(ZmqMessage.of("reason=FAILED;proxy=q;direction=TO_BACKEND", "x"));
		assertThat(ofProxy.source()).isEqualTo("q");
	}

	@Test
	void theContentTypeChoosesTheConverter() {
		this.runner.withUserConfiguration(Shouting.class).run((context) -> {
			context.getBean(ZmqTemplate.class).convertAndSend("out", "hello");
			Shouting bean = context.getBean(Shouting.class);
			Awaitility.await().until(() -> bean.received.equals(List.of("HELLO")));
		});
		this.runner.withUserConfiguration(NoType.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ZmqConfigurationException.class)
				.hasMessageContaining("its contentType is 'nonsense'"));
	}

	static class Recovering {

		private final List<String> handled = new CopyOnWriteArrayList<>();

		private volatile boolean broken = true;

		@ZmqListener(id = "recovering", socket = "in")
		void take(ZmqMessage message) {
			if (this.broken) {
				throw new IllegalStateException("on purpose");
			}
			this.handled.add(message.text(0) + "|" + message.text(1) + "|" + message.text(2));
		}

	}

	record Shout(String text) {
	}

	static class Shouting {

		private final List<String> received = new CopyOnWriteArrayList<>();

		@Bean
		MessageConverter shouts() {
			return new AbstractMessageConverter(new MimeType("text", "shout")) {

				@Override
				protected boolean supports(Class<?> type) {
					return type == Shout.class;
				}

				@Override
				public boolean isStrictContentTypeMatch() {
					return true;
				}

				@Override
				protected @Nullable Object convertFromInternal(Message<?> message, Class<?> target,
						@Nullable Object hint) {
					return new Shout(new String((byte[]) message.getPayload(), StandardCharsets.UTF_8)
						.toUpperCase(java.util.Locale.ROOT));
				}

				@Override
				protected @Nullable Object convertToInternal(Object payload, @Nullable MessageHeaders headers,
						@Nullable Object hint) {
					return null;
				}

			};
		}

		@ZmqListener(socket = "in", contentType = "text/shout")
		void take(Shout shout) {
			this.received.add(shout.text());
		}

	}

	static class NoType {

		@ZmqListener(socket = "in", contentType = "nonsense")
		void take(String text) {
		}

	}

}
