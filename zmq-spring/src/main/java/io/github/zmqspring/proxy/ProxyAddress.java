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

package io.github.zmqspring.proxy;

import java.util.Locale;
import java.util.Set;

/**
 * An endpoint of a proxy, and where it stands.
 *
 * @param side the side that it belongs to
 * @param endpoint the endpoint as it was written
 * @param bound whether the side binds it
 */
record ProxyAddress(String side, String endpoint, boolean bound) {

	private static final String TCP = "tcp://";

	private static final Set<String> ANY = Set.of("*", "0.0.0.0", "[::]");

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	/**
	 * Whether both sides would meet there. The same port of another host is another
	 * endpoint.
	 */
	boolean isSameAs(ProxyAddress other) {
		String port = port();
		if (!isTcp() || !other.isTcp()) {
			return this.endpoint.equals(other.endpoint);
		}
		if (port.equals("*") || port.equals("0") || !port.equals(other.port())) {
			return false;
		}
		return host().equals(other.host()) || (isLoopback() && other.isLoopback()) || covers(other)
				|| other.covers(this);
	}

	/** Binding all addresses includes those of this host, and excludes another bind. */
	private boolean covers(ProxyAddress other) {
		return this.bound && ANY.contains(host())
				&& (other.bound || other.isLoopback() || other.host().startsWith("127."));
	}

	private boolean isLoopback() {
		return LOOPBACK.contains(host());
	}

	private boolean isTcp() {
		return this.endpoint.startsWith(TCP);
	}

	private String host() {
		int colon = this.endpoint.lastIndexOf(':');
		return this.endpoint.substring(TCP.length(), Math.max(TCP.length(), colon)).toLowerCase(Locale.ROOT);
	}

	private String port() {
		return this.endpoint.substring(this.endpoint.lastIndexOf(':') + 1);
	}

}
