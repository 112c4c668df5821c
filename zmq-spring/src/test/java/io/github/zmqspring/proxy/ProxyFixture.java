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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proxies and the sockets of their peers in one registry, without Spring.
 */
final class ProxyFixture implements AutoCloseable {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	final ZContext context = new ZContext();

	final List<ZmqProxyStateEvent> events = new CopyOnWriteArrayList<>();

	final SocketRegistry sockets;

	final ZmqProxies proxies;

	private int peers;

	ProxyFixture(ZmqProxyDefinition... definitions) {
		this(List.of(), Duration.ofSeconds(5), definitions);
	}

	ProxyFixture(List<ZmqProxyInterceptor> interceptors, Duration shutdown, ZmqProxyDefinition... definitions) {
		this(interceptors, shutdown, List.of(), definitions);
	}

	ProxyFixture(List<ZmqProxyInterceptor> interceptors, Duration shutdown, List<SocketDefinition> others,
			ZmqProxyDefinition... definitions) {
		this.sockets = new SocketRegistry(this.context, 1, (event) -> {
		}, SocketOptions.NONE, others);
		this.proxies = new ZmqProxies(this.sockets, (event) -> this.events.add((ZmqProxyStateEvent) event),
				() -> interceptors, shutdown, Arrays.asList(definitions));
		this.sockets.start();
		this.proxies.start();
	}

	static ZmqProxyDefinition proxy(String name, ZmqProxyType type) {
		return proxy(name, type, SocketOptions.NONE);
	}

	static ZmqProxyDefinition proxy(String name, ZmqProxyType type, SocketOptions options) {
		return proxy(name, type, type.frontend(), type.backend(), options);
	}

	static ZmqProxyDefinition proxy(String name, ZmqProxyType type, SocketType frontend, SocketType backend,
			SocketOptions options) {
		return ZmqProxyDefinition.of(name, type, bound(ZmqProxyDefinition.frontendName(name), frontend, options),
				bound(ZmqProxyDefinition.backendName(name), backend, options));
	}

	static ZmqProxyDefinition with(ZmqProxyDefinition proxy, @Nullable SocketDefinition capture, int cache,
			@Nullable String deadLetter) {
		return new ZmqProxyDefinition(proxy.name(), proxy.type(), proxy.frontend(),
				proxy.backend().withLastValueCache(cache), capture, true, deadLetter);
	}

	static SocketDefinition bound(String name, SocketType type, SocketOptions options) {
		return SocketDefinition.of(name, type, List.of("tcp://127.0.0.1:*"), List.of())
			.withOptions(SocketOptions.NONE.over(options, type));
	}

	static SocketOptions hwm(int messages) {
		return SocketOptions.NONE.with(SocketOption.SEND_HWM, messages).with(SocketOption.RECEIVE_HWM, messages);
	}

	String endpoint(String socket) {
		return this.sockets.status(socket).bound().get(0);
	}

	/** A peer of a proxy's socket, connected. */
	ZmqSocket peer(SocketType type, String socket) throws InterruptedException {
		return peer(type, socket, SocketOptions.NONE);
	}

	ZmqSocket peer(SocketType type, String socket, SocketOptions options, String... topics)
			throws InterruptedException {
		int before = this.sockets.status(socket).peers();
		String name = "peer" + ++this.peers;
		this.sockets.create(SocketDefinition.of(name, type, List.of(), List.of(endpoint(socket)))
			.withOptions(SocketOptions.NONE.over(options, type))
			.withTopics(List.of(topics)));
		assertThat(this.sockets.awaitPeers(socket, before + 1, TIMEOUT)).isTrue();
		return this.sockets.socket(name);
	}

	static List<String> receive(ZmqSocket socket) {
		ZmqMessage message = socket.receive(TIMEOUT.toNanos());
		assertThat(message).as("a message in time").isNotNull();
		return texts(message.raw());
	}

	static List<String> texts(byte[][] frames) {
		List<String> texts = new ArrayList<>();
		for (byte[] frame : frames) {
			texts.add(new String(frame, java.nio.charset.StandardCharsets.UTF_8));
		}
		return texts;
	}

	static byte[][] frames(Object... frames) {
		return ZmqMessage.of(frames).raw();
	}

	@Override
	public void close() {
		this.proxies.stop();
		this.sockets.stop();
		ContextTerminator.terminate(this.context, Duration.ofSeconds(10));
	}

}
