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

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.util.Assert;

/**
 * An immutable set of option values.
 *
 * @since 0.1.0
 */
public final class SocketOptions {

	/** No options. */
	public static final SocketOptions NONE = new SocketOptions(Map.of());

	private final Map<SocketOption, Object> values;

	/** Asked for with each message, which a look into a map would slow down. */
	private final @Nullable Duration sendTimeout;

	private SocketOptions(Map<SocketOption, Object> values) {
		this.values = values.isEmpty() ? new EnumMap<>(SocketOption.class) : new EnumMap<>(values);
		this.sendTimeout = get(SocketOption.SEND_TIMEOUT, Duration.class);
	}

	/**
	 * Return options with these values.
	 * @param values the values, each of its option's type
	 * @return the options
	 */
	public static SocketOptions of(Map<SocketOption, ?> values) {
		Map<SocketOption, Object> copy = new EnumMap<>(SocketOption.class);
		values.forEach((option, value) -> {
			Assert.isInstanceOf(option.valueType(), value, () -> "Option '" + option.key() + "'");
			copy.put(option, value);
		});
		return new SocketOptions(copy);
	}

	/**
	 * Return these options with one more.
	 * @param option the option
	 * @param value the value, of the option's type
	 * @return new options
	 */
	public SocketOptions with(SocketOption option, Object value) {
		Map<SocketOption, Object> copy = new EnumMap<>(SocketOption.class);
		copy.putAll(this.values);
		copy.put(option, value);
		return of(copy);
	}

	/**
	 * Return these options on top of others: where both have a value, this one's wins.
	 * Options of the others that the type does not have are left out.
	 * @param defaults the others
	 * @param type the socket type
	 * @return new options
	 */
	public SocketOptions over(SocketOptions defaults, SocketType type) {
		Map<SocketOption, Object> merged = new EnumMap<>(SocketOption.class);
		defaults.values.forEach((option, value) -> {
			if (option.appliesTo(type)) {
				merged.put(option, value);
			}
		});
		merged.putAll(this.values);
		return new SocketOptions(merged);
	}

	/**
	 * Return the value of an option.
	 * @param <T> the type of the value
	 * @param option the option
	 * @param type the type of the value
	 * @return the value, or {@code null} where none is set
	 */
	public <T> @Nullable T get(SocketOption option, Class<T> type) {
		return type.cast(this.values.get(option));
	}

	/**
	 * Return whether a boolean option is set to {@code true}.
	 * @param option the option
	 * @return {@code false} if it is {@code false} or not set
	 */
	public boolean isOn(SocketOption option) {
		return Boolean.TRUE.equals(this.values.get(option));
	}

	/**
	 * Return the value of an option that is a time.
	 * @param option the option
	 * @param fallback what to return where none is set
	 * @return the value
	 */
	public Duration duration(SocketOption option, Duration fallback) {
		Duration value = get(option, Duration.class);
		return (value != null) ? value : fallback;
	}

	/**
	 * Return how long a send waits.
	 * @param fallback what to return where no time is set
	 * @return the option {@code send-timeout}
	 */
	public Duration sendTimeout(Duration fallback) {
		Duration value = this.sendTimeout;
		return (value != null) ? value : fallback;
	}

	/**
	 * Return all values.
	 * @return an unmodifiable map
	 */
	public Map<SocketOption, Object> values() {
		return Collections.unmodifiableMap(this.values);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SocketOptions options && options.values.equals(this.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

	@Override
	public String toString() {
		return this.values.toString();
	}

}
