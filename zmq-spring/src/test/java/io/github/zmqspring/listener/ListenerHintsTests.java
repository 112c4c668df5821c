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

import java.lang.reflect.Method;
import java.util.List;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqHandler;
import io.github.zmqspring.annotation.ZmqListener;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a native image must know of listener methods is found by the AOT processing.
 */
class ListenerHintsTests {

	@Test
	void methodsAndPayloadTypesOfListenersAreKnownToNativeImages() throws Exception {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Listeners.class);
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Handlers.class);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Handlers.class.getDeclaredMethod("shipped", Shipped.class))).accepts(hints);
		for (Method method : List.of(Listeners.class.getDeclaredMethod("one", Order.class),
				Listeners.class.getDeclaredMethod("batch", List.class),
				Listeners.class.getDeclaredMethod("twice", byte[].class, Part.class))) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).accepts(hints);
		}
		for (Class<?> type : List.of(Order.class, Element.class, Part.class, Quote.class, Shipped.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS)
				.or(RuntimeHintsPredicates.reflection().onMethodInvocation(type.getDeclaredMethod("id"))))
				.as("%s", type)
				.accepts(hints);
		}
	}

	record Order(String id) {
	}

	record Element(String id) {
	}

	record Part(String id) {
	}

	record Quote(String id) {
	}

	record Shipped(String id) {
	}

	@ZmqListener("events")
	static class Handlers {

		@ZmqHandler
		void shipped(Shipped shipped) {
		}

	}

	static class Listeners {

		@ZmqListener("orders")
		Quote one(Order order) {
			return new Quote(order.id());
		}

		@ZmqListener(socket = "elements", batch = true)
		private void batch(List<Element> elements) {
		}

		@ZmqListener("a")
		@ZmqListener("b")
		void twice(@ZmqFrame(0) byte[] header, @ZmqFrame(1) Part part) {
		}

	}

}
