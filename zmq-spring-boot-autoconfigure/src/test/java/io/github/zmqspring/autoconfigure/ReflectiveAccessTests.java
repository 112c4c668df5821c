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

import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.zmqspring.autoconfigure.security.SecurityProperties;
import io.github.zmqspring.autoconfigure.security.SocketSecurityProperties;
import io.github.zmqspring.core.ZmqTemplate;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks all places where the library looks something up by name, which a native image
 * does not allow without a hint: each is known here, and has its hint or a reason why it
 * needs none. JeroMQ's inside has a test of its own.
 */
class ReflectiveAccessTests {

	private static final Set<String> LOOK_UPS = Set.of("java.lang.Class.forName", "java.lang.Class.getMethod",
			"java.lang.Class.getDeclaredMethod", "java.lang.Class.getDeclaredField",
			"java.lang.Class.getDeclaredConstructor", "java.lang.Class.getField", "java.lang.Class.getConstructor",
			"java.lang.Class.getResourceAsStream", "java.lang.Class.getResource",
			"java.lang.ClassLoader.getResourceAsStream", "java.lang.ClassLoader.getResource",
			"java.lang.ClassLoader.loadClass", "java.lang.invoke.MethodHandles$Lookup.findVirtual",
			"java.lang.invoke.MethodHandles$Lookup.findStatic", "java.lang.invoke.MethodHandles$Lookup.findVarHandle",
			"org.springframework.util.ReflectionUtils.findMethod", "org.springframework.util.ReflectionUtils.findField",
			"org.springframework.util.ClassUtils.resolveClassName", "org.springframework.util.ClassUtils.forName",
			"java.lang.Class.getMethods", "java.lang.Class.getDeclaredMethods", "java.lang.Class.getFields",
			"java.lang.Class.getDeclaredFields", "java.lang.Class.getConstructors",
			"java.lang.Class.getDeclaredConstructors", "java.lang.Class.getRecordComponents",
			"java.lang.reflect.Proxy.newProxyInstance", "java.lang.invoke.MethodHandles$Lookup.unreflect",
			"java.lang.invoke.MethodHandles.privateLookupIn", "java.util.ServiceLoader.load",
			"org.springframework.core.MethodIntrospector.selectMethods",
			"org.springframework.beans.BeanUtils.getPropertyDescriptors",
			"org.springframework.beans.BeanUtils.instantiateClass",
			"org.springframework.util.ReflectionUtils.makeAccessible");

	/** Where something is looked up, and which hint lets it be found. */
	private static final Set<String> KNOWN = Set.of(
			// aNativeImageReachesIt in JeroMqInternalsTests
			"transport.jeromq.JeroMqInternals",
			// kotlinCoroutinesAreReached
			"request.SuspendingCalls",
			// threadsAreAskedWhetherTheyAreVirtual
			"transport.poll.MailboxSignal",
			// encodersOfPasswordsAreReached
			"autoconfigure.security.Passwords",
			// theVersionIsRead
			"autoconfigure.actuate.ZmqInfoContributor",
			// Object.equals, which every image has
			"message.GenericTypeHint",
			// failuresOfValidationAreKnown
			"listener.invoke.Retries",
			// when the application is processed, and not in the image
			"request.ZmqClientsRegistrar", "request.ZmqClientAotProcessor",
			// ZmqClientTests, and AheadOfTimeTests
			"request.ZmqClientFactoryBean",
			// propertiesOfEveryDepthAreReached
			"autoconfigure.check.PropertyNode",
			// ListenerHintsTests: methods, and the types of their payloads
			"listener.config.ListenerMethods", "listener.dispatch.PayloadTypes", "listener.invoke.BatchHandler",
			"listener.invoke.PlainInvoker", "listener.invoke.TimeoutCall");

	private final RuntimeHints hints = new RuntimeHints();

	ReflectiveAccessTests() {
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith("io.github.zmqspring."))
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@Test
	void everyPlaceThatLooksSomethingUpIsKnown() {
		JavaClasses classes = new ClassFileImporter()
			.withImportOption((location) -> !location.contains("/zmqspring/test/"))
			.importUrls(List.of(location(ZmqTemplate.class), location(ZmqAutoConfiguration.class)));
		Set<String> places = new TreeSet<>();
		classes.forEach((type) -> {
			if (type.getName().startsWith("io.github.zmqspring.")) {
				for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
					if (LOOK_UPS.contains(call.getTargetOwner().getName() + "." + call.getName())) {
						places.add(type.getName().substring("io.github.zmqspring.".length()).replaceFirst("\\$.*", ""));
					}
				}
			}
		});
		assertThat(places).containsExactlyInAnyOrderElementsOf(KNOWN);
	}

	private static java.net.URL location(Class<?> type) {
		return type.getProtectionDomain().getCodeSource().getLocation();
	}

	/** They are walked to find unknown keys: what is not reached would be refused. */
	@Test
	void propertiesOfEveryDepthAreReached() {
		RuntimeHints bound = new RuntimeHints();
		BindableRuntimeHintsRegistrar.forTypes(ZmqProperties.class).registerHints(bound);
		Set<Class<?>> walked = new LinkedHashSet<>();
		walk(ResolvableType.forClass(ZmqProperties.class), walked, bound);
		assertThat(walked).contains(SocketProperties.class, OptionsProperties.class, ProxyProperties.class,
				SequenceProperties.class, SecurityProperties.class, SocketSecurityProperties.class);
	}

	private static void walk(ResolvableType type, Set<Class<?>> walked, RuntimeHints bound) {
		Class<?> resolved = type.resolve(Object.class);
		if (Map.class.isAssignableFrom(resolved)) {
			walk(type.asMap().getGeneric(1), walked, bound);
		}
		else if (resolved.getName().startsWith("io.github.zmqspring.autoconfigure.") && !resolved.isEnum()
				&& walked.add(resolved)) {
			for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(resolved)) {
				Method read = property.getReadMethod();
				if (read != null && read.getDeclaringClass() != Object.class) {
					assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(read)).as("%s", read)
						.accepts(bound);
					walk(ResolvableType.forMethodReturnType(read), walked, bound);
				}
			}
		}
	}

	@Test
	void kotlinCoroutinesAreReached() throws Exception {
		Class<?> continuation = Class.forName("kotlin.coroutines.Continuation");
		assertThat(RuntimeHintsPredicates.reflection().onType(continuation)).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Class.forName("kotlinx.coroutines.reactor.MonoKt")
				.getMethod("awaitSingleOrNull", Mono.class, continuation)))
			.accepts(this.hints);
	}

	@Test
	void threadsAreAskedWhetherTheyAreVirtual() {
		assertThat(this.hints.reflection().getTypeHint(Thread.class)).isNotNull()
			.satisfies((hint) -> assertThat(hint.methods()).anyMatch((method) -> method.getName().equals("isVirtual")));
	}

	@Test
	void failuresOfValidationAreKnown() {
		for (String name : List.of("jakarta.validation.ValidationException",
				"org.springframework.validation.method.MethodValidationException")) {
			assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(name))).accepts(this.hints);
		}
	}

	@Test
	void theVersionIsRead() {
		assertThat(RuntimeHintsPredicates.resource().forResource("META-INF/zmq-spring-boot.properties"))
			.accepts(this.hints);
	}

	@Test
	void encodersOfPasswordsAreReached() {
		for (String name : List.of("factory.PasswordEncoderFactories", "password.DelegatingPasswordEncoder")) {
			assertThat(this.hints.reflection()
				.getTypeHint(TypeReference.of("org.springframework.security.crypto." + name))).isNotNull();
		}
	}

}
