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

import java.util.List;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ListenerCounts;
import io.github.zmqspring.listener.ListenerHandler;
import io.github.zmqspring.transport.lane.MessageFlow;
import org.jspecify.annotations.Nullable;

/**
 * What handlers of single messages and of batches have in common.
 */
abstract class MethodHandler implements ListenerHandler {

	private final CallEnvironment environment;

	private final @Nullable Runnable timeoutCall;

	MethodHandler(CallEnvironment environment, @Nullable Runnable timeoutCall) {
		this.environment = environment;
		this.timeoutCall = timeoutCall;
	}

	final CallEnvironment environment() {
		return this.environment;
	}

	@Override
	public final ListenerCounts counts() {
		return this.environment.counters().snapshot(this.environment.failures().notLogged());
	}

	@Override
	public final boolean retries() {
		return this.environment.invocations().retries();
	}

	@Override
	public final @Nullable Runnable timeoutCall() {
		return this.timeoutCall;
	}

	@Override
	public final void reads(@Nullable MessageFlow flow, boolean inline) {
		this.environment.streams().reads(flow);
		this.environment.pending().holdInline((inline) ? flow : null);
	}

	@Override
	public final List<ZmqMessage> giveUpPending(long timeoutNanos) {
		return this.environment.pending().giveUp(timeoutNanos);
	}

	@Override
	public final void took(long nanos) {
		this.environment.counters().nanos.add(nanos);
	}

	@Override
	public final void stopped() {
		LaterRetries later = this.environment.invocations().later();
		if (later != null) {
			later.stop();
		}
		this.environment.failures().flushLog();
	}

	@Override
	public final void unhandled(List<ZmqMessage> messages) {
		this.environment.failures().unhandled(messages);
	}

}
