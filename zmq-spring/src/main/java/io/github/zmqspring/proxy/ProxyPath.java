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

import java.util.List;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.transport.lane.LaneHandler;

/**
 * One direction of a proxy: the way of a message from the socket that it came in at to
 * the one that it goes out from. Runs on the lane of that direction alone.
 */
final class ProxyPath implements LaneHandler {

	private final SocketDefinition source;

	private final ZmqProxyDirection direction;

	private final Inlet inlet;

	private final Outlet outlet;

	private final ProxyEnvironment environment;

	private final List<ZmqProxyInterceptor> interceptors;

	private final ProxyCounters counters;

	ProxyPath(ZmqProxyDirection direction, SocketDefinition source, Inlet inlet, Outlet outlet,
			ProxyEnvironment environment) {
		this.direction = direction;
		this.source = source;
		this.inlet = inlet;
		this.outlet = outlet;
		this.environment = environment;
		this.interceptors = environment.interceptors().get();
		this.counters = environment.counters(direction);
	}

	@Override
	public void handle(ZmqMessage message) {
		this.counters.received.increment();
		ZmqMessage taken;
		try {
			taken = this.inlet.take(message);
		}
		catch (UnusableMessageException ex) {
			undeliverable(String.valueOf(ex.getMessage()));
			return;
		}
		if (taken == null) {
			this.counters.consumed.increment();
		}
		else if (this.interceptors.isEmpty()) {
			forward(taken);
		}
		else {
			intercept(taken);
		}
	}

	private void intercept(ZmqMessage message) {
		ZmqProxyDecision decision;
		try {
			decision = decide(message);
			if (decision instanceof ZmqProxyDecision.Reroute reroute) {
				reroute(reroute);
				return;
			}
		}
		catch (Throwable ex) {
			this.counters.failed.increment();
			if (this.environment.failures().intercepted(this.direction, message, ex)) {
				this.counters.deadLettered.increment();
			}
			return;
		}
		if (decision instanceof ZmqProxyDecision.Forward forward) {
			forward(forward.message());
		}
		else {
			this.counters.dropped.increment();
		}
	}

	private ZmqProxyDecision decide(ZmqMessage message) {
		ZmqProxyExchange exchange = new ZmqProxyExchange(this.environment.proxy(), this.direction, this.source,
				message);
		ZmqProxyDecision decision = exchange.forward();
		List<ZmqProxyInterceptor> interceptors = this.interceptors;
		for (int i = 0; i < interceptors.size() && decision instanceof ZmqProxyDecision.Forward forward; i++) {
			decision = interceptors.get(i).intercept(exchange.with(forward.message()));
			if (decision == null) {
				throw new IllegalStateException("The interceptor " + interceptors.get(i).getClass().getName()
						+ " returned no decision: use forward, drop or reroute of the exchange");
			}
		}
		return decision;
	}

	private void forward(ZmqMessage message) {
		SendResult result;
		try {
			result = this.outlet.send(message);
		}
		catch (ZmqUnsupportedOperationException ex) {
			undeliverable(String.valueOf(ex.getMessage()));
			return;
		}
		switch (result) {
			case ACCEPTED -> {
				this.counters.forwarded.increment();
				this.counters.forwardedBytes.add(message.bytes());
				this.environment.capture().copy(message.raw());
			}
			case UNREACHABLE -> undeliverable("no peer has its routing id");
			case TIMED_OUT -> undeliverable("its peer does not read");
			case CLOSED -> undeliverable("the socket was closed before it could be sent");
		}
	}

	private void reroute(ZmqProxyDecision.Reroute reroute) {
		ZmqSockets sockets = this.environment.sockets();
		ZmqSocket target = sockets.socket(reroute.socket());
		long timeout = target.definition()
			.options()
			.duration(SocketOption.SEND_TIMEOUT, SocketOutlet.PEER_PATIENCE)
			.toNanos();
		if (target.send(reroute.message().raw(), timeout) == SendResult.ACCEPTED) {
			this.counters.rerouted.increment();
		}
		else {
			undeliverable("socket '" + reroute.socket() + "', which an interceptor sent it to, did not take it");
		}
	}

	private void undeliverable(String reason) {
		this.counters.undeliverable.increment();
		this.environment.failures().undeliverable(this.direction, reason);
	}

}
