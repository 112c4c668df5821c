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

package io.github.zmqspring.transport.engine;

import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ContextFactory}.
 */
@NoLeaks
class ContextFactoryTests {

	@Test
	void tellsWhatCannotBeCuredInAContextThatHasSockets() {
		try (ZContext context = new ZContext()) {
			context.createSocket(SocketType.PULL);
			ContextFactory.prepare(context, 0);
			assertThat(ContextFactory.missing(context)).singleElement()
				.asString()
				.contains("JeroMQ's own engine", "a socket was made on this ZContext");
		}
	}

	@Test
	void preparesAContextOfTheApplicationsOwnOnce() {
		try (ZContext context = new ZContext()) {
			ContextFactory.prepare(context, 0);
			Object threads = context.getThreadFactory();
			ContextFactory.prepare(context, 0);
			assertThat(context.getThreadFactory()).isSameAs(threads);
			assertThat(ContextFactory.missing(context)).isEmpty();
			assertThat(ContextFactory.isPrepared(context)).isTrue();
		}
	}

}
