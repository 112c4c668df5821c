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

package io.github.zmqspring.test;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutputOfFailures}, in a JVM where nothing keeps the output yet.
 */
class OutputOfFailuresTests {

	@Test
	void onlyWhatAFailingTestPrintsIsShown() {
		assertThat(output(Mixed.class)).containsExactly(
				"--- output of io.github.zmqspring.test.OutputOfFailuresTests$Mixed bFails()", "out of b", "err of b",
				"--- end");
	}

	@Test
	void whatTheSetUpOfAClassPrintsIsShownWhenItFails() {
		assertThat(output(FailsAtFirst.class)).contains("out of set-up");
	}

	@Test
	void whatTheTearDownOfAClassPrintsIsShownWhenItFails() {
		assertThat(output(FailsAtLast.class)).contains("out of tear-down");
	}

	private static List<String> output(Class<?> testClass) {
		try (ZmqAppProcess process = ZmqAppProcess.of(Run.class)
			.environment("ZMQ_TEST_OUTPUT", "")
			.args(testClass.getName())
			.start()) {
			// JUnit's start takes long on a busy machine
			assertThat(process.awaitExit(Duration.ofMinutes(1))).isZero();
			return process.lines();
		}
	}

	static class Run {

		public static void main(String[] args) {
			LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
				.selectors(DiscoverySelectors.selectClass(args[0]))
				.build();
			LauncherFactory.create().execute(request);
		}

	}

	@TestMethodOrder(MethodOrderer.MethodName.class)
	static class Mixed {

		@Test
		void aPasses() {
			System.out.println("out of a");
		}

		@Test
		void bFails() {
			System.out.println("out of b");
			System.err.println("err of b");
			throw new AssertionError("wanted");
		}

		@Test
		void cPasses() {
			System.out.println("out of c");
		}

	}

	static class FailsAtFirst {

		@BeforeAll
		static void setUp() {
			System.out.println("out of set-up");
			throw new IllegalStateException("wanted");
		}

		@Test
		void passes() {
		}

	}

	static class FailsAtLast {

		@AfterAll
		static void tearDown() {
			System.out.println("out of tear-down");
			throw new IllegalStateException("wanted");
		}

		@Test
		void passes() {
		}

	}

}
