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

	public @Nullable ZmqProxyType getType() {
		return this.type;
	}

	public void setType(@Nullable ZmqProxyType type) {
		this.type = type;
	}

	public SocketProperties getFrontend() {
		return this.frontend;
	}

	public SocketProperties getBackend() {
		return this.backend;
	}

	public @Nullable SocketProperties getCapture() {
		return this.capture;
	}

	public void setCapture(@Nullable SocketProperties capture) {
		this.capture = capture;
	}

	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
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

	public @Nullable String getDeadLetter() {
		return this.deadLetter;
	}

	public void setDeadLetter(@Nullable String deadLetter) {
		this.deadLetter = deadLetter;
	}

}
