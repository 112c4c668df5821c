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

package io.github.zmqspring.autoconfigure.actuate;

import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProperties;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.observation.DefaultZmqListenerObservationConvention;
import io.github.zmqspring.observation.DefaultZmqRequestObservationConvention;
import io.github.zmqspring.observation.DefaultZmqTemplateObservationConvention;
import io.github.zmqspring.observation.MicrometerObserver;
import io.github.zmqspring.observation.ZmqListenerObservationConvention;
import io.github.zmqspring.observation.ZmqRequestObservationConvention;
import io.github.zmqspring.observation.ZmqTemplateObservationConvention;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration of observations. Without any that is enabled there is no observer,
 * and no cost.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = ZmqAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@Conditional(OnObservationCondition.class)
@EnableConfigurationProperties(ZmqProperties.class)
public final class ZmqObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(MessageObserver.class)
	MicrometerObserver zmqMessageObserver(ObservationRegistry registry, ZmqProperties properties,
			ObjectProvider<ZmqTemplateObservationConvention> template,
			ObjectProvider<ZmqRequestObservationConvention> request,
			ObjectProvider<ZmqListenerObservationConvention> listener) {
		return new MicrometerObserver(registry,
				(properties.getTemplate().isObservationEnabled())
						? template.getIfUnique(DefaultZmqTemplateObservationConvention::new) : null,
				(properties.getRequest().isObservationEnabled())
						? request.getIfUnique(DefaultZmqRequestObservationConvention::new) : null,
				(properties.getListener().isObservationEnabled())
						? listener.getIfUnique(DefaultZmqListenerObservationConvention::new) : null);
	}

}
