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
 * @param security the security mechanism, or {@code null} for none
 * @since 0.1.0
 */
public record SocketDefinition(String name, SocketType type, List<String> bind, List<String> connect,
		List<String> topics, boolean autoStartup, int requiredPeers, SocketOptions options, Envelope envelope,
		List<String> envelopeHeaders, int lastValueCacheSize, ReturnPathMode returnPath,
		@Nullable String topicSeparator, @Nullable SocketSecurity security) {

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
	public static Builder builder(String name, SocketType type) {
		return new Builder(name, type);
	}

	/**
	 * Return a builder that starts from this definition.
	 * @return a new builder
	 */
	public Builder mutate() {
		return new Builder(this);
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

	/**
	 * Builds a {@link SocketDefinition}. Not safe for several threads.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final String name;

		private SocketType type;

		private List<String> bind = List.of();

		private List<String> connect = List.of();

		private List<String> topics = List.of();

		private boolean autoStartup = true;

		private int requiredPeers;

		private SocketOptions options = SocketOptions.NONE;

		private Envelope envelope = Envelope.NONE;

		private List<String> envelopeHeaders = DEFAULT_ENVELOPE_HEADERS;

		private int lastValueCacheSize;

		private ReturnPathMode returnPath = ReturnPathMode.AUTO;

		private @Nullable String topicSeparator;

		private @Nullable SocketSecurity security;

		private Builder(String name, SocketType type) {
			this.name = name;
			this.type = type;
		}

		private Builder(SocketDefinition other) {
			this.name = other.name;
			this.type = other.type;
			this.bind = other.bind;
			this.connect = other.connect;
			this.topics = other.topics;
			this.autoStartup = other.autoStartup;
			this.requiredPeers = other.requiredPeers;
			this.options = other.options;
			this.envelope = other.envelope;
			this.envelopeHeaders = other.envelopeHeaders;
			this.lastValueCacheSize = other.lastValueCacheSize;
			this.returnPath = other.returnPath;
			this.topicSeparator = other.topicSeparator;
			this.security = other.security;
		}

		/**
		 * Set the type.
		 * @param type the type
		 * @return this builder
		 */
		public Builder type(SocketType type) {
			this.type = type;
			return this;
		}

		/**
		 * Set the endpoints to bind to.
		 * @param endpoints the endpoints
		 * @return this builder
		 */
		public Builder bind(String... endpoints) {
			return bind(List.of(endpoints));
		}

		/**
		 * Set the endpoints to bind to.
		 * @param endpoints the endpoints
		 * @return this builder
		 */
		public Builder bind(List<String> endpoints) {
			this.bind = endpoints;
			return this;
		}

		/**
		 * Set the endpoints to connect to.
		 * @param endpoints the endpoints
		 * @return this builder
		 */
		public Builder connect(String... endpoints) {
			return connect(List.of(endpoints));
		}

		/**
		 * Set the endpoints to connect to.
		 * @param endpoints the endpoints
		 * @return this builder
		 */
		public Builder connect(List<String> endpoints) {
			this.connect = endpoints;
			return this;
		}

		/**
		 * Set the prefixes to subscribe to, or the groups of a DISH.
		 * @param topics the topics
		 * @return this builder
		 */
		public Builder topics(String... topics) {
			return topics(List.of(topics));
		}

		/**
		 * Set the prefixes to subscribe to, or the groups of a DISH.
		 * @param topics the topics
		 * @return this builder
		 */
		public Builder topics(List<String> topics) {
			this.topics = topics;
			return this;
		}

		/**
		 * Set whether the socket opens with the application.
		 * @param autoStartup whether it does; by default it does
		 * @return this builder
		 */
		public Builder autoStartup(boolean autoStartup) {
			this.autoStartup = autoStartup;
			return this;
		}

		/**
		 * Set the number of connected peers below which the socket is DOWN.
		 * @param requiredPeers the number; 0 by default
		 * @return this builder
		 */
		public Builder requiredPeers(int requiredPeers) {
			this.requiredPeers = requiredPeers;
			return this;
		}

		/**
		 * Set all options.
		 * @param options the options
		 * @return this builder
		 */
		public Builder options(SocketOptions options) {
			this.options = options;
			return this;
		}

		/**
		 * Set one option.
		 * @param option the option
		 * @param value the value, of {@link SocketOption#valueType()}
		 * @return this builder
		 */
		public Builder option(SocketOption option, Object value) {
			this.options = this.options.with(option, value);
			return this;
		}

		/**
		 * Set how message headers travel.
		 * @param envelope the envelope; none by default
		 * @return this builder
		 */
		public Builder envelope(Envelope envelope) {
			this.envelope = envelope;
			return this;
		}

		/**
		 * Set the headers that travel in the envelope.
		 * @param envelopeHeaders names or patterns
		 * @return this builder
		 */
		public Builder envelopeHeaders(List<String> envelopeHeaders) {
			this.envelopeHeaders = envelopeHeaders;
			return this;
		}

		/**
		 * Set the number of topics of which an XPUB keeps the newest message.
		 * @param topics the number; 0, the default, keeps none
		 * @return this builder
		 */
		public Builder lastValueCacheSize(int topics) {
			this.lastValueCacheSize = topics;
			return this;
		}

		/**
		 * Set which frames of a received message are a return path.
		 * @param returnPath the mode; auto by default
		 * @return this builder
		 */
		public Builder returnPath(ReturnPathMode returnPath) {
			this.returnPath = returnPath;
			return this;
		}

		/**
		 * Set the text that ends the topic within a message of one frame.
		 * @param topicSeparator the separator, or {@code null} for none
		 * @return this builder
		 */
		public Builder topicSeparator(@Nullable String topicSeparator) {
			this.topicSeparator = topicSeparator;
			return this;
		}

		/**
		 * Set the security mechanism.
		 * @param security the security, or {@code null} for none
		 * @return this builder
		 */
		public Builder security(@Nullable SocketSecurity security) {
			this.security = security;
			return this;
		}

		/**
		 * Build the definition.
		 * @return a new definition
		 */
		public SocketDefinition build() {
			return new SocketDefinition(this.name, this.type, this.bind, this.connect, this.topics, this.autoStartup,
					this.requiredPeers, this.options, this.envelope, this.envelopeHeaders, this.lastValueCacheSize,
					this.returnPath, this.topicSeparator, this.security);
		}

	}

}
