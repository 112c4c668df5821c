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

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.javapoet.ClassName;

/**
 * Registers with a native image the proxies of clients, and of the types that they send
 * and get.
 */
final class ZmqClientAotProcessor implements BeanRegistrationAotProcessor {

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		BeanDefinition definition = bean.getMergedBeanDefinition();
		if (!ZmqClientFactoryBean.class.getName().equals(definition.getBeanClassName())
				|| !(definition.getAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE) instanceof Class<?> type)) {
			return null;
		}
		return BeanRegistrationAotContribution.concat(
				BeanRegistrationAotContribution
					.withCustomCodeFragments((fragments) -> new InPackageOfClient(fragments, type)),
				(generation, code) -> contribute(generation.getRuntimeHints(), type));
	}

	private void contribute(RuntimeHints hints, Class<?> type) {
		hints.proxies().registerJdkProxy(type);
		hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
		for (Method method : type.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers())) {
				this.bindings.registerReflectionHints(hints.reflection(), method.getGenericReturnType());
				this.bindings.registerReflectionHints(hints.reflection(), method.getGenericParameterTypes());
			}
		}
	}

	/** The interface may be visible in its own package only. */
	private static final class InPackageOfClient extends BeanRegistrationCodeFragmentsDecorator {

		private final Class<?> type;

		private InPackageOfClient(BeanRegistrationCodeFragments fragments, Class<?> type) {
			super(fragments);
			this.type = type;
		}

		@Override
		public ClassName getTarget(RegisteredBean registeredBean) {
			return ClassName.get(this.type);
		}

	}

}
