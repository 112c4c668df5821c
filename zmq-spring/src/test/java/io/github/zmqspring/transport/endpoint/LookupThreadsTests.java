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

package io.github.zmqspring.transport.endpoint;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LookupThreads}.
 */
class LookupThreadsTests {

	@Test
	void workGoesOnAfterAStop() throws Exception {
		LookupThreads threads = new LookupThreads("lookup-test");
		for (int i = 0; i < 3; i++) {
			assertThat(threads.executor().submit(() -> Thread.currentThread().getName()).get(20, TimeUnit.SECONDS))
				.isEqualTo("lookup-test");
			threads.stop();
		}
	}

}
