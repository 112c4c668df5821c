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

package io.github.zmqspring.core;

import java.util.List;

import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.support.SocketTraits;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.util.Assert;
import org.springframework.util.MimeType;

/**
 * Everything needed to open a socket: what {@code zmq.sockets.<name>} says, checked and
 * immutable. Made by {@link #builder(String, SocketType)} or {@link #of}, changed by
 * {@link #mutate()}.
 *
 * @param name the logical name
 * @param type the type, as ZeroMQ's pattern: {@code REQ} and {@code REP} are run over
 * correlated sockets that look the same on the wire
 * @param bind endpoints to bind to
 * @param connect endpoints to connect to
 * @param topics prefixes to subscribe to; for SUB without any, everything
 * @param autoStartup whether the socket opens with the application
 * @param requiredPeers the number of connected peers below which the socket is DOWN
 * @param options the options, defaults included
 * @param envelope how message headers travel
 * @param envelopeHeaders names of the headers that travel, besides those of traces; an
 * asterisk at either end matches anything, case-insensitive
 * @param lastValueCacheSize the number of topics of which an XPUB keeps the newest
 * message for late subscribers; 0 keeps none
 * @param returnPath which frames of a received message are a return path
 * @param topicSeparator the text that ends the topic within a message of one frame, or
 * {@code null} where a message of one frame has no topic of its own
 * @param sequence how published messages are numbered, or {@code null} if they are not
 * @param contentType the content type of payloads that carry none, or {@code null}
 * @param compression how payloads are compressed
 * @param security the security mechanism, or {@code null} for none
 * @since 0.1.0
 */
public record SocketDefinition(String name, SocketType type, List<String> bind, List<String> connect,
		List<String> topics, boolean autoStartup, int requiredPeers, SocketOptions options, Envelope envelope,
		List<String> envelopeHeaders, int lastValueCacheSize, ReturnPathMode returnPath,
		@Nullable String topicSeparator, @Nullable SequenceDefinition sequence, @Nullable MimeType contentType,
		Compression compression, @Nullable SocketSecurity security) {

	/** The headers that travel where {@code envelope: headers} stands alone. */
	public static final List<String> DEFAULT_ENVELOPE_HEADERS = List.of("contentType", "x-*");

	/**
	 * Create the definition, with copies of the lists.
	 * @throws IllegalArgumentException if the name is empty or the type is missing
	 */
	public SocketDefinition {
		Assert.hasText(name, "A socket needs a name");
		Assert.notNull(type, "A socket needs a type");
		bind = List.copyOf(bind);
		connect = List.copyOf(connect);
		topics = List.copyOf(topics);
		envelopeHeaders = List.copyOf(envelopeHeaders);
	}

	/**
	 * A definition with defaults: it starts by itself and needs no peers.
	 * @param name the logical name
	 * @param type the type
	 * @param bind endpoints to bind to
	 * @param connect endpoints to connect to
	 * @return the definition
	 */
	public static SocketDefinition of(String name, SocketType type, List<String> bind, List<String> connect) {
		return builder(name, type).bind(bind).connect(connect).build();
	}

	/**
	 * The property that a socket is configured below. The sockets of proxies are named
	 * after their place.
	 * @param name the logical name
	 * @return the property, without a dot at its end
	 */
	public static String property(String name) {
		boolean proxy = name.endsWith(".frontend") || name.endsWith(".backend") || name.endsWith(".capture");
		return ((proxy) ? "zmq.proxies." : "zmq.sockets.") + name;
	}

	/**
	 * Return a builder of a definition with defaults.
	 * @param name the logical name
	 * @param type the type
	 * @return a new builder
	 */
	public static SocketDefinitionBuilder builder(String name, SocketType type) {
		return new SocketDefinitionBuilder(name, type);
	}

	/**
	 * Return a builder that starts from this definition.
	 * @return a new builder
	 */
	public SocketDefinitionBuilder mutate() {
		return new SocketDefinitionBuilder(this);
	}

	/**
	 * Return this definition with other options.
	 * @param options the options
	 * @return a new definition
	 */
	public SocketDefinition withOptions(SocketOptions options) {
		return mutate().options(options).build();
	}

	/**
	 * Return this definition with other topics.
	 * @param topics the topics
	 * @return a new definition
	 */
	public SocketDefinition withTopics(List<String> topics) {
		return mutate().topics(topics).build();
	}

	/**
	 * Return this definition with or without a last value cache.
	 * @param topics the number of topics to keep the newest message of; 0 for no cache
	 * @return a new definition
	 */
	public SocketDefinition withLastValueCache(int topics) {
		return mutate().lastValueCacheSize(topics).build();
	}

	/**
	 * Whether late subscribers get the newest message of each topic.
	 * @return {@code true} if the cache has a size
	 */
	public boolean lastValueCache() {
		return this.lastValueCacheSize > 0;
	}

	/**
	 * Return what sockets of this type can do.
	 * @return the traits of the type
	 */
	public SocketTraits traits() {
		return SocketTraits.of(this.type);
	}

	/**
	 * Return whether sockets of this type receive.
	 * @return {@code true} if they do
	 */
	public boolean receives() {
		return traits().receives();
	}

	/**
	 * Return whether sockets of this type send.
	 * @return {@code true} if they do
	 */
	public boolean sends() {
		return traits().sends();
	}

	/**
	 * Return whether messages start with a return path, and a reply must too.
	 * @return {@code true} for REP, ROUTER, STREAM, SERVER and PEER
	 */
	public boolean routes() {
		return traits().routes();
	}

	/**
	 * Return whether a peer may get a reply to what it sent.
	 * @return {@code true} for the types that send and receive, except the
	 * publish-subscribe ones and REQ
	 */
	public boolean replies() {
		return traits().replies();
	}

	/**
	 * Return whether the first of two or more frames is a topic.
	 * @return {@code true} for the publish-subscribe types
	 */
	public boolean hasTopics() {
		return traits().hasTopics();
	}

}
