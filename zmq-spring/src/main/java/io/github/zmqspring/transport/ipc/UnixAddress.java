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

package io.github.zmqspring.transport.ipc;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import zmq.io.net.Address;
import zmq.io.net.NetProtocol;
import zmq.io.net.ProtocolFamily;
import zmq.io.net.StandardProtocolFamily;

/**
 * A path to connect to, where JeroMQ's own address resolves to a loopback port.
 */
final class UnixAddress extends Address {

	private final Resolved resolved;

	UnixAddress(String endpoint, Path path) {
		super(NetProtocol.ipc, path.toString());
		this.resolved = new Resolved(endpoint, UnixDomainSocketAddress.of(path));
	}

	@Override
	public IZAddress resolve(boolean ipv6) {
		return this.resolved;
	}

	@Override
	public IZAddress resolved() {
		return this.resolved;
	}

	@Override
	public boolean isResolved() {
		return true;
	}

	@Override
	public String toString() {
		return this.resolved.endpoint();
	}

	/**
	 * What a connecter opens a channel for.
	 *
	 * @param endpoint the endpoint as it was given
	 * @param target the address of the path
	 */
	record Resolved(String endpoint, UnixDomainSocketAddress target) implements IZAddress {

		/** JeroMQ only asks whether it is INET6. */
		@Override
		public ProtocolFamily family() {
			return StandardProtocolFamily.INET;
		}

		@Override
		public SocketAddress address() {
			return this.target;
		}

		@Override
		public @Nullable SocketAddress sourceAddress() {
			return null;
		}

		@Override
		public InetSocketAddress resolve(String name, boolean ipv6, boolean local) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String toString(int port) {
			return this.endpoint;
		}

		@Override
		public String toString() {
			return this.endpoint;
		}

	}

}
