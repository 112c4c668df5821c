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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.zmqspring.autoconfigure.security.SecurityMapper;
import io.github.zmqspring.core.Compression;
import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSocketCustomizer;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.StringUtils;

/**
 * Maps properties to definitions of sockets.
 */
final class SocketDefinitionMapper {

	private final ZmqProperties properties;

	private final SecurityMapper security;

	SocketDefinitionMapper(ZmqProperties properties, SecurityMapper security) {
		this.properties = properties;
		this.security = security;
	}

	/**
	 * Return the connection details and the customizers, in this order, as one
	 * customizer. They are looked up when it is called.
	 */
	static UnaryOperator<SocketDefinition> customizer(ObjectProvider<ZmqConnectionDetails> details,
			ObjectProvider<ZmqSocketCustomizer> customizers) {
		return (definition) -> {
			SocketDefinition customized = details.orderedStream()
				.map((one) -> one.getConnect(definition.name()))
				.filter((endpoints) -> !endpoints.isEmpty())
				.findFirst()
				.map((endpoints) -> definition.mutate().connect(endpoints).build())
				.orElse(definition);
			for (ZmqSocketCustomizer customizer : customizers.orderedStream().toList()) {
				customized = customizer.customize(customized);
			}
			return customized;
		};
	}

	List<SocketDefinition> definitions(UnaryOperator<SocketDefinition> customizer) {
		List<SocketDefinition> definitions = new ArrayList<>();
		this.properties.getSockets().forEach((name, socket) -> {
			String subject = "zmq.sockets." + name;
			SocketDefinition definition = customizer
				.apply(definition(subject, name, socket.getType(), socket, this.security));
			checkEndpoints(subject, socket, definition);
			definitions.add(definition);
		});
		return definitions;
	}

	/**
	 * Return the definition of a socket of {@code zmq.sockets} or of a proxy.
	 * @param subject the property that it is below
	 * @param name the logical name that it gets
	 * @param type the type, its own or one that follows from where it stands
	 * @param socket the properties
	 * @param security maps its security
	 * @return the definition
	 */
	static SocketDefinition definition(String subject, String name, @Nullable SocketType type, SocketProperties socket,
			SecurityMapper security) {
		if (type == null) {
			throw new ZmqConfigurationException(subject + ".type", "the socket has no type",
					"Set it to one of pub, sub, push, pull, req, rep, dealer, router, pair, xpub, xsub, stream");
		}
		PropertyChecks.atLeast(0, subject + ".health.required-peers", socket.getHealth().getRequiredPeers());
		List<String> bind = endpoints(subject + ".bind", socket.getBind());
		List<String> connect = endpoints(subject + ".connect", socket.getConnect());
		return SocketDefinition.builder(name, type)
			.bind(bind)
			.connect(connect)
			.topics(socket.getTopics())
			.autoStartup(socket.isAutoStartup())
			.requiredPeers(socket.getHealth().getRequiredPeers())
			.options(options(socket.getOptions()))
			.envelope(socket.getEnvelope())
			.envelopeHeaders(envelopeHeaders(subject, socket))
			.lastValueCacheSize(lastValueCache(subject, socket.isLastValueCache(), socket.getLastValueCacheSize()))
			.returnPath(socket.getReturnPath())
			.topicSeparator(socket.getTopicSeparator())
			.sequence(SequenceMapper.map(subject + ".sequence", socket.getSequence()))
			.contentType(socket.getContentType())
			.compression(compression(subject, socket))
			.security(security.map(subject, socket.getSecurity()))
			.build();
	}

	private static List<String> envelopeHeaders(String subject, SocketProperties socket) {
		List<String> names = socket.getEnvelopeHeaders();
		if (names == null) {
			return SocketDefinition.DEFAULT_ENVELOPE_HEADERS;
		}
		if (socket.getEnvelope() == Envelope.NONE) {
			throw new ZmqConfigurationException(subject + ".envelope-headers",
					"no headers travel without " + subject + ".envelope: headers", "Set that as well, or remove it");
		}
		return names;
	}

	private static Compression compression(String subject, SocketProperties socket) {
		long most = socket.getMaxDecompressedSize().toBytes();
		PropertyChecks.atLeast(1, subject + ".max-decompressed-size", (int) Math.min(most, Integer.MAX_VALUE));
		return new Compression(socket.getCompression(), most);
	}

	/** Return the size of the cache, 0 for none. */
	static int lastValueCache(String subject, boolean wanted, int size) {
		PropertyChecks.atLeast(1, subject + ".last-value-cache-size", size);
		return (wanted) ? size : 0;
	}

	/**
	 * Refuse a socket that would open and never meet a peer, unless it is said that code
	 * gives it endpoints.
	 * @param subject the property that it is below
	 * @param socket the properties
	 * @param definition the definition that was made of them, customized
	 */
	static void checkEndpoints(String subject, SocketProperties socket, SocketDefinition definition) {
		boolean given = !definition.bind().isEmpty() || !definition.connect().isEmpty();
		boolean told = socket.getBind() != null || socket.getConnect() != null || !definition.autoStartup();
		if (!given && !told) {
			throw new ZmqConfigurationException(subject, "it has no endpoint, and would never meet a peer",
					"Set %s.bind or %s.connect. Where code binds or connects it at run time, say so with an empty list, bind: []"
						.formatted(subject, subject));
		}
	}

	private static List<String> endpoints(String subject, @Nullable List<String> endpoints) {
		if (endpoints == null) {
			return List.of();
		}
		// an element may be a placeholder that stands for several
		List<String> all = endpoints.stream()
			.flatMap((element) -> Stream.of(element.split(",", -1)))
			.map(String::trim)
			.toList();
		if (all.contains("")) {
			throw new ZmqConfigurationException(subject, "it has an empty endpoint",
					"Give an endpoint such as tcp://localhost:5556, or remove it");
		}
		return all;
	}

	/**
	 * Return the options of every socket, checked as far as possible without a socket.
	 */
	SocketOptions defaults() {
		SocketOptions defaults = options(this.properties.getDefaults());
		defaults.values().forEach((option, value) -> {
			String reason = (option.refusal() != null) ? option.refusal() : option.violation(value);
			if (reason != null) {
				throw new ZmqConfigurationException("zmq.defaults." + option.key(),
						(option.refusal() != null) ? reason : "'" + value + "' " + reason,
						(option.refusal() != null) ? "Remove the option" : option.advice(value));
			}
		});
		return defaults;
	}

	static SocketOptions options(OptionsProperties properties) {
		BeanWrapper bean = PropertyAccessorFactory.forBeanPropertyAccess(properties);
		Map<SocketOption, Object> values = new EnumMap<>(SocketOption.class);
		for (SocketOption option : SocketOption.values()) {
			Object value = bean.getPropertyValue(propertyName(option));
			if (value != null) {
				values.put(option, value);
			}
		}
		return SocketOptions.of(values);
	}

	static String propertyName(SocketOption option) {
		StringBuilder name = new StringBuilder();
		for (String part : option.key().split("-")) {
			name.append((name.length() == 0) ? part : StringUtils.capitalize(part));
		}
		return name.toString();
	}

}
