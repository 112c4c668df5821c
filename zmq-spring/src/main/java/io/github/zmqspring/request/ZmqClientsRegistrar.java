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

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import io.github.zmqspring.annotation.ZmqClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Registers a bean for each {@link ZmqClient} interface of some packages.
 *
 * @since 0.1.0
 */
public final class ZmqClientsRegistrar implements ImportBeanDefinitionRegistrar {

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		AnnotationAttributes attributes = AnnotationAttributes
			.fromMap(importing.getAnnotationAttributes(EnableZmqClients.class.getName(), true));
		if (attributes == null) {
			return;
		}
		Set<String> packages = new LinkedHashSet<>(Arrays.asList(attributes.getStringArray("basePackages")));
		for (String type : attributes.getStringArray("basePackageClasses")) {
			packages.add(ClassUtils.getPackageName(type));
		}
		if (packages.isEmpty()) {
			packages.add(ClassUtils.getPackageName(importing.getClassName()));
		}
		register(packages, registry);
	}

	/**
	 * Register the clients of some packages, except those registered already.
	 * @param packages the packages, looked through with those below
	 * @param registry where to; its environment decides about profiles and conditions of
	 * the interfaces
	 */
	public static void register(Collection<String> packages, BeanDefinitionRegistry registry) {
		register(packages, registry, null);
	}

	/**
	 * Register the clients of some packages, as above.
	 * @param packages as above
	 * @param registry as above
	 * @param reader reads the classes, as one that has read them before does at once;
	 * {@code null} for one of its own
	 */
	public static void register(Collection<String> packages, BeanDefinitionRegistry registry,
			@Nullable MetadataReaderFactory reader) {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false,
				environment(registry)) {

			@Override
			protected BeanDefinitionRegistry getRegistry() {
				return registry;
			}

			@Override
			protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
				return definition.getMetadata().isInterface();
			}

		};
		scanner.addIncludeFilter(new AnnotationTypeFilter(ZmqClient.class, false));
		ClassLoader loader = (registry instanceof ConfigurableBeanFactory beans) ? beans.getBeanClassLoader()
				: ClassUtils.getDefaultClassLoader();
		scanner.setResourceLoader(new DefaultResourceLoader(loader));
		if (reader != null) {
			scanner.setMetadataReaderFactory(reader);
		}
		for (String each : packages) {
			for (BeanDefinition found : scanner.findCandidateComponents(each)) {
				String type = String.valueOf(found.getBeanClassName());
				if (!registry.containsBeanDefinition(type)) {
					registry.registerBeanDefinition(type, definition(ClassUtils.resolveClassName(type, loader)));
				}
			}
		}
	}

	private static Environment environment(BeanDefinitionRegistry registry) {
		String name = ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME;
		return (registry instanceof BeanFactory beans && beans.containsBean(name))
				? beans.getBean(name, Environment.class) : new StandardEnvironment();
	}

	/** The type of the bean is known before there is one. */
	private static BeanDefinition definition(Class<?> type) {
		RootBeanDefinition definition = new RootBeanDefinition(ZmqClientFactoryBean.class);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
		definition.setTargetType(ResolvableType.forClassWithGenerics(ZmqClientFactoryBean.class, type));
		definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
		return definition;
	}

}
