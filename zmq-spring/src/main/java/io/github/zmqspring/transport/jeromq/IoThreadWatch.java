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

package io.github.zmqspring.transport.jeromq;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;

/**
 * The I/O threads of a context, made here or by the application. JeroMQ starts them with
 * the first socket.
 *
 * @since 0.1.0
 */
public final class IoThreadWatch {

	private IoThreadWatch() {
	}

	/**
	 * Looks for a thread that has ended though its context is open.
	 * @param context the context
	 * @return the name of such a thread, or {@code null} while all are well
	 */
	public static @Nullable String dead(ZContext context) {
		if (!Cure.THREAD_WATCH.isAvailable()) {
			return null;
		}
		Object threads = JeroMqInternals.CONTEXT_IO_THREADS
			.require(JeroMqInternals.CONTEXT_CONTEXT.require(context.getContext()));
		for (Object thread : ((List<?>) threads).toArray()) {
			Thread worker = (Thread) JeroMqInternals.POLLER_WORKER
				.require(JeroMqInternals.IO_THREAD_POLLER.require(thread));
			if (worker.getState() == Thread.State.TERMINATED && !context.isClosed()) {
				return worker.getName();
			}
		}
		return null;
	}

}
