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

import org.zeromq.SocketType;

import org.springframework.util.Assert;

/**
 * All that is needed to open a socket: what {@code zmq.sockets.<name>} says, checked and
 * immutable.
 *
 * @param name the logical name
 * @param type the type, as ZeroMQ's pattern: {@code REQ} and {@code REP} are run over
 * correlated sockets that look the same on the wire
 * @param bind endpoints to bind to
 * @param connect endpoints to connect to
 * @param topics prefixes to subscribe to; for SUB without any, everything
 * @param autoStartup whether the socket opens with the application
 * @param requiredPeers fewer connected peers than this, and the socket is DOWN
 * @param options the options, defaults included
 * @param envelope how message headers travel
 * @param envelopeHeaders names of the headers that travel, besides those of traces; an
 * asterisk at either end stands for anything, and case is of no account
 * @param lastValueCacheSize how many topics an XPUB keeps the newest message of, for
 * those who subscribe late; 0 keeps none
 * @since 0.1.0
 */
public record SocketDefinition(String name, SocketType type, List<String> bind, List<String> connect,
		List<String> topics, boolean autoStartup, int requiredPeers, SocketOptions options, Envelope envelope,
		List<String> envelopeHeaders, int lastValueCacheSize) {

	/** The headers that travel where {@code envelope: headers} stands alone. */
	public static final List<String> DEFAULT_ENVELOPE_HEADERS = List.of("contentType", "x-*");

	public SocketDefinition {
		Assert.hasText(name, "A socket needs a name");
		Assert.notNull(type, "A socket needs a type");
		bind = List.copyOf(bind);
		connect = List.copyOf(connect);
		topics = List.copyOf(topics);
		envelopeHeaders = List.copyOf(envelopeHeaders);
	}

	/**
	 * A definition without an envelope or a last value cache.
	 * @param name the logical name
	 * @param type the type
	 * @param bind endpoints to bind to
	 * @param connect endpoints to connect to
	 * @param topics prefixes to subscribe to
	 * @param autoStartup whether the socket opens with the application
	 * @param requiredPeers fewer connected peers than this, and the socket is DOWN
	 * @param options the options
	 */
	public SocketDefinition(String name, SocketType type, List<String> bind, List<String> connect, List<String> topics,
			boolean autoStartup, int requiredPeers, SocketOptions options) {
		this(name, type, bind, connect, topics, autoStartup, requiredPeers, options, Envelope.NONE,
				DEFAULT_ENVELOPE_HEADERS, 0);
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
		return new SocketDefinition(name, type, bind, connect, List.of(), true, 0, SocketOptions.NONE);
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
	 * This definition with other options.
	 * @param options the options
	 * @return a new definition
	 */
	public SocketDefinition withOptions(SocketOptions options) {
		return new SocketDefinition(this.name, this.type, this.bind, this.connect, this.topics, this.autoStartup,
				this.requiredPeers, options, this.envelope, this.envelopeHeaders, this.lastValueCacheSize);
	}

	/**
	 * This definition for a socket that somebody else opens.
	 * @return a new definition
	 */
	public SocketDefinition withoutAutoStartup() {
		return new SocketDefinition(this.name, this.type, this.bind, this.connect, this.topics, false,
				this.requiredPeers, this.options, this.envelope, this.envelopeHeaders, this.lastValueCacheSize);
	}

	/**
	 * This definition with other topics.
	 * @param topics the topics
	 * @return a new definition
	 */
	public SocketDefinition withTopics(List<String> topics) {
		return new SocketDefinition(this.name, this.type, this.bind, this.connect, topics, this.autoStartup,
				this.requiredPeers, this.options, this.envelope, this.envelopeHeaders, this.lastValueCacheSize);
	}

	/**
	 * This definition with another envelope.
	 * @param envelope how message headers travel
	 * @return a new definition
	 */
	public SocketDefinition withEnvelope(Envelope envelope) {
		return new SocketDefinition(this.name, this.type, this.bind, this.connect, this.topics, this.autoStartup,
				this.requiredPeers, this.options, envelope, this.envelopeHeaders, this.lastValueCacheSize);
	}

	/**
	 * This definition with other headers that travel in its envelope.
	 * @param envelopeHeaders names or patterns
	 * @return a new definition
	 */
	public SocketDefinition withEnvelopeHeaders(List<String> envelopeHeaders) {
		return new SocketDefinition(this.name, this.type, this.bind, this.connect, this.topics, this.autoStartup,
				this.requiredPeers, this.options, this.envelope, envelopeHeaders, this.lastValueCacheSize);
	}

	/**
	 * This definition with or without a last value cache.
	 * @param topics how many topics it keeps the newest message of; 0 for no cache
	 * @return a new definition
	 */
	public SocketDefinition withLastValueCache(int topics) {
		return new SocketDefinition(this.name, this.type, this.bind, this.connect, this.topics, this.autoStartup,
				this.requiredPeers, this.options, this.envelope, this.envelopeHeaders, topics);
	}

	/**
	 * Whether late subscribers get the newest message of each topic.
	 * @return {@code true} if the cache has a size
	 */
	public boolean lastValueCache() {
		return this.lastValueCacheSize > 0;
	}

	/**
	 * Whether sockets of this type receive.
	 * @return {@code true} if they do
	 */
	public boolean receives() {
		return switch (this.type) {
			case PUB, PUSH, RADIO, SCATTER -> false;
			default -> true;
		};
	}

	/**
	 * Whether sockets of this type send.
	 * @return {@code true} if they do
	 */
	public boolean sends() {
		return switch (this.type) {
			case SUB, PULL, DISH, GATHER -> false;
			default -> true;
		};
	}

	/**
	 * Whether messages start with a return path, and a reply must too.
	 * @return {@code true} for REP, ROUTER, STREAM, SERVER and PEER
	 */
	public boolean routes() {
		return switch (this.type) {
			case REP, ROUTER, STREAM, SERVER, PEER -> true;
			default -> false;
		};
	}

	/**
	 * Whether a peer may get a reply to what it sent.
	 * @return {@code true} for the types that send and receive, except the
	 * publish-subscribe ones and REQ
	 */
	public boolean replies() {
		return switch (this.type) {
			case REP, ROUTER, DEALER, SERVER, CLIENT, PEER, PAIR, CHANNEL, STREAM -> true;
			default -> false;
		};
	}

	/**
	 * Whether the first of two or more frames is a topic.
	 * @return {@code true} for the publish-subscribe types
	 */
	public boolean publishes() {
		return switch (this.type) {
			case PUB, XPUB, SUB, XSUB, RADIO, DISH -> true;
			default -> false;
		};
	}

}
