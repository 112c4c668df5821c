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

package io.github.zmqspring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Refuses values that bind but cannot work.
 */
final class PropertyChecks {

	private static final long LEAST_INCOMING = 1024 * 1024;

	private static final double HUNDRED = 100;

	private PropertyChecks() {
	}

	static void check(ZmqProperties.Context context) {
		atLeast(1, "zmq.context.io-threads", context.getIoThreads());
		atLeast(1, "zmq.context.max-sockets", context.getMaxSockets());
		maxIncomingMemory(context);
		DataSize batchSize = context.getBatchSize();
		if (batchSize.isNegative() || batchSize.toBytes() > Integer.MAX_VALUE) {
			throw new ZmqConfigurationException("zmq.context.batch-size", "'" + batchSize + "' is no size of a buffer",
					"Set it to 0, or to less than 2GB");
		}
	}

	/** Return how many bytes {@code zmq.context.max-incoming-memory} is. */
	static long maxIncomingMemory(ZmqProperties.Context context) {
		String text = context.getMaxIncomingMemory().trim();
		long heap = Runtime.getRuntime().maxMemory();
		long bytes = -1;
		try {
			bytes = (text.endsWith("%"))
					? (long) (heap * (Double.parseDouble(text.substring(0, text.length() - 1).trim()) / HUNDRED))
					: DataSize.parse(text).toBytes();
		}
		catch (IllegalArgumentException ex) {
			// said below
		}
		if (bytes < LEAST_INCOMING || bytes > heap) {
			throw new ZmqConfigurationException("zmq.context.max-incoming-memory",
					"'" + text + "' is neither a size from 1MB to that of the heap nor a part of the heap",
					"Set it to a part such as 25%, or to a size such as 256MB; the heap has " + (heap >> 20) + "MB");
		}
		return bytes;
	}

	static void check(ZmqProperties.Poller poller) {
		atLeast(1, "zmq.poller.threads", poller.getThreads());
	}

	static void check(ZmqProperties.Discovery discovery) {
		positive("zmq.discovery.refresh", discovery.getRefresh());
		notNegative("zmq.discovery.drain-timeout", discovery.getDrainTimeout());
		positive("zmq.discovery.lookup-timeout", discovery.getLookupTimeout());
	}

	static void check(ZmqProperties.Listener listener) {
		atLeast(1, "zmq.listener.concurrency", listener.getConcurrency());
		atLeast(1, "zmq.listener.max-batch-size", listener.getMaxBatchSize());
		notNegative("zmq.listener.batch-timeout", listener.getBatchTimeout());
		atLeast(1, "zmq.listener.max-pending-results", listener.getMaxPendingResults());
		positive("zmq.listener.inline-limit", listener.getInlineLimit());
		positive("zmq.listener.idle-event-interval", listener.getIdleEventInterval());
		ZmqProperties.Retry retry = listener.getRetry();
		atLeast(1, "zmq.listener.retry.max-attempts", retry.getMaxAttempts());
		notNegative("zmq.listener.retry.initial-interval", retry.getInitialInterval());
		notNegative("zmq.listener.retry.max-interval", retry.getMaxInterval());
		if (!(retry.getMultiplier() >= 1)) {
			throw tooLow("zmq.listener.retry.multiplier", retry.getMultiplier(), 1);
		}
	}

	static void check(ZmqProperties.Template template) {
		notNegative("zmq.template.send-timeout", template.getSendTimeout());
		notNegative("zmq.template.receive-timeout", template.getReceiveTimeout());
		notNegative("zmq.template.request-timeout", template.getRequestTimeout());
		notNegative("zmq.template.request-back-off", template.getRequestBackOff());
		atLeast(0, "zmq.template.request-retries", template.getRequestRetries());
		atLeast(1, "zmq.template.max-pending-requests", template.getMaxPendingRequests());
		atLeast(1, "zmq.template.stream-buffer", template.getStreamBuffer());
		if (template.getStreamBufferSize().toBytes() < 1) {
			throw tooLow("zmq.template.stream-buffer-size", template.getStreamBufferSize(), 1);
		}
	}

	static void atLeast(int least, String property, int value) {
		if (value < least) {
			throw tooLow(property, value, least);
		}
	}

	private static void notNegative(String property, Duration value) {
		if (value.isNegative()) {
			throw tooLow(property, value, 0);
		}
	}

	private static void positive(String property, @Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero())) {
			throw new ZmqConfigurationException(property, "'" + value + "' is too low", "Set it to 1ms or more");
		}
	}

	private static ZmqConfigurationException tooLow(String property, Object value, int least) {
		boolean negative = value.toString().startsWith("-") || value.toString().startsWith("PT-");
		return new ZmqConfigurationException(property, "'" + value + "' is too low", "Set it to " + least + " or more"
				+ ((negative) ? ". A negative number does not stand for no limit: set a high value instead" : ""));
	}

	/** Check a property that may name a socket. */
	static void socket(String property, @Nullable String name, ZmqSockets sockets) {
		if (StringUtils.hasText(name) && !sockets.contains(name)) {
			throw new ZmqConfigurationException(property, "there is no socket '" + name + "'",
					"Define zmq.sockets." + name + ", or use one of " + sockets.names());
		}
	}

	/** Check a property that may name a socket to send to. */
	static void sender(String property, @Nullable String name, ZmqSockets sockets) {
		socket(property, name, sockets);
		if (StringUtils.hasText(name)) {
			SocketDefinition definition = sockets.definition(name);
			if (!definition.sends()) {
				throw new ZmqConfigurationException(property,
						"socket '%s' is a %s, which only receives".formatted(name, definition.type()),
						"Name a socket of a type that sends");
			}
		}
	}

	static Executor executor(String property, String name, BeanFactory beans) {
		try {
			return beans.getBean(name, Executor.class);
		}
		catch (BeansException ex) {
			throw new ZmqConfigurationException(property, "'" + name + "' is no bean of type Executor",
					"Name a bean, or use inline for the thread of the poller, or remove it for threads of the listener's own");
		}
	}

}
