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

import io.github.zmqspring.core.discovery.ZmqEndpointResolver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of {@code discovery:///} endpoints, where Spring Cloud Commons is on
 * the class path.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = ZmqAutoConfiguration.class)
@ConditionalOnClass(DiscoveryClient.class)
@ConditionalOnProperty(name = "zmq.enabled", matchIfMissing = true)
public final class ZmqDiscoveryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "zmqSpringCloudResolver")
	ZmqEndpointResolver zmqSpringCloudResolver(ObjectProvider<DiscoveryClient> clients) {
		return new SpringCloudResolver(clients);
	}

}
