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

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SkippedTests}, found as a service.
 */
@ExtendWith(OutputCaptureExtension.class)
class SkippedTestsTests {

	@Test
	void eachSkippedTestIsNamedWithItsReasonWhenTheRunEnds(CapturedOutput output) {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectClass(Example.class), DiscoverySelectors.selectClass(Off.class))
			.build();
		LauncherFactory.create().execute(request);
		assertThat(output.getOut().lines()).containsExactlyInAnyOrder(
				"Skipped: SkippedTestsTests$Example.disabled [disabled()]: needs a moon",
				"Skipped: SkippedTestsTests$Example.aborted [aborted()]: Assumption failed: no tide",
				"Skipped: SkippedTestsTests$Off [SkippedTestsTests$Off]: needs a sun");
	}

	static class Example {

		@Test
		void runs() {
		}

		@Test
		@Disabled("needs a moon")
		void disabled() {
		}

		@Test
		void aborted() {
			Assumptions.assumeTrue(false, "no tide");
		}

	}

	@Disabled("needs a sun")
	static class Off {

		@Test
		void runs() {
		}

	}

}
