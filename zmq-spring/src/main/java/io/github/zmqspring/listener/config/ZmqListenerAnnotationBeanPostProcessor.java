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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqListeners;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.Assert;

/**
 * Finds {@link ZmqListener} methods and registers them. It looks up the beans that it
 * needs only when all singletons exist, so that it creates none too early.
 *
 * @since 0.1.0
 */
public final class ZmqListenerAnnotationBeanPostProcessor
		implements BeanPostProcessor, BeanFactoryAware, SmartInitializingSingleton {

	private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet();

	private final List<Found> found = new ArrayList<>();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	private @Nullable ListenerAnnotationResolver resolver;

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		Assert.isInstanceOf(ConfigurableListableBeanFactory.class, beanFactory);
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (this.withoutListeners.contains(type) || !isCandidate(type)) {
			return bean;
		}
		Map<Method, Set<ZmqListener>> methods = listenerMethods(type);
		if (methods.isEmpty()) {
			this.withoutListeners.add(type);
			return bean;
		}
		if (ScopedProxyUtils.isScopedTarget(beanName)) {
			// messages go to the proxy, which finds the bean of the moment
			return bean;
		}
		requireSingleton(beanName);
		methods.forEach((method, annotations) -> {
			Method invocable = invocable(method, bean, beanName);
			int number = 0;
			for (ZmqListener annotation : annotations) {
				add(new Found(bean, beanName, invocable, annotation, number++));
			}
		});
		return bean;
	}

	/**
	 * A socket has one reader: with several instances of the bean it would have several.
	 */
	private void requireSingleton(String beanName) {
		ConfigurableListableBeanFactory factory = this.beanFactory;
		if (factory != null && factory.containsBean(beanName) && !factory.isSingleton(beanName)) {
			throw new ZmqConfigurationException("@ZmqListener of bean '" + beanName + "'",
					"the bean is no singleton: each instance would read the socket again, or none would",
					"Make it a singleton, give its scope a proxy, or register each instance with ZmqListenerRegistry");
		}
	}

	private static Method invocable(Method method, Object bean, String beanName) {
		try {
			return AopUtils.selectInvocableMethod(method, bean.getClass());
		}
		catch (IllegalStateException ex) {
			throw new ZmqConfigurationException(
					"@ZmqListener on " + method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()",
					"the bean '" + beanName + "' is behind a proxy that does not have the method",
					"Make it neither private nor final, declare it in an interface of the bean, or proxy the class itself");
		}
	}

	/**
	 * Return the listener methods of a class.
	 * @param type the class
	 * @return the annotations of each method, none for other methods
	 */
	public static Map<Method, Set<ZmqListener>> listenerMethods(Class<?> type) {
		return MethodIntrospector.selectMethods(type, (Method method) -> {
			Set<ZmqListener> annotations = AnnotatedElementUtils.findMergedRepeatableAnnotations(method,
					ZmqListener.class, ZmqListeners.class);
			return (!annotations.isEmpty()) ? annotations : null;
		});
	}

	private synchronized void add(Found listener) {
		if (this.resolver != null) {
			register(listener);
		}
		else {
			this.found.add(listener);
		}
	}

	@Override
	public synchronized void afterSingletonsInstantiated() {
		Assert.state(this.beanFactory != null, "No bean factory");
		this.resolver = new ListenerAnnotationResolver(this.beanFactory);
		lookAtOtherScopes(this.beanFactory);
		this.found.forEach(this::register);
		this.found.clear();
	}

	/** Beans of other scopes may not exist yet. */
	private void lookAtOtherScopes(ConfigurableListableBeanFactory factory) {
		for (String name : factory.getBeanDefinitionNames()) {
			BeanDefinition definition = factory.getBeanDefinition(name);
			if (definition.isSingleton() || definition.isAbstract()) {
				continue;
			}
			Class<?> type = factory.getType(name, false);
			if (type == null || !isCandidate(type) || listenerMethods(type).isEmpty()) {
				continue;
			}
			if (ScopedProxyUtils.isScopedTarget(name)) {
				// its proxy is created on demand only
				factory.getBean(ScopedProxyUtils.getOriginalBeanName(name));
			}
			else {
				requireSingleton(name);
			}
		}
	}

	private static boolean isCandidate(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, List.of(ZmqListener.class, ZmqListeners.class));
	}

	private void register(Found listener) {
		Assert.state(this.beanFactory != null && this.resolver != null, "Not initialized");
		this.beanFactory.getBean(ZmqListenerRegistry.class)
			.register(this.resolver.resolve(listener.bean(), listener.beanName(), listener.method(),
					listener.annotation(), listener.number()));
	}

	private record Found(Object bean, String beanName, Method method, ZmqListener annotation, int number) {
	}

}
