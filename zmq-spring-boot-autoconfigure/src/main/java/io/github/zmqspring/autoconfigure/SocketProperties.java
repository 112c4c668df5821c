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

	/**
	 * Return the type of the socket.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable SocketType getType() {
		return this.type;
	}

	/**
	 * Set the type of the socket.
	 * @param type the value, or {@code null} to leave it unset
	 */
	public void setType(@Nullable SocketType type) {
		this.type = type;
	}

	/**
	 * Return the endpoints to bind to, such as tcp://*:5556.
	 * @return the list, or {@code null} if it is not set
	 */
	public @Nullable List<String> getBind() {
		return this.bind;
	}

	/**
	 * Set the endpoints to bind to, such as tcp://*:5556. A port of * is an ephemeral
	 * one. An empty list is for a socket that code binds or connects at run time.
	 * @param bind the list, or {@code null} to leave it unset
	 */
	public void setBind(@Nullable List<String> bind) {
		this.bind = bind;
	}

	/**
	 * Return the endpoints to connect to, such as tcp://localhost:5556, or
	 * dns:///workers:5556.
	 * @return the list, or {@code null} if it is not set
	 */
	public @Nullable List<String> getConnect() {
		return this.connect;
	}

	/**
	 * Set the endpoints to connect to, such as tcp://localhost:5556, or
	 * dns:///workers:5556.
	 * @param connect the list, or {@code null} to leave it unset
	 */
	public void setConnect(@Nullable List<String> connect) {
		this.connect = connect;
	}

	/**
	 * Return the topic prefixes that a sub or xsub socket subscribes to, or groups of a
	 * dish.
	 * @return the list
	 */
	public List<String> getTopics() {
		return this.topics;
	}

	/**
	 * Set the topic prefixes that a sub or xsub socket subscribes to, or groups of a
	 * dish. A sub socket without any, of its own or of its listeners, receives
	 * everything.
	 * @param topics the list
	 */
	public void setTopics(List<String> topics) {
		this.topics = topics;
	}

	/**
	 * Return whether the socket opens with the application.
	 * @return {@code true} if so
	 */
	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	/**
	 * Set whether the socket opens with the application.
	 * @param autoStartup {@code true} if so
	 */
	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	/**
	 * Return how Spring message headers travel.
	 * @return the value
	 */
	public Envelope getEnvelope() {
		return this.envelope;
	}

	/**
	 * Set how Spring message headers travel.
	 * @param envelope the value
	 */
	public void setEnvelope(Envelope envelope) {
		this.envelope = envelope;
	}

	/**
	 * Return the names or patterns of the headers that travel with envelope: headers.
	 * @return the list, or {@code null} if it is not set
	 */
	public @Nullable List<String> getEnvelopeHeaders() {
		return this.envelopeHeaders;
	}

	/**
	 * Set the names or patterns of the headers that travel with envelope: headers. Trace
	 * headers always do. By default contentType and x-*.
	 * @param envelopeHeaders the list, or {@code null} to leave it unset
	 */
	public void setEnvelopeHeaders(@Nullable List<String> envelopeHeaders) {
		this.envelopeHeaders = envelopeHeaders;
	}

	/**
	 * Return whether an xpub socket sends the newest message of each topic to late
	 * subscribers.
	 * @return {@code true} if so
	 */
	public boolean isLastValueCache() {
		return this.lastValueCache;
	}

	/**
	 * Set whether an xpub socket sends the newest message of each topic to late
	 * subscribers.
	 * @param lastValueCache {@code true} if so
	 */
	public void setLastValueCache(boolean lastValueCache) {
		this.lastValueCache = lastValueCache;
	}

	/**
	 * Return the maximum number of topics in the last value cache.
	 * @return the number
	 */
	public int getLastValueCacheSize() {
		return this.lastValueCacheSize;
	}

	/**
	 * Set the maximum number of topics in the last value cache. Later topics are not
	 * kept.
	 * @param lastValueCacheSize the number
	 */
	public void setLastValueCacheSize(int lastValueCacheSize) {
		this.lastValueCacheSize = lastValueCacheSize;
	}

	/**
	 * Return which frames of a message that a router or dealer receives are a return
	 * path.
	 * @return the value
	 */
	public ReturnPathMode getReturnPath() {
		return this.returnPath;
	}

	/**
	 * Set which frames of a message that a router or dealer receives are a return path.
	 * @param returnPath the value
	 */
	public void setReturnPath(ReturnPathMode returnPath) {
		this.returnPath = returnPath;
	}

	/**
	 * Return the text that ends the topic within a message of one frame, on sub and dish
	 * sockets.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getTopicSeparator() {
		return this.topicSeparator;
	}

	/**
	 * Set the text that ends the topic within a message of one frame, on sub and dish
	 * sockets. The payload begins after it.
	 * @param topicSeparator the text, or {@code null} to leave it unset
	 */
	public void setTopicSeparator(@Nullable String topicSeparator) {
		this.topicSeparator = topicSeparator;
	}

	/**
	 * Return how published messages are numbered.
	 * @return the properties
	 */
	public SequenceProperties getSequence() {
		return this.sequence;
	}

	/**
	 * Return the content type of payloads that do not say theirs, such as
	 * application/cbor.
	 * @return the content type, or {@code null} if it is not set
	 */
	public @Nullable MimeType getContentType() {
		return this.contentType;
	}

	/**
	 * Set the content type of payloads that do not say theirs, such as application/cbor.
	 * It chooses the message converter.
	 * @param contentType the content type, or {@code null} to leave it unset
	 */
	public void setContentType(@Nullable MimeType contentType) {
		this.contentType = contentType;
	}

	/**
	 * Return how payloads are compressed that are sent.
	 * @return the value
	 */
	public Compression.Format getCompression() {
		return this.compression;
	}

	/**
	 * Set how payloads are compressed that are sent. With any but none, received ones are
	 * decompressed, in either format, and taken as they are if they are in none.
	 * @param compression the value
	 */
	public void setCompression(Compression.Format compression) {
		this.compression = compression;
	}

	/**
	 * Return the maximum size of a received message when it is decompressed.
	 * @return the size
	 */
	public DataSize getMaxDecompressedSize() {
		return this.maxDecompressedSize;
	}

	/**
	 * Set the maximum size of a received message when it is decompressed. One with more
	 * is refused.
	 * @param maxDecompressedSize the size
	 */
	public void setMaxDecompressedSize(DataSize maxDecompressedSize) {
		this.maxDecompressedSize = maxDecompressedSize;
	}

	/**
	 * Return what the health of the socket depends on.
	 * @return the properties
	 */
	public Health getHealth() {
		return this.health;
	}

	/**
	 * Return the ZeroMQ options of the socket.
	 * @return the properties
	 */
	public OptionsProperties getOptions() {
		return this.options;
	}

	/**
	 * Return how the socket is secured.
	 * @return the properties
	 */
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

		/**
		 * Return the number of connected peers below which the socket is DOWN.
		 * @return the number
		 */
		public int getRequiredPeers() {
			return this.requiredPeers;
		}

		/**
		 * Set the number of connected peers below which the socket is DOWN.
		 * @param requiredPeers the number
		 */
		public void setRequiredPeers(int requiredPeers) {
			this.requiredPeers = requiredPeers;
		}

	}

}
