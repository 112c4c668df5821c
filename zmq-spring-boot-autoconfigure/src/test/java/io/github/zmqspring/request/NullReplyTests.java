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

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRequest;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.AnnotationMetadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Replies that are null or empty, and results that are no value.
 */
@NoLeaks
@Timeout(120)
class NullReplyTests {

	private static final String[] SERVER = { "zmq.sockets.rpc.type=rep", "zmq.sockets.rpc.bind=inproc://null-rpc",
			"zmq.sockets.ask.type=req", "zmq.sockets.ask.connect=inproc://null-rpc",
			"zmq.template.request-timeout=30s" };

	@Test
	void aReplyThatIsNullOrEmptyIsNoValue() throws Exception {
		try (RequestApp app = RequestApp.start(Server.class, SERVER)) {
			ZmqTemplate template = app.template();
			Client client = app.bean(Client.class);
			for (String what : List.of("json-null", "empty", "null", "optional", "mono", "future")) {
				assertThat(template.convertSendAndReceive("ask", what, Row.class)).as(what).isNull();
				assertThat(template.convertSendAndReceive("ask", what, new ParameterizedTypeReference<List<Row>>() {
				})).as(what).isNull();
				assertThat(template.requestAsync("ask", what, Row.class).get()).as(what).isNull();
				assertThat(client.optional(what)).as(what).isEmpty();
				assertThat(client.future(what).get()).as(what).isNull();
				assertThat(client.mono(what).blockOptional()).as(what).isEmpty();
				assertThat(client.value(what)).as(what).isNull();
				client.nothing(what);
				assertThatExceptionOfType(ZmqConversionException.class).as(what)
					.isThrownBy(() -> client.primitive(what))
					.withMessageContaining("int");
			}
			assertThat(client.optional("row")).contains(new Row("a", null));
			assertThat(client.value("some")).isEqualTo(new Row("b", null));
		}
	}

	record Row(@Nullable String a, @Nullable String b) {
	}

	interface Client {

		@ZmqRequest("ask")
		Optional<Row> optional(String what);

		@ZmqRequest("ask")
		CompletableFuture<Row> future(String what);

		@ZmqRequest("ask")
		Mono<Row> mono(String what);

		@ZmqRequest("ask")
		@Nullable Row value(String what);

		@ZmqRequest("ask")
		void nothing(String what);

		@ZmqRequest("ask")
		int primitive(String what);

	}

	@Import(NullReplyClients.class)
	static class Server {

		@ZmqListener("rpc")
		@Nullable Object answer(String what) {
			return switch (what) {
				case "json-null" -> "null";
				case "empty" -> new byte[0];
				case "null" -> null;
				case "optional" -> Optional.empty();
				case "mono" -> Mono.empty();
				case "future" -> CompletableFuture.completedFuture(null);
				case "some" -> Optional.of(new Row("b", null));
				default -> new Row("a", null);
			};
		}

	}

	static class NullReplyClients implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
			RootBeanDefinition client = new RootBeanDefinition(ZmqClientFactoryBean.class);
			client.getConstructorArgumentValues().addIndexedArgumentValue(0, Client.class);
			client.setTargetType(ResolvableType.forClassWithGenerics(ZmqClientFactoryBean.class, Client.class));
			registry.registerBeanDefinition("nullReplyClient", client);
		}

	}

}
