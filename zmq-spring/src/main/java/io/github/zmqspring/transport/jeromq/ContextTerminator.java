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

import java.time.Duration;

import io.github.zmqspring.support.Uninterruptibly;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.zeromq.ZContext;

/**
 * Ends a context on a thread of its own: an interrupt during the close would leave its
 * threads behind for good, and a socket that was left open would hang it.
 *
 * @since 0.1.0
 */
public final class ContextTerminator {

	private static final Log logger = LogFactory.getLog(ContextTerminator.class);

	private ContextTerminator() {
	}

	/**
	 * Closes a context whose sockets are closed.
	 * @param context the context
	 * @param timeout how long to wait for it
	 * @return whether it ended in time
	 */
	public static boolean terminate(ZContext context, Duration timeout) {
		Thread thread = new Thread(context::close, "zmq-context-close");
		thread.setDaemon(true);
		thread.start();
		boolean ended = Uninterruptibly.join(thread, timeout.toNanos());
		if (!ended) {
			logger.warn("The ZeroMQ context did not end within " + timeout
					+ ": a socket that was made from it directly is still open, or messages linger");
		}
		return ended;
	}

}
