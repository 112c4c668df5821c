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

import java.util.Map;

import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqListenerInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.core.Ordered;

/**
 * Has the log lines of a listener's call carry its id and its socket, as
 * {@value #LISTENER} and {@value #SOCKET} of SLF4J's {@link MDC}. What the call itself
 * puts there does not stay for the next message of the lane.
 *
 * @since 0.1.0
 */
public final class MdcInterceptor implements ZmqListenerInterceptor, Ordered {

	/** The key of the listener's id. */
	public static final String LISTENER = "zmq.listener";

	/** The key of the socket's logical name. */
	public static final String SOCKET = "zmq.socket";

	@Override
	public @Nullable Object intercept(ZmqListenerInvocation invocation) throws Throwable {
		Map<String, String> before = MDC.getCopyOfContextMap();
		MDC.put(LISTENER, invocation.listenerId());
		MDC.put(SOCKET, invocation.socket());
		try {
			return invocation.proceed();
		}
		finally {
			if (before != null) {
				MDC.setContextMap(before);
			}
			else {
				MDC.clear();
			}
		}
	}

	/** Within what a task decorator sets up. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 10;
	}

}
