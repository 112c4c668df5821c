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

import io.github.zmqspring.autoconfigure.security.SocketSecurityProperties;
import io.github.zmqspring.core.Compression;
import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.ReturnPathMode;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.MimeType;
import org.springframework.util.unit.DataSize;

/**
 * A socket of the configuration.
 *
 * @since 0.1.0
 */
public class SocketProperties {

	/**
	 * Type of the socket.
	 */
	private @Nullable SocketType type;

	/**
	 * Endpoints to bind to, such as tcp://*:5556. A port of * is an ephemeral one. An
	 * empty list is for a socket that code binds or connects at run time.
	 */
	private @Nullable List<String> bind;

	/**
	 * Endpoints to connect to, such as tcp://localhost:5556, or dns:///workers:5556.
	 */
	private @Nullable List<String> connect;

	/**
	 * Topic prefixes that a sub or xsub socket subscribes to, or groups of a dish. A sub
	 * socket without any, of its own or of its listeners, receives everything.
	 */
	private List<String> topics = new ArrayList<>();

	/**
	 * Whether the socket opens with the application.
	 */
	private boolean autoStartup = true;

	/**
	 * How Spring message headers travel.
	 */
	private Envelope envelope = Envelope.NONE;

	/**
	 * Names or patterns of the headers that travel with envelope: headers. Trace headers
	 * always do. By default contentType and x-*.
	 */
	private @Nullable List<String> envelopeHeaders;

	/**
	 * Whether an xpub socket sends the newest message of each topic to late subscribers.
	 */
	private boolean lastValueCache = false;

	/**
	 * Maximum number of topics in the last value cache. Later topics are not kept.
	 */
	private int lastValueCacheSize = 100_000;

	/**
	 * Which frames of a message that a router or dealer receives are a return path.
	 */
	private ReturnPathMode returnPath = ReturnPathMode.AUTO;

	/**
	 * Text that ends the topic within a message of one frame, on sub and dish sockets.
	 * The payload begins after it.
	 */
	private @Nullable String topicSeparator;

	/**
	 * Numbers of published messages.
	 */
	@NestedConfigurationProperty
	private final SequenceProperties sequence = new SequenceProperties();

	/**
	 * Content type of payloads that do not say theirs, such as application/cbor. It
	 * chooses the message converter.
	 */
	private @Nullable MimeType contentType;

	/**
	 * How payloads are compressed that are sent. With any but none, received ones are
	 * decompressed, in either format, and taken as they are if they are in none.
	 */
	private Compression.Format compression = Compression.Format.NONE;

	/**
	 * Maximum size of a received message when it is decompressed. One with more is
	 * refused.
	 */
	private DataSize maxDecompressedSize = DataSize.ofMegabytes(64);

	/**
	 * Health of the socket.
	 */
	private final Health health = new Health();

	/**
	 * ZeroMQ options of the socket.
	 */
	@NestedConfigurationProperty
	private final OptionsProperties options = new OptionsProperties();

	/**
	 * Security of the socket.
	 */
	@NestedConfigurationProperty
	private final SocketSecurityProperties security = new SocketSecurityProperties();

	public @Nullable SocketType getType() {
		return this.type;
	}

	public void setType(@Nullable SocketType type) {
		this.type = type;
	}

	public @Nullable List<String> getBind() {
		return this.bind;
	}

	public void setBind(@Nullable List<String> bind) {
		this.bind = bind;
	}

	public @Nullable List<String> getConnect() {
		return this.connect;
	}

	public void setConnect(@Nullable List<String> connect) {
		this.connect = connect;
	}

	public List<String> getTopics() {
		return this.topics;
	}

	public void setTopics(List<String> topics) {
		this.topics = topics;
	}

	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	public Envelope getEnvelope() {
		return this.envelope;
	}

	public void setEnvelope(Envelope envelope) {
		this.envelope = envelope;
	}

	public @Nullable List<String> getEnvelopeHeaders() {
		return this.envelopeHeaders;
	}

	public void setEnvelopeHeaders(@Nullable List<String> envelopeHeaders) {
		this.envelopeHeaders = envelopeHeaders;
	}

	public boolean isLastValueCache() {
		return this.lastValueCache;
	}

	public void setLastValueCache(boolean lastValueCache) {
		this.lastValueCache = lastValueCache;
	}

	public int getLastValueCacheSize() {
		return this.lastValueCacheSize;
	}

	public void setLastValueCacheSize(int lastValueCacheSize) {
		this.lastValueCacheSize = lastValueCacheSize;
	}

	public ReturnPathMode getReturnPath() {
		return this.returnPath;
	}

	public void setReturnPath(ReturnPathMode returnPath) {
		this.returnPath = returnPath;
	}

	public @Nullable String getTopicSeparator() {
		return this.topicSeparator;
	}

	public void setTopicSeparator(@Nullable String topicSeparator) {
		this.topicSeparator = topicSeparator;
	}

	public SequenceProperties getSequence() {
		return this.sequence;
	}

	public @Nullable MimeType getContentType() {
		return this.contentType;
	}

	public void setContentType(@Nullable MimeType contentType) {
		this.contentType = contentType;
	}

	public Compression.Format getCompression() {
		return this.compression;
	}

	public void setCompression(Compression.Format compression) {
		this.compression = compression;
	}

	public DataSize getMaxDecompressedSize() {
		return this.maxDecompressedSize;
	}

	public void setMaxDecompressedSize(DataSize maxDecompressedSize) {
		this.maxDecompressedSize = maxDecompressedSize;
	}

	public Health getHealth() {
		return this.health;
	}

	public OptionsProperties getOptions() {
		return this.options;
	}

	public SocketSecurityProperties getSecurity() {
		return this.security;
	}

	/**
	 * Health of a socket.
	 */
	public static class Health {

		/**
		 * Number of connected peers below which the socket is DOWN.
		 */
		private int requiredPeers = 0;

		public int getRequiredPeers() {
			return this.requiredPeers;
		}

		public void setRequiredPeers(int requiredPeers) {
			this.requiredPeers = requiredPeers;
		}

	}

}
