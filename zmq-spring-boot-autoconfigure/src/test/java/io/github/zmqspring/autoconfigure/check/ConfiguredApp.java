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

package io.github.zmqspring.autoconfigure.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * An application that is configured by files, variables and arguments, as users do it.
 */
final class ConfiguredApp {

	private final Path directory;

	private final Map<String, Object> variables = new LinkedHashMap<>();

	private String[] arguments = {};

	private Class<?>[] beans = {};

	ConfiguredApp(Path directory) {
		this.directory = directory;
	}

	ConfiguredApp file(String name, String text) {
		try {
			Files.writeString(this.directory.resolve(name), text);
			return this;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	ConfiguredApp yml(String text) {
		return file("application.yml", text);
	}

	ConfiguredApp variable(String name, String value) {
		this.variables.put(name, value);
		return this;
	}

	ConfiguredApp arguments(String... arguments) {
		this.arguments = arguments;
		return this;
	}

	ConfiguredApp beans(Class<?>... beans) {
		this.beans = beans;
		return this;
	}

	void run(Consumer<ConfigurableApplicationContext> action) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, this.variables));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.sources(this.beans)
			.environment(environment)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties("spring.config.location=" + this.directory.toUri(), "spring.main.register-shutdown-hook=false")
			.run(this.arguments)) {
			action.accept(context);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
