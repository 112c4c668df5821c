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

package io.github.zmqspring.event;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each event returns what it was made of.
 */
class EventPropertiesTests {

	static List<Class<?>> events() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AssignableTypeFilter(ApplicationEvent.class));
		List<Class<?>> events = scanner.findCandidateComponents(ClassUtils.getPackageName(ZmqMessagesLostEvent.class))
			.stream()
			.<Class<?>>map((bean) -> ClassUtils.resolveClassName(String.valueOf(bean.getBeanClassName()), null))
			.filter((type) -> Modifier.isPublic(type.getModifiers()))
			.toList();
		assertThat(events).hasSizeGreaterThan(10);
		return events;
	}

	@ParameterizedTest
	@MethodSource("events")
	void getsWhatItWasMadeOf(Class<?> type) throws ReflectiveOperationException {
		Constructor<?> constructor = type.getConstructors()[0];
		Parameter[] parameters = constructor.getParameters();
		@Nullable Object[] arguments = new Object[parameters.length];
		for (int i = 0; i < parameters.length; i++) {
			arguments[i] = value(parameters[i].getType(), parameters[i].getName(), i);
		}
		Object event = constructor.newInstance(arguments);
		assertThat(((ApplicationEvent) event).getSource()).isEqualTo(arguments[0]);
		for (int i = 1; i < parameters.length; i++) {
			Method getter = getter(type, parameters[i].getName(), parameters[i].getType());
			if (getter != null) {
				assertThat(getter.invoke(event)).as(parameters[i].getName()).isEqualTo(arguments[i]);
			}
		}
	}

	private static @Nullable Method getter(Class<?> type, String name, Class<?> value) {
		return Stream
			.of("get" + StringUtils.capitalize(name), "is" + StringUtils.capitalize(name),
					"get" + StringUtils.capitalize(name) + "Bytes")
			.map((getter) -> ClassUtils.getMethodIfAvailable(type, getter))
			.filter((getter) -> getter != null && getter.getReturnType() == value)
			.findFirst()
			.orElse(null);
	}

	/** A value that no other parameter has. */
	private static @Nullable Object value(Class<?> type, String name, int index) {
		if (type == String.class || type == Object.class) {
			return name;
		}
		if (type == long.class) {
			return 100L + index;
		}
		if (type == int.class) {
			return 100 + index;
		}
		if (type == boolean.class) {
			return true;
		}
		if (type == byte[].class) {
			return name.getBytes();
		}
		if (type == List.class) {
			return List.of(name);
		}
		return (type.isEnum()) ? type.getEnumConstants()[type.getEnumConstants().length - 1] : null;
	}

}
