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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartFactoryBean;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Makes the bean of a {@link io.github.zmqspring.annotation.ZmqClient} interface. All its
 * methods are looked at when the bean is made.
 *
 * @param <T> the interface
 * @since 0.1.0
 */
public final class ZmqClientFactoryBean<T> implements SmartFactoryBean<T>, BeanFactoryAware {

	private final Class<T> type;

	private @Nullable ConfigurableBeanFactory beanFactory;

	/**
	 * Create the factory.
	 * @param type the interface
	 */
	public ZmqClientFactoryBean(Class<T> type) {
		this.type = type;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (ConfigurableBeanFactory) beanFactory;
	}

	/** An interface that cannot work fails the start, used or not. */
	@Override
	public boolean isEagerInit() {
		return true;
	}

	@Override
	public Class<?> getObjectType() {
		return this.type;
	}

	@Override
	public T getObject() {
		Assert.state(this.beanFactory != null, "No bean factory");
		ZmqTemplate template = this.beanFactory.getBean(ZmqTemplate.class);
		Map<Method, ClientMethod> methods = new HashMap<>();
		for (Method method : this.type.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers()) && !ReflectionUtils.isObjectMethod(method)) {
				methods.put(method, ClientMethod.of(template, this.type, method, this.beanFactory));
			}
		}
		if (methods.isEmpty()) {
			throw new ZmqConfigurationException("@ZmqClient " + this.type.getSimpleName(), "it has no methods",
					"Declare methods with @ZmqRequest");
		}
		InvocationHandler handler = (proxy, method, arguments) -> invoke(methods, proxy, method, arguments);
		return this.type
			.cast(Proxy.newProxyInstance(this.type.getClassLoader(), new Class<?>[] { this.type }, handler));
	}

	private @Nullable Object invoke(Map<Method, ClientMethod> methods, Object proxy, Method method,
			@Nullable Object @Nullable [] arguments) throws Throwable {
		ClientMethod request = methods.get(method);
		if (request != null) {
			return request.invoke(arguments);
		}
		if (method.isDefault()) {
			return InvocationHandler.invokeDefault(proxy, method, arguments);
		}
		return switch (method.getName()) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> "@ZmqClient " + this.type.getName();
		};
	}

}
