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

import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.core.status.IncomingMemoryStatus;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import io.github.zmqspring.transport.jeromq.Cure;
import io.github.zmqspring.transport.limit.IncomingMemory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;

/**
 * Makes the managed context, and prepares one of the application's own.
 *
 * @since 0.1.0
 */
public final class ContextFactory {

	/**
	 * How many bytes a connection reads or writes at once, unless something else is asked
	 * for.
	 */
	public static final int BATCH_SIZE = 64 * 1024;

	private static final int INCOMING_PART = 4;

	private static final Log logger = LogFactory.getLog(ContextFactory.class);

	private ContextFactory() {
	}

	/**
	 * Make a context.
	 * @param ioThreads the number of I/O threads
	 * @param maxSockets the most sockets that it may hold
	 * @param batchSize how many bytes a connection reads or writes at once; 0 as many as
	 * JeroMQ alone does
	 * @param failures receives the failures of I/O threads that die
	 * @return a context without sockets, which the caller ends with
	 * {@link io.github.zmqspring.transport.jeromq.ContextTerminator#terminate}
	 */
	public static ZContext create(int ioThreads, int maxSockets, int batchSize, ContextFailures failures) {
		return create(ioThreads, maxSockets, batchSize, defaultIncomingMemory(), failures);
	}

	/**
	 * Make a context.
	 * @param ioThreads the number of I/O threads
	 * @param maxSockets the most sockets that it may hold
	 * @param batchSize how many bytes a connection reads or writes at once; 0 as many as
	 * JeroMQ alone does
	 * @param maxIncomingMemory how many bytes incoming messages may take, from their
	 * first byte until they are read; above that, connections are not read
	 * @param failures receives the failures of I/O threads that die
	 * @return a context without sockets, which the caller ends with
	 * {@link io.github.zmqspring.transport.jeromq.ContextTerminator#terminate}
	 */
	public static ZContext create(int ioThreads, int maxSockets, int batchSize, long maxIncomingMemory,
			ContextFailures failures) {
		ZContext context = new ZContext(ioThreads);
		context.getContext().setMaxSockets(maxSockets);
		failures.watch(context);
		prepare(context, batchSize, maxIncomingMemory);
		return context;
	}

	/**
	 * Have the connections of a context served by the library's engine, and warn of what
	 * cannot be cured there. Does nothing with a context that was prepared before.
	 * @param context the context, on which no socket should have been made yet
	 * @param batchSize how many bytes a connection reads or writes at once; 0 as many as
	 * JeroMQ alone does
	 */
	public static void prepare(ZContext context, int batchSize) {
		prepare(context, batchSize, defaultIncomingMemory());
	}

	/**
	 * Return how many bytes incoming messages may take by default.
	 * @return a quarter of the heap
	 */
	public static long defaultIncomingMemory() {
		return Runtime.getRuntime().maxMemory() / INCOMING_PART;
	}

	/**
	 * Have the connections of a context served by the library's engine, and warn of what
	 * cannot be cured there. Does nothing with a context that was prepared before.
	 * @param context the context, on which no socket should have been made yet
	 * @param batchSize how many bytes a connection reads or writes at once; 0 as many as
	 * JeroMQ alone does
	 * @param maxIncomingMemory how many bytes incoming messages may take
	 */
	public static void prepare(ZContext context, int batchSize, long maxIncomingMemory) {
		if (IoThreads.isPrepared(context)) {
			return;
		}
		IoThreads.prepare(context, batchSize, maxIncomingMemory);
		List<String> missing = missing(context);
		if (!missing.isEmpty()) {
			logger.warn("Some of JeroMQ's ills cannot be cured: " + String.join("; ", missing));
		}
	}

	/**
	 * Return whether the library's engine serves the connections of a context.
	 * @param context the context
	 * @return {@code false} if JeroMQ's own does
	 */
	public static boolean isPrepared(ZContext context) {
		return IoThreads.isPrepared(context);
	}

	/**
	 * Return which of JeroMQ's ills could not be cured in a context, and what that means.
	 * @param context the context
	 * @return a sentence each; none if all is well
	 */
	public static List<String> missing(ZContext context) {
		if (!Cure.ENGINE.isAvailable() || IoThreads.isPrepared(context)) {
			return Cure.missing();
		}
		List<String> missing = new ArrayList<>(Cure.missing());
		missing.add(0, Cure.ENGINE.without()
				+ " (a socket was made on this ZContext before the library saw it: make it a bean without sockets)");
		return missing;
	}

	/**
	 * Return what the incoming messages of a context take.
	 * @param context the context
	 * @return the status, or {@code null} if the library's engine does not serve its
	 * connections
	 */
	public static @Nullable IncomingMemoryStatus incomingMemory(ZContext context) {
		IncomingMemory memory = IoThreads.memory(context);
		return (memory != null) ? memory.status() : null;
	}

}
