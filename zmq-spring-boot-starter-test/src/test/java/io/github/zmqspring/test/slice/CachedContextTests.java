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

package io.github.zmqspring.test.slice;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NoLeaks} where the context of a class stays in the cache.
 */
@Isolated("threads and descriptors are those of the whole JVM")
class CachedContextTests {

	private static final String RUN = "cached.contexts.run";

	private static EngineExecutionResults run(Class<?> fixture) {
		System.setProperty(RUN, "true");
		try {
			return EngineTestKit.engine("junit-jupiter").selectors(DiscoverySelectors.selectClass(fixture)).execute();
		}
		finally {
			System.clearProperty(RUN);
		}
	}

	@Test
	void aContextInTheCacheIsNoLeak() {
		EngineExecutionResults results = run(Cached.class);
		assertThat(results.testEvents().succeeded().count()).isEqualTo(2);
		assertThat(results.containerEvents().failed().count()).isZero();
	}

	@Test
	void aSocketThatATestLeavesIsALeakAllTheSame() {
		EngineExecutionResults results = run(Leaking.class);
		try {
			assertThat(results.testEvents().failed().count()).isOne();
		}
		finally {
			Leaking.left.close();
		}
	}

	@Test
	void whatAClosedContextHasLeftIsALeak() {
		EngineExecutionResults results = run(Closed.class);
		try {
			assertThat(results.containerEvents().failed().count()).isOne();
		}
		finally {
			Closed.Forgetful.left.close();
		}
	}

	@ZmqTest(useDefaultFilters = false,
			properties = { "zmq.sockets.cached.type=pull", "zmq.sockets.cached.bind=tcp://*:5570" })
	@EnabledIfSystemProperty(named = RUN, matches = "true")
	@NoLeaks(timeoutSeconds = 2)
	static class Cached {

		@Autowired
		private ZmqSockets sockets;

		@Test
		void first() {
			assertThat(this.sockets.names()).contains("cached");
		}

		@Test
		void second() {
			assertThat(this.sockets.names()).contains("cached");
		}

	}

	@ZmqTest(useDefaultFilters = false,
			properties = { "zmq.sockets.cached.type=pull", "zmq.sockets.cached.bind=tcp://*:5570" })
	@EnabledIfSystemProperty(named = RUN, matches = "true")
	@NoLeaks(timeoutSeconds = 1)
	static class Leaking {

		static ZContext left;

		@Test
		void leaks() {
			left = new ZContext(1);
			left.createSocket(SocketType.PULL).bindToRandomPort("tcp://127.0.0.1");
		}

	}

	@ZmqTest(useDefaultFilters = false, properties = "zmq.sockets.closed.type=pull")
	@EnabledIfSystemProperty(named = RUN, matches = "true")
	@NoLeaks(timeoutSeconds = 1)
	@DirtiesContext
	static class Closed {

		@Test
		void passes() {
		}

		@Configuration(proxyBeanMethods = false)
		static class Forgetful {

			static ZContext left;

			@Bean(destroyMethod = "")
			ZContext forgotten() {
				left = new ZContext(1);
				left.createSocket(SocketType.PULL).bindToRandomPort("tcp://127.0.0.1");
				return left;
			}

		}

	}

}
