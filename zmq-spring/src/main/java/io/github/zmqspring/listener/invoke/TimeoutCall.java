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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqReplier;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Calls a listener's method because nothing has come for its timeout: without arguments,
 * as {@code recv} returns nothing. What it returns goes where a result goes, unless that
 * would need a peer to reply to.
 */
final class TimeoutCall implements Runnable {

	private static final ZmqMessage NOBODY = ZmqMessage.of("");

	private final ZmqListenerEndpoint endpoint;

	private final Invocations invocations;

	private final FailurePolicy failures;

	private final ReplySender replies;

	private final ListenerCounters counters;

	private final @Nullable Object[] arguments;

	private final boolean sendsResult;

	private TimeoutCall(CallEnvironment environment) {
		this.endpoint = environment.endpoint();
		this.invocations = environment.invocations();
		this.failures = environment.failures();
		this.replies = environment.replies();
		this.counters = environment.counters();
		this.arguments = Stream.of(this.endpoint.method().getParameterTypes()).map(TimeoutCall::nothing).toArray();
		SocketDefinition definition = environment.definition();
		this.sendsResult = this.replies.sendsOn() || (definition.replies() && !definition.routes());
		ReflectionUtils.makeAccessible(this.endpoint.method());
	}

	/**
	 * Create the call.
	 * @throws io.github.zmqspring.core.ZmqConfigurationException if the method cannot be
	 * called with nothing
	 */
	static TimeoutCall of(CallEnvironment environment) {
		check(environment.endpoint());
		return new TimeoutCall(environment);
	}

	private static void check(ZmqListenerEndpoint endpoint) {
		Method method = endpoint.method();
		for (int i = 0; i < method.getParameterCount(); i++) {
			Class<?> type = method.getParameterTypes()[i];
			if (type.isPrimitive() || type == ZmqReplier.class
					|| FrameArgumentResolver.isContinuation(ParameterChecks.parameter(endpoint, i))) {
				throw endpoint.refuse(
						"it has a timeout, and its parameter of type " + type.getSimpleName()
								+ " has no value when nothing has come",
						"Use parameters that may be null or an Optional, or give the socket a second method");
			}
		}
	}

	private static @Nullable Object nothing(Class<?> type) {
		if (type == Optional.class) {
			return Optional.empty();
		}
		return (type == List.class) ? List.of() : null;
	}

	@Override
	public void run() {
		this.counters.active.incrementAndGet();
		try {
			Object result = this.invocations.once(List.of(), 1, this::invoke);
			CompletionStage<?> stage = AsyncResults.asStage(result, this::send, (cancel) -> {
			});
			if (stage == null) {
				send(result);
			}
			else {
				stage.whenComplete(this::completeLater);
			}
		}
		catch (Throwable ex) {
			this.failures.failedWithoutMessage(ex);
		}
		finally {
			this.counters.active.decrementAndGet();
		}
	}

	private @Nullable Object invoke() throws Throwable {
		try {
			return this.endpoint.method().invoke(this.endpoint.bean(), this.arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private void completeLater(@Nullable Object result, @Nullable Throwable failure) {
		try {
			if (failure != null) {
				this.failures.failedWithoutMessage(failure);
			}
			else {
				send(result);
			}
		}
		catch (Throwable ex) {
			this.failures.failedWithoutMessage(ex);
		}
	}

	private boolean send(@Nullable Object result) {
		return result == null || !this.sendsResult || this.replies.send(NOBODY, result);
	}

}
