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

package io.github.zmqspring.logging;

import java.util.List;
import java.util.Map;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of {@link MdcInterceptor}.
 */
class MdcInterceptorTests {

	private final MdcInterceptor interceptor = new MdcInterceptor();

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void whatWasThereBeforeIsThereAgain() throws Throwable {
		MDC.put("before", "kept");
		Object result = this.interceptor.intercept(new Invocation(() -> {
			MDC.put("during", "gone");
			return MDC.getCopyOfContextMap();
		}));
		assertThat(result).isEqualTo(
				Map.of("before", "kept", "during", "gone", MdcInterceptor.LISTENER, "id", MdcInterceptor.SOCKET, "in"));
		assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("before", "kept"));
	}

	@Test
	void nothingStaysOfACallThatFails() {
		assertThatIllegalStateException().isThrownBy(() -> this.interceptor.intercept(new Invocation(() -> {
			throw new IllegalStateException();
		})));
		assertThat(MDC.get(MdcInterceptor.LISTENER)).isNull();
		assertThat(MDC.get(MdcInterceptor.SOCKET)).isNull();
	}

	private record Invocation(Call call) implements ZmqListenerInvocation {

		@Override
		public String listenerId() {
			return "id";
		}

		@Override
		public String socket() {
			return "in";
		}

		@Override
		public List<ZmqMessage> messages() {
			return List.of();
		}

		@Override
		public int attempt() {
			return 1;
		}

		@Override
		public @Nullable Object proceed() throws Throwable {
			return this.call.call();
		}

	}

	private interface Call {

		@Nullable Object call() throws Throwable;

	}

}
