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

package io.github.zmqspring.app;

import java.util.List;
import java.util.Optional;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Messages that are null, and reports about what reads and carries them.
 */
@NoLeaks
@Timeout(120)
class NullPayloadTests {

	@Test
	void aMessageThatIsNullIsNullToThoseThatTakeIt() throws Exception {
		List<String> properties = Contexts.with(
				Contexts.pipes("nullable", "optional", "payload", "plain", "frame", "batch", "optionals"),
				"zmq.listener.error-reply=message");
		try (ConfigurableApplicationContext context = Contexts.start(Listeners.class, properties)) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			Contexts.Recorder recorder = context.getBean(Contexts.Recorder.class);
			for (String socket : List.of("nullable", "optional", "payload", "frame", "optionals")) {
				template.convertAndSend("to-" + socket, "null");
				assertThat(recorder.next(socket)).as(socket).isEqualTo("nothing");
				template.convertAndSend("to-" + socket, "{\"a\":\"x\",\"b\":null}");
				assertThat(recorder.next(socket)).as(socket).isEqualTo(new Row("x", null));
			}
			for (String socket : List.of("plain", "batch")) {
				template.convertAndSend("to-" + socket, "null");
				template.convertAndSend("to-" + socket, "{\"a\":\"y\"}");
				assertThat(recorder.next(socket)).as(socket).isEqualTo(new Row("y", null));
				ZmqListenerRegistry listeners = context.getBean(ZmqListenerRegistry.class);
				Awaitility.await().until(() -> listeners.status(socket).unreadable() == 1);
				assertThat(listeners.status(socket).lastError()).as(socket)
					.contains("the payload is null")
					.doesNotContain("jackson");
			}
		}
	}

	@Test
	void twoMappersAreToldByName() {
		assertThatException().isThrownBy(() -> Contexts.start(TwoMappers.class, Contexts.pipes("any")).close())
			.havingRootCause()
			.isInstanceOf(ZmqConfigurationException.class)
			.withMessageContaining("firstMapper")
			.withMessageContaining("secondMapper")
			.withMessageContaining("@Primary");
	}

	@Test
	void aHeaderOfOursStaysAtHomeInAnyCase() throws Exception {
		for (String name : List.of("ID", "Id", "id", "TIMESTAMP", "replychannel", "ZMQ_topic", "Zmq_Socket")) {
			assertThat(ZmqHeaders.isLocal(name)).as(name).isTrue();
		}
		assertThat(ZmqHeaders.isLocal("idea")).isFalse();
	}

	record Row(@Nullable String a, @Nullable String b) {
	}

	static class Listeners {

		private final Contexts.Recorder recorder;

		Listeners(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		private void add(String name, @Nullable Object value) {
			this.recorder.add(name, (value != null) ? value : "nothing");
		}

		@ZmqListener("nullable")
		void nullable(@Nullable Row row) {
			add("nullable", row);
		}

		@ZmqListener("optional")
		void optional(Optional<Row> row) {
			add("optional", row.orElse(null));
		}

		@ZmqListener("payload")
		void payload(@Payload(required = false) Row row) {
			add("payload", row);
		}

		@ZmqListener(id = "plain", value = "plain")
		void plain(Row row) {
			add("plain", row);
		}

		@ZmqListener("frame")
		void frame(@ZmqFrame(0) @Nullable Row row) {
			add("frame", row);
		}

		@ZmqListener(id = "batch", value = "batch", batch = true)
		void batch(List<Row> rows) {
			rows.forEach((row) -> add("batch", row));
		}

		@ZmqListener(value = "optionals", batch = true)
		void optionals(List<Optional<Row>> rows) {
			rows.forEach((row) -> add("optionals", row.orElse(null)));
		}

	}

	static class TwoMappers {

		@Bean
		JsonMapper firstMapper() {
			return JsonMapper.builder().build();
		}

		@Bean
		JsonMapper secondMapper() {
			return JsonMapper.builder().build();
		}

	}

}
