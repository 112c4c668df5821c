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

package io.github.zmqspring.app;

import java.net.URL;
import java.net.URLClassLoader;

import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.Ports;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for restarts as Spring Boot's developer tools make them: the classes of the
 * application come from a new class loader each time, those of the library stay.
 */
@NoLeaks
class RestartTests {

	@Test
	void theApplicationRestartsOnTheSamePortWithClassesOfItsOwn() throws Exception {
		Class<?> before = null;
		int port = 0;
		for (int run = 0; run < 3; run++) {
			ClassLoader saved = Thread.currentThread().getContextClassLoader();
			try (RestartLoader loader = new RestartLoader()) {
				Thread.currentThread().setContextClassLoader(loader);
				Class<?> source = loader.loadClass(RestartedApp.class.getName());
				assertThat(source).isNotSameAs(before).isNotSameAs(RestartedApp.class);
				before = source;
				try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
						new DefaultResourceLoader(loader), source)
					.web(WebApplicationType.NONE)
					.properties("spring.main.banner-mode=off", "spring.jmx.enabled=false", "zmq.sockets.in.type=rep",
							"zmq.sockets.in.bind=tcp://127.0.0.1:" + ((port != 0) ? port : "*"),
							"zmq.sockets.ask.type=req", "zmq.sockets.ask.connect=socket:in")
					.run()) {
					Environment environment = context.getEnvironment();
					port = environment.getRequiredProperty("local.zmq.in.port", Integer.class);
					assertThat(context.getBean(ZmqTemplate.class).convertSendAndReceive("ask", "run", String.class))
						.isEqualTo("run " + ClassUtils.getShortName(RestartLoader.class));
				}
				Ports.awaitFree(port);
			}
			finally {
				Thread.currentThread().setContextClassLoader(saved);
			}
		}
	}

	/** Loads the application's class itself. */
	private static final class RestartLoader extends URLClassLoader {

		private RestartLoader() {
			super(new URL[] { RestartedApp.class.getProtectionDomain().getCodeSource().getLocation() },
					RestartTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(RestartedApp.class.getName())) {
				return super.loadClass(name, resolve);
			}
			Class<?> found = findLoadedClass(name);
			return (found != null) ? found : findClass(name);
		}

	}

}
