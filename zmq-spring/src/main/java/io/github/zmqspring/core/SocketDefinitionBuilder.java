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
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.util.MimeType;

/**
 * Builds a {@link SocketDefinition}. Not safe for several threads.
 *
 * @since 0.1.0
 */
public final class SocketDefinitionBuilder {

	private final String name;

	private SocketType type;

	private List<String> bind = List.of();

	private List<String> connect = List.of();

	private List<String> topics = List.of();

	private boolean autoStartup = true;

	private int requiredPeers;

	private SocketOptions options = SocketOptions.NONE;

	private Envelope envelope = Envelope.NONE;

	private List<String> envelopeHeaders = SocketDefinition.DEFAULT_ENVELOPE_HEADERS;

	private int lastValueCacheSize;

	private ReturnPathMode returnPath = ReturnPathMode.AUTO;

	private @Nullable String topicSeparator;

	private @Nullable SequenceDefinition sequence;

	private @Nullable MimeType contentType;

	private Compression compression = Compression.NONE;

	private @Nullable SocketSecurity security;

	SocketDefinitionBuilder(String name, SocketType type) {
		this.name = name;
		this.type = type;
	}

	SocketDefinitionBuilder(SocketDefinition other) {
		this.name = other.name();
		this.type = other.type();
		this.bind = other.bind();
		this.connect = other.connect();
		this.topics = other.topics();
		this.autoStartup = other.autoStartup();
		this.requiredPeers = other.requiredPeers();
		this.options = other.options();
		this.envelope = other.envelope();
		this.envelopeHeaders = other.envelopeHeaders();
		this.lastValueCacheSize = other.lastValueCacheSize();
		this.returnPath = other.returnPath();
		this.topicSeparator = other.topicSeparator();
		this.sequence = other.sequence();
		this.contentType = other.contentType();
		this.compression = other.compression();
		this.security = other.security();
	}

	/**
	 * Set the type.
	 * @param type the type
	 * @return this builder
	 */
	public SocketDefinitionBuilder type(SocketType type) {
		this.type = type;
		return this;
	}

	/**
	 * Set the endpoints to bind to.
	 * @param endpoints the endpoints
	 * @return this builder
	 */
	public SocketDefinitionBuilder bind(String... endpoints) {
		return bind(List.of(endpoints));
	}

	/**
	 * Set the endpoints to bind to.
	 * @param endpoints the endpoints
	 * @return this builder
	 */
	public SocketDefinitionBuilder bind(List<String> endpoints) {
		this.bind = endpoints;
		return this;
	}

	/**
	 * Set the endpoints to connect to.
	 * @param endpoints the endpoints
	 * @return this builder
	 */
	public SocketDefinitionBuilder connect(String... endpoints) {
		return connect(List.of(endpoints));
	}

	/**
	 * Set the endpoints to connect to.
	 * @param endpoints the endpoints
	 * @return this builder
	 */
	public SocketDefinitionBuilder connect(List<String> endpoints) {
		this.connect = endpoints;
		return this;
	}

	/**
	 * Set the prefixes to subscribe to, or the groups of a DISH.
	 * @param topics the topics
	 * @return this builder
	 */
	public SocketDefinitionBuilder topics(String... topics) {
		return topics(List.of(topics));
	}

	/**
	 * Set the prefixes to subscribe to, or the groups of a DISH.
	 * @param topics the topics
	 * @return this builder
	 */
	public SocketDefinitionBuilder topics(List<String> topics) {
		this.topics = topics;
		return this;
	}

	/**
	 * Set whether the socket opens with the application.
	 * @param autoStartup whether it does; by default it does
	 * @return this builder
	 */
	public SocketDefinitionBuilder autoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
		return this;
	}

	/**
	 * Set the number of connected peers below which the socket is DOWN.
	 * @param requiredPeers the number; 0 by default
	 * @return this builder
	 */
	public SocketDefinitionBuilder requiredPeers(int requiredPeers) {
		this.requiredPeers = requiredPeers;
		return this;
	}

	/**
	 * Set all options.
	 * @param options the options
	 * @return this builder
	 */
	public SocketDefinitionBuilder options(SocketOptions options) {
		this.options = options;
		return this;
	}

	/**
	 * Set one option.
	 * @param option the option
	 * @param value the value, of {@link SocketOption#valueType()}
	 * @return this builder
	 */
	public SocketDefinitionBuilder option(SocketOption option, Object value) {
		this.options = this.options.with(option, value);
		return this;
	}

	/**
	 * Set how message headers travel.
	 * @param envelope the envelope; none by default
	 * @return this builder
	 */
	public SocketDefinitionBuilder envelope(Envelope envelope) {
		this.envelope = envelope;
		return this;
	}

	/**
	 * Set the headers that travel in the envelope.
	 * @param envelopeHeaders names or patterns
	 * @return this builder
	 */
	public SocketDefinitionBuilder envelopeHeaders(List<String> envelopeHeaders) {
		this.envelopeHeaders = envelopeHeaders;
		return this;
	}

	/**
	 * Set the number of topics of which an XPUB keeps the newest message.
	 * @param topics the number; 0, the default, keeps none
	 * @return this builder
	 */
	public SocketDefinitionBuilder lastValueCacheSize(int topics) {
		this.lastValueCacheSize = topics;
		return this;
	}

	/**
	 * Set which frames of a received message are a return path.
	 * @param returnPath the mode; auto by default
	 * @return this builder
	 */
	public SocketDefinitionBuilder returnPath(ReturnPathMode returnPath) {
		this.returnPath = returnPath;
		return this;
	}

	/**
	 * Set the text that ends the topic within a message of one frame.
	 * @param topicSeparator the separator, or {@code null} for none
	 * @return this builder
	 */
	public SocketDefinitionBuilder topicSeparator(@Nullable String topicSeparator) {
		this.topicSeparator = topicSeparator;
		return this;
	}

	/**
	 * Set how published messages are numbered.
	 * @param sequence the numbers, or {@code null} for none
	 * @return this builder
	 */
	public SocketDefinitionBuilder sequence(@Nullable SequenceDefinition sequence) {
		this.sequence = sequence;
		return this;
	}

	/**
	 * Set the content type of payloads that carry none.
	 * @param contentType the type, or {@code null} to leave it to the converters
	 * @return this builder
	 */
	public SocketDefinitionBuilder contentType(@Nullable MimeType contentType) {
		this.contentType = contentType;
		return this;
	}

	/**
	 * Set how payloads are compressed.
	 * @param compression the compression; none by default
	 * @return this builder
	 */
	public SocketDefinitionBuilder compression(Compression compression) {
		this.compression = compression;
		return this;
	}

	/**
	 * Set the security mechanism.
	 * @param security the security, or {@code null} for none
	 * @return this builder
	 */
	public SocketDefinitionBuilder security(@Nullable SocketSecurity security) {
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
				this.returnPath, this.topicSeparator, this.sequence, this.contentType, this.compression, this.security);
	}

}
