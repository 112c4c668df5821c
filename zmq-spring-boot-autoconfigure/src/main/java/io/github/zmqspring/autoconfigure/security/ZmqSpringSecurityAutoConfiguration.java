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

package io.github.zmqspring.autoconfigure.security;

import io.github.zmqspring.transport.SocketRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Auto-configuration that has Spring Security decide about PLAIN clients, and sets the
 * sender of a message as its user.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.github.zmqspring.autoconfigure.ZmqAutoConfiguration")
@ConditionalOnClass({ AuthenticationManager.class, SecurityContextHolder.class })
@ConditionalOnBean(SocketRegistry.class)
public final class ZmqSpringSecurityAutoConfiguration {

	private final AuthenticatedUsers users = new AuthenticatedUsers();

	@Bean
	@ConditionalOnMissingBean
	UserAuthentication zmqUserAuthentication(ObjectProvider<AuthenticationManager> managers,
			ObjectProvider<UserDetailsService> details, ObjectProvider<PasswordEncoder> encoders) {
		return () -> {
			AuthenticationManager manager = manager(managers, details, encoders);
			return (manager != null) ? new SpringSecurityAuthenticator(manager, this.users) : null;
		};
	}

	@Bean
	SecurityContextInterceptor zmqSecurityContextInterceptor() {
		return new SecurityContextInterceptor(this.users);
	}

	private static @Nullable AuthenticationManager manager(ObjectProvider<AuthenticationManager> managers,
			ObjectProvider<UserDetailsService> details, ObjectProvider<PasswordEncoder> encoders) {
		AuthenticationManager manager = managers.getIfUnique();
		if (manager != null) {
			return manager;
		}
		UserDetailsService service = details.getIfUnique();
		if (service == null) {
			return null;
		}
		DaoAuthenticationProvider provider = new DaoAuthenticationProvider(service);
		encoders.ifUnique(provider::setPasswordEncoder);
		return new ProviderManager(provider);
	}

}
