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

package io.github.zmqspring.listener.config;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.zmqspring.annotation.ZmqHandler;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqListeners;
import io.github.zmqspring.core.ZmqConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.RepeatableContainers;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * Finds the listener methods of a class, and the method to call on a bean, which may be a
 * proxy.
 */
final class ListenerMethods {

	private ListenerMethods() {
	}

	/**
	 * Return {@code false} if the class certainly has no listener methods. All beans are
	 * asked, and most of them are Spring's own.
	 */
	static boolean isCandidate(Class<?> type) {
		boolean spring = type.getName().startsWith("org.springframework.")
				&& !AnnotatedElementUtils.isAnnotated(type, Component.class);
		return !spring && AnnotationUtils.isCandidateClass(type, List.of(ZmqListener.class, ZmqListeners.class));
	}

	/**
	 * Return the annotations of each listener method. Those of a method that overrides
	 * another replace the inherited ones.
	 */
	static Map<Method, Set<ZmqListener>> of(Class<?> type) {
		return MethodIntrospector.selectMethods(type, (Method method) -> annotations(method));
	}

	private static @Nullable Set<ZmqListener> annotations(Method method) {
		MergedAnnotations annotations = MergedAnnotations.from(method, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY,
				RepeatableContainers.standardRepeatables());
		if (!annotations.isPresent(ZmqListener.class)) {
			return null;
		}
		List<MergedAnnotation<ZmqListener>> all = annotations.stream(ZmqListener.class).toList();
		int nearest = all.stream().mapToInt(MergedAnnotation::getAggregateIndex).min().orElse(-1);
		Set<ZmqListener> own = new LinkedHashSet<>();
		all.stream()
			.filter((annotation) -> annotation.getAggregateIndex() == nearest)
			.forEach((annotation) -> own.add(annotation.synthesize()));
		return (!own.isEmpty()) ? own : null;
	}

	/** Return the annotation of a class with several methods, or {@code null}. */
	static @Nullable ZmqListener ofClass(Class<?> type) {
		return AnnotatedElementUtils.findMergedAnnotation(type, ZmqListener.class);
	}

	/** Return the methods of such a class, in an order that is always the same. */
	static Map<Method, ZmqHandler> handlers(Class<?> type) {
		Map<Method, ZmqHandler> sorted = new TreeMap<>(Comparator.comparing(Method::toGenericString));
		sorted.putAll(MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.findMergedAnnotation(method, ZmqHandler.class)));
		return sorted;
	}

	/** Return whether the class has listener methods of either kind. */
	static boolean isListener(Class<?> type) {
		return isCandidate(type) && (ofClass(type) != null || !of(type).isEmpty());
	}

	/**
	 * Return the method to call on a bean.
	 * @throws ZmqConfigurationException if the bean is a proxy that does not pass the
	 * call on
	 */
	static Method invocable(Method method, Object bean, String beanName) {
		Method invocable;
		try {
			invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
		}
		catch (IllegalStateException ex) {
			throw refuse(method, beanName, "does not have the method");
		}
		if (AopUtils.isCglibProxy(bean) && !Modifier.isStatic(method.getModifiers())) {
			String reason = notOverridable(invocable, bean.getClass());
			if (reason != null) {
				throw refuse(method, beanName, "cannot override the method, which is " + reason
						+ ": it would run on the proxy, whose fields are empty");
			}
		}
		return invocable;
	}

	private static @Nullable String notOverridable(Method method, Class<?> proxy) {
		int modifiers = method.getModifiers();
		if (Modifier.isFinal(modifiers)) {
			return "final";
		}
		if (Modifier.isPrivate(modifiers)) {
			return "private";
		}
		Class<?> declaring = method.getDeclaringClass();
		boolean packagePrivate = !Modifier.isPublic(modifiers) && !Modifier.isProtected(modifiers);
		boolean samePackage = ClassUtils.getPackageName(declaring).equals(ClassUtils.getPackageName(proxy))
				&& declaring.getClassLoader() == proxy.getClassLoader();
		return (packagePrivate && !samePackage && !declaring.isInterface())
				? "package-private in another package or class loader" : null;
	}

	private static ZmqConfigurationException refuse(Method method, String beanName, String reason) {
		return new ZmqConfigurationException(
				"@ZmqListener on " + method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()",
				"the bean '" + beanName + "' is behind a proxy that " + reason,
				"Make it neither private nor final, declare it in an interface of the bean, or proxy the class itself");
	}

}
