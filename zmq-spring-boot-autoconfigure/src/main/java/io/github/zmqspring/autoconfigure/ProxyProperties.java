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

import io.github.zmqspring.proxy.ZmqProxyType;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * A proxy of the configuration.
 *
 * @since 0.1.0
 */
public class ProxyProperties {

	/**
	 * Kind of proxy. Not needed where the frontend and the backend name their types.
	 */
	private @Nullable ZmqProxyType type;

	/**
	 * Socket that clients, publishers or producers use.
	 */
	@NestedConfigurationProperty
	private final SocketProperties frontend = new SocketProperties();

	/**
	 * Socket that services, subscribers or workers use.
	 */
	@NestedConfigurationProperty
	private final SocketProperties backend = new SocketProperties();

	/**
	 * Socket that gets a copy of each forwarded message. A pub socket unless its type
	 * says otherwise.
	 */
	@NestedConfigurationProperty
	private @Nullable SocketProperties capture;

	/**
	 * Whether the proxy starts with the application.
	 */
	private boolean autoStartup = true;

	/**
	 * Whether a forwarder keeps the newest message of each topic and sends it to late
	 * subscribers.
	 */
	private boolean lastValueCache;

	/**
	 * Maximum number of topics in the last value cache.
	 */
	private int lastValueCacheSize = 100_000;

	/**
	 * Name of the socket that gets messages for which an interceptor failed.
	 */
	private @Nullable String deadLetter;

	/**
	 * Return the kind of proxy.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable ZmqProxyType getType() {
		return this.type;
	}

	/**
	 * Set the kind of proxy. Not needed where the frontend and the backend name their
	 * types.
	 * @param type the value, or {@code null} to leave it unset
	 */
	public void setType(@Nullable ZmqProxyType type) {
		this.type = type;
	}

	/**
	 * Return the socket that clients, publishers or producers use.
	 * @return the properties
	 */
	public SocketProperties getFrontend() {
		return this.frontend;
	}

	/**
	 * Return the socket that services, subscribers or workers use.
	 * @return the properties
	 */
	public SocketProperties getBackend() {
		return this.backend;
	}

	/**
	 * Return the socket that gets a copy of each forwarded message.
	 * @return the properties, or {@code null} if it is not set
	 */
	public @Nullable SocketProperties getCapture() {
		return this.capture;
	}

	/**
	 * Set the socket that gets a copy of each forwarded message. A pub socket unless its
	 * type says otherwise.
	 * @param capture the properties, or {@code null} to leave it unset
	 */
	public void setCapture(@Nullable SocketProperties capture) {
		this.capture = capture;
	}

	/**
	 * Return whether the proxy starts with the application.
	 * @return {@code true} if so
	 */
	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	/**
	 * Set whether the proxy starts with the application.
	 * @param autoStartup {@code true} if so
	 */
	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	/**
	 * Return whether a forwarder keeps the newest message of each topic and sends it to
	 * late subscribers.
	 * @return {@code true} if so
	 */
	public boolean isLastValueCache() {
		return this.lastValueCache;
	}

	/**
	 * Set whether a forwarder keeps the newest message of each topic and sends it to late
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
	 * Set the maximum number of topics in the last value cache.
	 * @param lastValueCacheSize the number
	 */
	public void setLastValueCacheSize(int lastValueCacheSize) {
		this.lastValueCacheSize = lastValueCacheSize;
	}

	/**
	 * Return the name of the socket that gets messages for which an interceptor failed.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getDeadLetter() {
		return this.deadLetter;
	}

	/**
	 * Set the name of the socket that gets messages for which an interceptor failed.
	 * @param deadLetter the text, or {@code null} to leave it unset
	 */
	public void setDeadLetter(@Nullable String deadLetter) {
		this.deadLetter = deadLetter;
	}

}
