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

package io.github.zmqspring.proxy;

import java.nio.charset.StandardCharsets;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.support.LogLimiter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Deals with messages that a proxy cannot forward: logs them without their payloads, a
 * few times a minute, and sends those that an interceptor failed on to the dead-letter
 * socket.
 */
final class ProxyFailures {

	private static final Log logger = LogFactory.getLog(ProxyFailures.class);

	private final String proxy;

	private final @Nullable String deadLetter;

	private final ZmqSockets sockets;

	private final LogLimiter log;

	private volatile @Nullable String lastError;

	ProxyFailures(ZmqProxyDefinition definition, ZmqSockets sockets) {
		this.proxy = definition.name();
		this.log = new LogLimiter(logger, "Proxy '" + this.proxy + "', messages not forwarded");
		this.deadLetter = definition.deadLetter();
		this.sockets = sockets;
	}

	@Nullable String lastError() {
		return this.lastError;
	}

	void undeliverable(ZmqProxyDirection direction, String reason) {
		report("Proxy '%s' could not deliver a message %s: %s".formatted(this.proxy, text(direction), reason), null);
	}

	void failed(String what) {
		report("Proxy '%s': %s".formatted(this.proxy, what), null);
	}

	/**
	 * An interceptor threw.
	 * @return whether the dead-letter socket has the message
	 */
	boolean intercepted(ZmqProxyDirection direction, ZmqMessage message, Throwable failure) {
		report("Proxy '%s': an interceptor failed on a message %s: %s".formatted(this.proxy, text(direction),
				failure.getClass().getName()), failure);
		String target = this.deadLetter;
		if (target == null) {
			return false;
		}
		try {
			ZmqSocket socket = this.sockets.socket(target);
			socket.send(MessageCodec.prepend(header(direction), MessageCodec.copy(message.raw())),
					socket.definition()
						.options()
						.duration(SocketOption.SEND_TIMEOUT, SocketOutlet.PEER_PATIENCE)
						.toNanos())
				.orThrow(target, SocketOutlet.PEER_PATIENCE);
			return true;
		}
		catch (RuntimeException ex) {
			report("Proxy '%s' lost a message that an interceptor failed on: the dead-letter socket '%s' did not take it"
				.formatted(this.proxy, target), ex);
			return false;
		}
	}

	private byte[] header(ZmqProxyDirection direction) {
		return "reason=FAILED;proxy=%s;direction=%s".formatted(this.proxy, direction).getBytes(StandardCharsets.UTF_8);
	}

	private static String text(ZmqProxyDirection direction) {
		return (direction == ZmqProxyDirection.TO_BACKEND) ? "to the backend" : "to the frontend";
	}

	/** Log what was left out of the log so far. */
	void flushLog() {
		this.log.flush();
	}

	private void report(String text, @Nullable Throwable cause) {
		this.lastError = text;
		this.log.warn(text, cause);
	}

}
