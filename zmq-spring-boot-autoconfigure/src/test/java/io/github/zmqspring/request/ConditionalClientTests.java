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

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.tools.ToolProvider;

import io.github.zmqspring.annotation.ZmqClient;
import io.github.zmqspring.annotation.ZmqRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that conditions on client interfaces see the environment of the application.
 */
class ConditionalClientTests {

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void profilesAndConditionsDecide() {
		this.environment.setActiveProfiles("test");
		this.environment.setProperty("feature", "on");
		register();
		assertThat(this.beans.containsBeanDefinition(InProfile.class.getName())).isTrue();
		assertThat(this.beans.containsBeanDefinition(OnProperty.class.getName())).isTrue();
	}

	@Test
	void withoutThemThereIsNoClient() {
		register();
		assertThat(this.beans.containsBeanDefinition(InProfile.class.getName())).isFalse();
		assertThat(this.beans.containsBeanDefinition(OnProperty.class.getName())).isFalse();
	}

	@Test
	void clientsAreFoundByTheClassLoaderOfTheApplication(@TempDir Path directory) throws Exception {
		Path source = Files.writeString(directory.resolve("Remote.java"), """
				package elsewhere;
				@io.github.zmqspring.annotation.ZmqClient("ask")
				public interface Remote {
					@io.github.zmqspring.annotation.ZmqRequest
					String ask();
				}
				""");
		assertThat(ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-cp",
					Path.of(ZmqClient.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(),
					"-d", directory.toString(), source.toString()))
			.isZero();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { directory.toUri().toURL() },
				getClass().getClassLoader())) {
			this.beans.setBeanClassLoader(loader);
			ZmqClientsRegistrar.register(List.of("elsewhere"), this.beans);
			assertThat(this.beans.getBeanDefinitionNames()).containsExactly("elsewhere.Remote");
			assertThat(this.beans.getType("elsewhere.Remote")).isEqualTo(loader.loadClass("elsewhere.Remote"));
		}
	}

	private void register() {
		this.beans.registerSingleton("environment", this.environment);
		ZmqClientsRegistrar.register(List.of(getClass().getPackageName()), this.beans);
	}

	@ZmqClient("ask")
	@Profile("test")
	interface InProfile {

		@ZmqRequest
		String ask();

	}

	@ZmqClient("ask")
	@ConditionalOnProperty(name = "feature", havingValue = "on")
	interface OnProperty {

		@ZmqRequest
		String ask();

	}

}
