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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;

/**
 * Remembers when one of a context's I/O threads dies: nothing flows through it any more.
 *
 * @since 0.1.0
 */
public final class ContextFailures {

	private static final Log logger = LogFactory.getLog(ContextFailures.class);

	private volatile @Nullable String fatal;

	/**
	 * Watches a context on which no socket was made yet.
	 * @param context the context
	 */
	public void watch(ZContext context) {
		context.setUncaughtExceptionHandler(this::died);
		// the connection's own trouble; JeroMQ goes on
		context.setNotificationExceptionHandler(
				(thread, ex) -> logger.debug("The ZeroMQ thread '" + thread.getName() + "' had trouble", ex));
	}

	private void died(Thread thread, Throwable ex) {
		this.fatal = thread.getName() + ": " + ex;
		logger.error("The ZeroMQ thread '" + thread.getName() + "' died: its connections are lost", ex);
	}

	/**
	 * Which thread died of what.
	 * @return the last one, or {@code null} while all are well
	 */
	public @Nullable String fatal() {
		return this.fatal;
	}

}
