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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Beans with listener methods that do not exist when the application starts: lazy ones,
 * products of factory beans, and those of other scopes. Without a bean there is no
 * listener, and the application would wait for messages without reading them.
 */
final class DormantListeners {

	private static final Log logger = LogFactory.getLog(DormantListeners.class);

	private final ConfigurableListableBeanFactory factory;

	/** Lazy beans whose class shows only when they are created. */
	private final List<String> unknown = new ArrayList<>();

	DormantListeners(ConfigurableListableBeanFactory factory) {
		this.factory = factory;
	}

	/**
	 * Create the beans that have listener methods.
	 * @param requireSingleton refuses a bean of a scope that cannot listen
	 */
	void wake(Consumer<String> requireSingleton) {
		for (String name : this.factory.getBeanDefinitionNames()) {
			BeanDefinition definition = this.factory.getBeanDefinition(name);
			if (!definition.isAbstract() && isDormant(name, definition)) {
				wake(name, definition, requireSingleton);
			}
		}
		if (!this.unknown.isEmpty()) {
			logger.info("Lazy beans of unknown classes: if they have @ZmqListener methods, these listen only once"
					+ " the beans are created. Remove @Lazy, or declare their classes: " + this.unknown);
		}
	}

	private boolean isDormant(String name, BeanDefinition definition) {
		return !definition.isSingleton() || definition.isLazyInit() || this.factory.isFactoryBean(name);
	}

	private void wake(String name, BeanDefinition definition, Consumer<String> requireSingleton) {
		Class<?> type = this.factory.getType(name, false);
		if (type == null || type.isInterface()) {
			noteUnknown(name, definition, type);
		}
		if (type == null || !ListenerMethods.isListener(type)) {
			return;
		}
		if (ScopedProxyUtils.isScopedTarget(name)) {
			// its proxy is created on demand only
			this.factory.getBean(ScopedProxyUtils.getOriginalBeanName(name));
			return;
		}
		requireSingleton.accept(name);
		this.factory.getBean(name);
	}

	private void noteUnknown(String name, BeanDefinition definition, @Nullable Class<?> type) {
		boolean product = this.factory.isFactoryBean(name);
		boolean exists = this.factory.containsSingleton((product) ? BeanFactoryUtils.transformedBeanName(name) : name);
		boolean listens = type != null && ListenerMethods.isListener(type);
		boolean foreign = type != null && type.getName().startsWith("org.springframework.");
		if (definition.isSingleton() && definition.isLazyInit() && !exists && !listens && !foreign
				&& !definition.hasAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE)) {
			this.unknown.add(name);
		}
	}

}
