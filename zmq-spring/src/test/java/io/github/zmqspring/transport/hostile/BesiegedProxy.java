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

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketDefinitionBuilder;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyDefinition;
import io.github.zmqspring.proxy.ZmqProxyType;
import io.github.zmqspring.security.ZmqMechanism;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A proxy one side of which is attacked, while good peers talk through it.
 */
final class BesiegedProxy extends Siege {

	private final SocketRegistry registry;

	private final ZmqProxyType type;

	private final String proxyName = name("proxy");

	private final String boundName;

	private final ZmqProxies proxies;

	private final String frontPeer = name("front");

	private final String backPeer = name("back");

	private final ManagedSocket front;

	private final ManagedSocket back;

	/** Attack one side of a proxy, which binds or connects. The other side binds. */
	BesiegedProxy(TestSockets sockets, ZmqProxyType type, boolean frontend, boolean connects) {
		super(new Site((frontend) ? type.frontend() : type.backend(), false, ZmqMechanism.NULL, connects),
				sockets.registry);
		this.registry = sockets.registry;
		this.type = type;
		String frontName = ZmqProxyDefinition.frontendName(this.proxyName);
		String backName = ZmqProxyDefinition.backendName(this.proxyName);
		this.boundName = (frontend) ? frontName : backName;
		SocketDefinitionBuilder frontSide = side(frontName, type.frontend());
		SocketDefinitionBuilder backSide = side(backName, type.backend());
		SocketDefinitionBuilder frontGood = side(this.frontPeer, switch (type) {
			case FORWARDER -> SocketType.PUB;
			case STREAMER -> SocketType.PUSH;
			default -> SocketType.DEALER;
		});
		SocketDefinitionBuilder backGood = side(this.backPeer, switch (type) {
			case FORWARDER -> SocketType.SUB;
			case STREAMER -> SocketType.PULL;
			default -> SocketType.REP;
		});
		if (connects) {
			(frontend ? frontSide : backSide).connect(bind((frontend) ? frontGood : backGood));
		}
		this.proxies = new ZmqProxies(this.registry, (event) -> {
		}, List::of, Duration.ofSeconds(1),
				List.of(ZmqProxyDefinition.of(this.proxyName, type,
						((connects && frontend) ? frontSide : frontSide.bind(TestSockets.TCP)).build(),
						((connects && !frontend) ? backSide : backSide.bind(TestSockets.TCP)).build())));
		this.proxies.start();
		if (!connects || !frontend) {
			this.registry.create(frontGood.connect(this.registry.status(frontName).bound().get(0)).build());
		}
		if (!connects || frontend) {
			this.registry.create(backGood.connect(this.registry.status(backName).bound().get(0)).build());
		}
		this.front = this.registry.socket(this.frontPeer);
		this.back = this.registry.socket(this.backPeer);
		try {
			exchange();
		}
		catch (Throwable ex) {
			close();
			throw ex;
		}
	}

	private static SocketDefinitionBuilder side(String name, SocketType type) {
		return SocketDefinition.builder(name, type).option(SocketOption.LINGER, Duration.ZERO);
	}

	private String bind(SocketDefinitionBuilder peer) {
		SocketDefinition definition = peer.bind(TestSockets.TCP).build();
		this.registry.create(definition);
		return this.registry.status(definition.name()).bound().get(0);
	}

	@Override
	String boundName() {
		return this.boundName;
	}

	@Override
	void exchange(String token) {
		switch (this.type) {
			case FORWARDER -> {
				this.registry.subscribe(this.backPeer, token);
				deal(this.front, this.back, token, "news");
				this.registry.unsubscribe(this.backPeer, token);
			}
			case STREAMER -> deal(this.front, this.back, token);
			default -> request(token);
		}
		assertThat(this.proxies.status(this.proxyName).alive()).as("the proxy is alive").isTrue();
	}

	/** Ask until there is an answer: others may be dealt some requests. */
	private void request(String token) {
		long until = System.nanoTime() + PATIENCE.toNanos();
		boolean answered = false;
		while (!answered) {
			assertThat(System.nanoTime() - until).as("time to get a reply to " + token).isNegative();
			this.front.send(ZmqMessage.of("", token).raw(), SHORT_NANOS);
			ZmqMessage request = this.back.receive(SHORT_NANOS);
			while (request != null) {
				List<Object> frames = new ArrayList<>(List.of((Object[]) request.returnPath()));
				frames.add(request.text(request.size() - 1));
				this.back.send(ZmqMessage.of(frames.toArray()).raw(), 0);
				request = this.back.receive(0);
			}
			ZmqMessage reply = this.front.receive(SHORT_NANOS);
			while (reply != null) {
				answered |= endsWith(reply, token);
				reply = this.front.receive(0);
			}
		}
	}

	@Override
	public void close() {
		this.proxies.stop();
		this.registry.remove(this.frontPeer);
		this.registry.remove(this.backPeer);
		super.close();
	}

}
