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

import java.lang.reflect.Field;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.Ctx;
import zmq.io.IOThread;
import zmq.poll.Poller;

/**
 * The I/O threads of a context, whoever made it. JeroMQ starts them with the first
 * socket.
 *
 * @since 0.1.0
 */
public final class IoThreadWatch {

	private static final Field CONTEXT = JeroMq.field(ZMQ.Context.class, "ctx");

	private static final Field THREADS = JeroMq.field(Ctx.class, "ioThreads");

	private static final Field POLLER = JeroMq.field(IOThread.class, "poller");

	private static final Field WORKER = JeroMq.field(Poller.class.getSuperclass(), "worker");

	private IoThreadWatch() {
	}

	/**
	 * Looks for a thread that has ended though its context is open.
	 * @param context the context
	 * @return the name of such a thread, or {@code null} while all are well
	 */
	public static @Nullable String dead(ZContext context) {
		try {
			for (Object thread : ((List<?>) THREADS.get(CONTEXT.get(context.getContext()))).toArray()) {
				Thread worker = (Thread) WORKER.get(POLLER.get(thread));
				if (worker.getState() == Thread.State.TERMINATED && !context.isClosed()) {
					return worker.getName();
				}
			}
			return null;
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
