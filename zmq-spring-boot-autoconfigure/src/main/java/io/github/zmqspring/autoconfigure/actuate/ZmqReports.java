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

package io.github.zmqspring.autoconfigure.actuate;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.status.RequestStatus;
import io.github.zmqspring.core.status.SocketDetails;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyDefinition;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.jeromq.Descriptors;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Assembles what the endpoint shows of the context, of sockets and of proxies, and leaves
 * secrets out.
 */
final class ZmqReports {

	private final ZContext context;

	private final SocketRegistry sockets;

	private final RequestOperations requests;

	private final Sanitizer sanitizer;

	ZmqReports(ZContext context, SocketRegistry sockets, RequestOperations requests, Sanitizer sanitizer) {
		this.context = context;
		this.sockets = sockets;
		this.requests = requests;
		this.sanitizer = sanitizer;
	}

	ZmqEndpoint.ContextReport context(@Nullable String failure) {
		return new ZmqEndpoint.ContextReport(this.context.isClosed(), this.context.getIoThreads(), failure,
				Descriptors.count(), ContextFactory.incomingMemory(this.context), this.sockets.droppedEvents());
	}

	ZmqEndpoint.SocketReport socket(String name) {
		SocketDefinition definition = this.sockets.definition(name);
		SocketDetails details = this.sockets.details(name);
		RequestStatus status = this.requests.status(name);
		return new ZmqEndpoint.SocketReport(this.sockets.status(name), details.openedAt(), details.lastErrorAt(),
				definition.envelope().name().toLowerCase(Locale.ROOT), options(definition), details.topics(),
				details.subscriptions(), details.peers(), details.connects(), details.names(), details.notListening(),
				details.closedOutside(), details.acceptFailures(), details.refusals(),
				(status != RequestStatus.NONE) ? status : null);
	}

	/** The options that were set; all others have their defaults. */
	private Map<String, @Nullable Object> options(SocketDefinition definition) {
		Map<String, @Nullable Object> options = new TreeMap<>();
		definition.options()
			.values()
			.forEach((option, value) -> options.put(option.key(), shown(definition, option, value)));
		return options;
	}

	private @Nullable Object shown(SocketDefinition definition, SocketOption option, Object value) {
		String property = SocketDefinition.property(definition.name()) + ".options." + option.key();
		Object text = (value instanceof Number || value instanceof Boolean) ? value : String.valueOf(value);
		// a routing id identifies its owner to peers, and may serve as a secret
		boolean secret = option == SocketOption.ROUTING_ID || option == SocketOption.CONNECT_ROUTING_ID;
		return this.sanitizer.sanitize(new SanitizableData(null, property, text), !secret);
	}

	ZmqEndpoint.ProxyReport proxy(ZmqProxies proxies, String name) {
		ZmqProxyDefinition definition = proxies.definition(name);
		UnaryOperator<String> of = (side) -> name + "." + side;
		return new ZmqEndpoint.ProxyReport(proxies.status(name), side(of.apply("frontend")), side(of.apply("backend")),
				(definition.capture() != null) ? side(of.apply("capture")) : null);
	}

	private ZmqEndpoint.@Nullable Side side(String socket) {
		if (!this.sockets.contains(socket)) {
			return null;
		}
		SocketStatus status = this.sockets.status(socket);
		return new ZmqEndpoint.Side(socket, status.type(), status.state(), status.bound(), status.connected(),
				status.peers());
	}

}
