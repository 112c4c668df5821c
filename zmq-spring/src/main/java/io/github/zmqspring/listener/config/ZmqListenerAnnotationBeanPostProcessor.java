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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqspring.annotation.ZmqHandler;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.util.Assert;

/**
 * Finds {@link ZmqListener} methods and registers them. It looks up the beans that it
 * needs only when all singletons exist, so that it creates none too early. In a child of
 * the application's context it registers with the registry of the application, and takes
 * its listeners back when the child is closed.
 *
 * @since 0.1.0
 */
public final class ZmqListenerAnnotationBeanPostProcessor implements DestructionAwareBeanPostProcessor,
		BeanFactoryAware, SmartInitializingSingleton, ApplicationListener<ContextClosedEvent> {

	private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet();

	private final Set<String> seen = ConcurrentHashMap.newKeySet();

	private final List<Found> found = new ArrayList<>();

	/** What was registered for each bean, by its name. */
	private final Map<String, List<ZmqListenerEndpoint>> registered = new HashMap<>();

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
		if (this.withoutListeners.contains(type) || !ListenerMethods.isCandidate(type)) {
			return bean;
		}
		if (!ListenerMethods.isListener(type)) {
			this.withoutListeners.add(type);
			return bean;
		}
		if (ScopedProxyUtils.isScopedTarget(beanName)) {
			// messages go to the proxy, which finds the bean of the moment
			return bean;
		}
		requireSingleton(beanName);
		this.seen.add(beanName);
		findHandlers(bean, beanName, type);
		listenerMethods(type).forEach((method, annotations) -> {
			Method invocable = ListenerMethods.invocable(method, bean, beanName);
			int number = 0;
			for (ZmqListener annotation : annotations) {
				add(new Found(bean, beanName, invocable, annotation, number++, Map.of()));
			}
		});
		return bean;
	}

	private void findHandlers(Object bean, String beanName, Class<?> type) {
		ZmqListener annotation = ListenerMethods.ofClass(type);
		if (annotation == null) {
			return;
		}
		Map<Method, ZmqHandler> handlers = new LinkedHashMap<>();
		ListenerMethods.handlers(type)
			.forEach((method, handler) -> handlers.put(ListenerMethods.invocable(method, bean, beanName), handler));
		if (handlers.isEmpty()) {
			throw new ZmqConfigurationException("@ZmqListener on " + type.getSimpleName(),
					"the class has no method with @ZmqHandler",
					"Mark its methods with @ZmqHandler, or put @ZmqListener on a method");
		}
		Method first = handlers.keySet().iterator().next();
		add(new Found(bean, beanName, first, annotation, 0, handlers));
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

	/**
	 * Return the listener methods of a class.
	 * @param type the class
	 * @return the annotations of each method, none for other methods
	 */
	public static Map<Method, Set<ZmqListener>> listenerMethods(Class<?> type) {
		return ListenerMethods.of(type);
	}

	/**
	 * Return whether a class has listener methods, or is a listener itself.
	 * @param type the class
	 * @return {@code true} if it has
	 */
	public static boolean isListener(Class<?> type) {
		return ListenerMethods.isListener(type);
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
	public void afterSingletonsInstantiated() {
		ConfigurableListableBeanFactory factory = this.beanFactory;
		Assert.state(factory != null, "No bean factory");
		new DormantListeners(factory).wake(this::requireSingleton);
		findReplaced(factory);
		synchronized (this) {
			this.resolver = new ListenerAnnotationResolver(factory);
			this.found.forEach(this::register);
			this.found.clear();
		}
	}

	/**
	 * Find listeners among beans that replaced others without being processed, such as
	 * the mocks of Spring's tests.
	 */
	private void findReplaced(ConfigurableListableBeanFactory factory) {
		for (String name : factory.getBeanDefinitionNames()) {
			Object bean = (this.seen.contains(name)) ? null : factory.getSingleton(name);
			if (bean != null && !factory.isFactoryBean(name)) {
				postProcessAfterInitialization(bean, name);
			}
		}
	}

	private void register(Found listener) {
		Assert.state(this.resolver != null, "Not initialized");
		ZmqListenerEndpoint endpoint = (listener.handlers().isEmpty())
				? this.resolver.resolve(listener.bean(), listener.beanName(), listener.method(), listener.annotation(),
						listener.number())
				: this.resolver.resolve(listener.bean(), listener.beanName(), listener.handlers(),
						listener.annotation());
		registry().register(endpoint);
		this.registered.computeIfAbsent(listener.beanName(), (name) -> new ArrayList<>()).add(endpoint);
	}

	private ZmqListenerRegistry registry() {
		Assert.state(this.beanFactory != null, "No bean factory");
		return this.beanFactory.getBean(ZmqListenerRegistry.class);
	}

	/** Take the listeners of a child context back before its beans are destroyed. */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		ApplicationContext closed = event.getApplicationContext();
		ConfigurableListableBeanFactory factory = this.beanFactory;
		if (factory == null || closed.getAutowireCapableBeanFactory() != factory
				|| factory.getBeanNamesForType(ZmqListenerRegistry.class, true, false).length != 0) {
			// the registry of the same context stops in its phase
			return;
		}
		List<ZmqListenerEndpoint> all = new ArrayList<>();
		synchronized (this) {
			this.registered.values().forEach(all::addAll);
			this.registered.clear();
		}
		unregister(all);
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		return !this.withoutListeners.contains(type) && ListenerMethods.isListener(type);
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		List<ZmqListenerEndpoint> gone;
		synchronized (this) {
			gone = this.registered.remove(beanName);
		}
		if (gone != null) {
			unregister(gone);
		}
	}

	private void unregister(List<ZmqListenerEndpoint> endpoints) {
		ZmqListenerRegistry registry = registry();
		if (registry.isRunning()) {
			endpoints.forEach((endpoint) -> registry.unregister(endpoint.id()));
		}
	}

	private record Found(Object bean, String beanName, Method method, ZmqListener annotation, int number,
			Map<Method, ZmqHandler> handlers) {
	}

}
