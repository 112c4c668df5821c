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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Applications of the tests, in this JVM.
 */
final class Contexts {

	private Contexts() {
	}

	static ConfigurableApplicationContext start(Class<?> listeners, List<String> properties) {
		return new SpringApplicationBuilder(Application.class, Recorder.class, listeners).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties(properties.toArray(String[]::new))
			.run();
	}

	/** A pull socket of each name, and a push socket {@code to-<name>} that feeds it. */
	static List<String> pipes(String... names) {
		List<String> properties = new ArrayList<>();
		for (String name : names) {
			properties.addAll(List.of("zmq.sockets." + name + ".type=pull",
					"zmq.sockets." + name + ".bind=inproc://" + name, "zmq.sockets.to-" + name + ".type=push",
					"zmq.sockets.to-" + name + ".connect=inproc://" + name));
		}
		return properties;
	}

	static List<String> with(List<String> properties, String... more) {
		List<String> all = new ArrayList<>(properties);
		all.addAll(List.of(more));
		return all;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * What listeners got.
	 */
	static class Recorder {

		private final Map<String, BlockingQueue<Object>> values = new ConcurrentHashMap<>();

		void add(String name, Object value) {
			queue(name).add(value);
		}

		Object next(String name) throws InterruptedException {
			Object value = queue(name).poll(20, TimeUnit.SECONDS);
			if (value == null) {
				throw new AssertionError("Nothing came to '" + name + "' within 20 s");
			}
			return value;
		}

		@Nullable Object poll(String name, int seconds) throws InterruptedException {
			return queue(name).poll(seconds, TimeUnit.SECONDS);
		}

		boolean isEmpty(String name) {
			return queue(name).isEmpty();
		}

		private BlockingQueue<Object> queue(String name) {
			return this.values.computeIfAbsent(name, (key) -> new LinkedBlockingQueue<>());
		}

	}

}
