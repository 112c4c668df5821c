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

package io.github.zmqspring.listener.invoke;

import java.time.Duration;

import io.github.zmqspring.listener.ListenerSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.ClassUtils;
import org.springframework.util.backoff.BackOff;

/**
 * Decides when a failed call is repeated: as the policy says, but never for failures that
 * would occur again, such as unreadable and invalid messages and errors.
 */
final class Retries {

	private static final @Nullable Class<?> VALIDATION = (ClassUtils
		.isPresent("jakarta.validation.ValidationException", Retries.class.getClassLoader()))
				? ClassUtils.resolveClassName("jakarta.validation.ValidationException", Retries.class.getClassLoader())
				: null;

	/** What Spring throws instead if it is configured to adapt constraint violations. */
	private static final @Nullable Class<?> METHOD_VALIDATION = (ClassUtils
		.isPresent("org.springframework.validation.method.MethodValidationException", Retries.class.getClassLoader()))
				? ClassUtils.resolveClassName("org.springframework.validation.method.MethodValidationException",
						Retries.class.getClassLoader())
				: null;

	private Retries() {
	}

	static @Nullable RetryTemplate template(@Nullable RetryPolicy own, ListenerSettings.Retry settings) {
		if (own != null) {
			return new RetryTemplate(new Classified(own));
		}
		return (settings.maxAttempts() > 1) ? new RetryTemplate(new Classified(policy(settings))) : null;
	}

	/** Return the policy that is asked only about failures that may be cured. */
	static @Nullable RetryPolicy classified(@Nullable RetryPolicy own, ListenerSettings.Retry settings) {
		RetryPolicy policy = (own != null) ? own : (settings.maxAttempts() > 1) ? policy(settings) : null;
		return (policy != null) ? new Classified(policy) : null;
	}

	private static RetryPolicy policy(ListenerSettings.Retry settings) {
		return RetryPolicy.builder()
			.maxRetries(settings.maxAttempts() - 1L)
			.delay(settings.initialInterval())
			.multiplier(settings.multiplier())
			.maxDelay(settings.maxInterval())
			.build();
	}

	static boolean isWorthIt(Throwable failure) {
		return !(failure instanceof UnreadableMessageException || failure instanceof Error
				|| failure instanceof InterruptedException || isA(VALIDATION, failure)
				|| isA(METHOD_VALIDATION, failure));
	}

	private static boolean isA(@Nullable Class<?> type, Throwable failure) {
		return type != null && type.isInstance(failure);
	}

	/** Asks the policy only about failures that another attempt may cure. */
	private record Classified(RetryPolicy policy) implements RetryPolicy {

		@Override
		public boolean shouldRetry(Throwable failure) {
			Throwable real = (failure instanceof Invocations.Attempts.Failed failed) ? failed.failure() : failure;
			return isWorthIt(real) && this.policy.shouldRetry(real);
		}

		@Override
		public Duration getTimeout() {
			return this.policy.getTimeout();
		}

		@Override
		public BackOff getBackOff() {
			return this.policy.getBackOff();
		}

	}

}
