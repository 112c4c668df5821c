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

package io.github.zmqspring.transport.jeromq;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link JeroMqInternals} and {@link Cure}: fail by name when a version of
 * JeroMQ changes what the library takes from inside it.
 */
class JeroMqInternalsTests {

	@ParameterizedTest
	@EnumSource
	void jeroMqHasIt(JeroMqInternals internal) {
		assertThat(internal.isPresent()).as(internal.toString()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void aCureNeedsIt(JeroMqInternals internal) {
		assertThat(Stream.of(Cure.values()).filter((cure) -> cure.needs().contains(internal))).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aNativeImageReachesIt(JeroMqInternals internal) {
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter(JeroMqHints.class::isInstance)
			.forEach((registrar) -> registrar.registerHints(hints, getClass().getClassLoader()));
		if (internal.member() instanceof Field field) {
			assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(field)).accepts(hints);
		}
		else if (internal.member() instanceof Method method) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).accepts(hints);
		}
		else if (internal.member() instanceof Constructor<?> constructor) {
			assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor)).accepts(hints);
		}
	}

	@Test
	void nothingIsMissing() {
		assertThat(Cure.missing()).isEmpty();
	}

	@Test
	void namesWhatIsMissing() {
		List<String> names = Stream.of(JeroMqInternals.values()).map(JeroMqInternals::toString).toList();
		assertThat(names).doesNotHaveDuplicates().contains("zmq.Command.type", "zmq.SocketBase.xsend");
		assertThat(JeroMqInternals.values()).allSatisfy((internal) -> assertThat(internal.purpose()).isNotBlank());
	}

}
