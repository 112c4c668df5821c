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

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.zmqspring.autoconfigure.security.SecurityMapper;
import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.proxy.ZmqProxyDefinition;
import io.github.zmqspring.proxy.ZmqProxyType;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.util.StringUtils;

/**
 * Maps properties to definitions of proxies.
 */
final class ProxyDefinitionMapper {

	private final ZmqProperties properties;

	private final SecurityMapper security;

	private final UnaryOperator<SocketDefinition> customizer;

	ProxyDefinitionMapper(ZmqProperties properties, SecurityMapper security,
			UnaryOperator<SocketDefinition> customizer) {
		this.properties = properties;
		this.security = security;
		this.customizer = customizer;
	}

	List<ZmqProxyDefinition> definitions() {
		List<ZmqProxyDefinition> definitions = new ArrayList<>();
		this.properties.getProxies().forEach((name, proxy) -> definitions.add(definition(name, proxy)));
		return definitions;
	}

	private ZmqProxyDefinition definition(String name, ProxyProperties proxy) {
		String subject = "zmq.proxies." + name;
		ZmqProxyType type = type(subject, proxy);
		SocketProperties capture = proxy.getCapture();
		return new ZmqProxyDefinition(name, type,
				side(subject + ".frontend", ZmqProxyDefinition.frontendName(name), type.frontend(),
						proxy.getFrontend()),
				backend(subject, name, type, proxy),
				(capture != null)
						? side(subject + ".capture", ZmqProxyDefinition.captureName(name), SocketType.PUB, capture)
						: null,
				proxy.isAutoStartup(), StringUtils.hasText(proxy.getDeadLetter()) ? proxy.getDeadLetter() : null);
	}

	private static ZmqProxyType type(String subject, ProxyProperties proxy) {
		ZmqProxyType type = proxy.getType();
		if (type != null) {
			return type;
		}
		if (proxy.getFrontend().getType() == null || proxy.getBackend().getType() == null) {
			throw new ZmqConfigurationException(subject + ".type", "the proxy has no type",
					"Set it to queue, forwarder, streamer or load-balancer, or set the types of the frontend and the backend");
		}
		return ZmqProxyType.CUSTOM;
	}

	/** Return the backend, which keeps the last value cache of the proxy. */
	private SocketDefinition backend(String subject, String name, ZmqProxyType type, ProxyProperties proxy) {
		SocketDefinition backend = side(subject + ".backend", ZmqProxyDefinition.backendName(name), type.backend(),
				proxy.getBackend());
		int topics = SocketDefinitionMapper.lastValueCache(subject, proxy.isLastValueCache(),
				proxy.getLastValueCacheSize());
		if (topics > 0 && backend.type() != SocketType.XPUB) {
			throw new ZmqConfigurationException(subject + ".last-value-cache",
					"only a backend of the type xpub sees subscriptions, and this is a "
							+ backend.type().name().toLowerCase(java.util.Locale.ROOT),
					"Set the type of the proxy to forwarder, or remove the cache");
		}
		return (topics > 0) ? backend.withLastValueCache(topics) : backend;
	}

	private SocketDefinition side(String subject, String name, @Nullable SocketType implied, SocketProperties socket) {
		SocketType type = (socket.getType() != null) ? socket.getType() : implied;
		if (socket.getEnvelope() != Envelope.NONE) {
			throw new ZmqConfigurationException(subject + ".envelope", "a proxy passes frames on as they are",
					"Remove it, and set it where messages are made and handled");
		}
		return this.customizer.apply(SocketDefinitionMapper.definition(subject, name, type, socket, this.security));
	}

}
