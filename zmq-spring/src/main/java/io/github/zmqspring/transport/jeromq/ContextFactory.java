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

import org.zeromq.ZContext;

/**
 * Makes the managed context.
 *
 * @since 0.1.0
 */
public final class ContextFactory {

	private ContextFactory() {
	}

	/**
	 * Makes a context.
	 * @param ioThreads the number of I/O threads
	 * @param maxSockets the most sockets that it may hold
	 * @param batchSize the bytes that an I/O thread reads or writes at once, in the whole
	 * JVM; 0 keeps what JeroMQ does
	 * @param failures told of I/O threads that die
	 * @return a context without sockets, which the caller ends with
	 * {@link ContextTerminator#terminate}
	 */
	public static ZContext create(int ioThreads, int maxSockets, int batchSize, ContextFailures failures) {
		EngineBatch.set(batchSize);
		ZContext context = new ZContext(ioThreads);
		context.getContext().setMaxSockets(maxSockets);
		failures.watch(context);
		IoThreads.cure(context);
		return context;
	}

}
