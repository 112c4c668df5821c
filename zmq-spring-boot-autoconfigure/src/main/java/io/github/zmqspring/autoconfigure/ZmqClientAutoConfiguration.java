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

import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.request.ZmqClientsRegistrar;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Auto-configuration of {@link io.github.zmqspring.annotation.ZmqClient} interfaces in
 * the application's own packages.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZmqAutoConfiguration.class)
@ConditionalOnClass(ZmqTemplate.class)
@ConditionalOnProperty(name = "zmq.enabled", matchIfMissing = true)
@Import(ZmqClientAutoConfiguration.Registrar.class)
public final class ZmqClientAutoConfiguration {

	/**
	 * Registers the clients in the packages of the application.
	 */
	static final class Registrar implements ImportBeanDefinitionRegistrar {

		/** Spring Boot's, which has read the classes that are components. */
		private static final String READER = "org.springframework.boot.autoconfigure.internalCachingMetadataReaderFactory";

		private final BeanFactory beanFactory;

		Registrar(BeanFactory beanFactory) {
			this.beanFactory = beanFactory;
		}

		@Override
		public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
			if (AutoConfigurationPackages.has(this.beanFactory)) {
				MetadataReaderFactory reader = (this.beanFactory.containsBean(READER))
						? this.beanFactory.getBean(READER, MetadataReaderFactory.class) : null;
				ZmqClientsRegistrar.register(AutoConfigurationPackages.get(this.beanFactory), registry, reader);
			}
		}

	}

}
