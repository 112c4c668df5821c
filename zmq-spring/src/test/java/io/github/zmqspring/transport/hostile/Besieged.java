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

package io.github.zmqspring.transport.hostile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketDefinitionBuilder;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.security.AddressRanges;
import io.github.zmqspring.security.SocketAuthentication;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.socket.RequestPort;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bound socket of any type, attacked while a good peer of ours uses it.
 */
final class Besieged extends Siege {

	private final SocketRegistry registry;

	private final String boundName = name("bound");

	private final String goodName = name("good");

	private final ManagedSocket bound;

	private final ManagedSocket good;

	private final @Nullable RequestPort requests;

	private final Queue<String> replies = new ConcurrentLinkedQueue<>();

	Besieged(TestSockets sockets, Site site, Object... options) {
		super(site, sockets.registry);
		this.registry = sockets.registry;
		boolean connects = site.connects();
		SocketDefinitionBuilder definition = SocketDefinition.builder(this.boundName, site.type())
			.topics((site.type() == SocketType.SUB || site.type() == SocketType.XSUB) ? List.of("")
					: (site.type() == SocketType.DISH) ? List.of("group") : List.of())
			.option(SocketOption.LINGER, Duration.ZERO)
			.security((connects) ? clientSecurity() : serverSecurity());
		for (int i = 0; i < options.length; i += 2) {
			definition.option((SocketOption) options[i], options[i + 1]);
		}
		SocketDefinitionBuilder peer = SocketDefinition
			.builder(this.goodName, (site.type() == SocketType.REP) ? SocketType.DEALER : site.peer())
			.topics((site.peer() == SocketType.DISH) ? List.of("group") : List.of())
			.option(SocketOption.LINGER, Duration.ZERO)
			.security((connects) ? serverSecurity() : clientSecurity());
		create((connects) ? peer : definition, (connects) ? definition : peer, site.endpoint());
		this.bound = this.registry.socket(this.boundName);
		this.requests = (site.type() == SocketType.REQ) ? this.bound.requests(null, false) : null;
		if (this.requests != null) {
			this.requests.replies(LaneSettings.of("replies", 1),
					(message) -> this.replies.add(message.text(message.size() - 1)));
		}
		this.good = this.registry.socket(this.goodName);
		try {
			await("a good peer", () -> status().peers() == 1);
			exchange();
		}
		catch (Throwable ex) {
			close();
			throw ex;
		}
	}

	private void create(SocketDefinitionBuilder binds, SocketDefinitionBuilder connects, String endpoint) {
		SocketDefinition first = binds.bind(endpoint).build();
		this.registry.create(first);
		this.registry.create(connects.connect(this.registry.status(first.name()).bound().get(0)).build());
	}

	private @Nullable SocketSecurity serverSecurity() {
		AddressRanges all = AddressRanges.of(List.of());
		return switch (site().mechanism()) {
			case NULL -> null;
			case PLAIN -> SocketSecurity.ofPlainServer(new SocketAuthentication(all, all, null,
					(username, password) -> username.equals("alice") && password.equals(Site.PASSWORD), List.of(),
					Runnable::run, PATIENCE));
			case CURVE -> SocketSecurity.ofCurveServer(() -> List.of(Site.SERVER_KEY), new SocketAuthentication(all,
					all, () -> Map.of(Site.CLIENT_KEY.publicKey(), "alice"), null, List.of(), Runnable::run, PATIENCE));
		};
	}

	private @Nullable SocketSecurity clientSecurity() {
		return switch (site().mechanism()) {
			case NULL -> null;
			case PLAIN -> SocketSecurity.ofPlainClient("alice", Site.PASSWORD);
			case CURVE -> SocketSecurity.ofCurveClient(() -> Site.CLIENT_KEY, () -> Site.SERVER_KEY);
		};
	}

	ManagedSocket bound() {
		return this.bound;
	}

	@Override
	String boundName() {
		return this.boundName;
	}

	@Override
	void exchange(String token) {
		switch (site().type()) {
			case PULL, GATHER -> {
				send(this.good, token);
				receive(this.bound, token);
			}
			case SUB, XSUB -> deal(this.good, this.bound, "topic", token);
			case PUSH, SCATTER -> deal(this.bound, this.good, token);
			case PUB, XPUB -> {
				// a subscription goes up, a publication down
				this.registry.subscribe(this.goodName, token);
				deal(this.bound, this.good, token, "news");
				this.registry.unsubscribe(this.goodName, token);
				if (site().type() == SocketType.XPUB) {
					drain(this.bound);
				}
			}
			case RADIO -> deal(this.bound, this.good, "group", token);
			case DISH -> deal(this.good, this.bound, "group", token);
			case ROUTER, SERVER, PEER, REP -> {
				send(this.good, payload(token));
				reply(receive(this.bound, token), token);
				receive(this.good, token);
			}
			case REQ -> request(token);
			case CLIENT -> {
				byte[][] received = deal(this.bound, this.good, token).raw();
				send(this.good, received[0], token);
				receive(this.bound, token);
			}
			default -> {
				send(this.good, token);
				receive(this.bound, token);
				deal(this.bound, this.good, token);
			}
		}
	}

	private Object[] payload(String token) {
		return switch (site().type()) {
			case PEER -> new Object[] { firstPeer(), token };
			case REP -> new Object[] { "", token };
			default -> new Object[] { token };
		};
	}

	private byte[] firstPeer() {
		return this.registry.routingIds(this.goodName).get(0);
	}

	private void reply(ZmqMessage message, String token) {
		List<Object> frames = new ArrayList<>(List.of((Object[]) message.returnPath()));
		if (frames.isEmpty()) {
			frames.addAll(message.frames().subList(0, message.size() - 1));
		}
		frames.add(token);
		send(this.bound, frames.toArray());
	}

	private void request(String token) {
		long until = System.nanoTime() + PATIENCE.toNanos();
		RequestPort port = Objects.requireNonNull(this.requests);
		while (!this.replies.remove(token)) {
			assertThat(System.nanoTime() - until).as("time to get a reply to " + token).isNegative();
			port.offer(ZmqMessage.of("", token).raw(), (server) -> {
			});
			ZmqMessage request = this.good.receive(SHORT_NANOS);
			while (request != null) {
				byte[][] path = request.returnPath();
				this.good.send(ZmqMessage.of(path[0], path[1], request.text(request.size() - 1)).raw(), 0);
				request = this.good.receive(SHORT_NANOS);
			}
		}
	}

	@Override
	public void close() {
		super.close();
		this.registry.remove(this.goodName);
		this.registry.remove(this.boundName);
	}

}
