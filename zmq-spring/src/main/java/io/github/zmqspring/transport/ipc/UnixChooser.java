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

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.io.net.Address.IZAddress;
import zmq.io.net.SelectorProviderChooser;

/**
 * Has JeroMQ's connecter open a {@link UnixChannel} for a path, and what it would have
 * opened for all other addresses.
 */
final class UnixChooser implements SelectorProviderChooser {

	private final @Nullable SelectorProviderChooser others;

	UnixChooser(@Nullable SelectorProviderChooser others) {
		this.others = others;
	}

	@Override
	public SelectorProvider choose(IZAddress address, Options options) {
		if (address instanceof UnixAddress.Resolved path) {
			return new UnixProvider(path.target());
		}
		return (this.others != null) ? this.others.choose(address, options) : SelectorProvider.provider();
	}

	private static final class UnixProvider extends SelectorProvider {

		private final UnixDomainSocketAddress target;

		UnixProvider(UnixDomainSocketAddress target) {
			this.target = target;
		}

		@Override
		public SocketChannel openSocketChannel() throws IOException {
			return UnixChannel.to(this.target);
		}

		@Override
		public DatagramChannel openDatagramChannel() {
			throw new UnsupportedOperationException();
		}

		@Override
		public DatagramChannel openDatagramChannel(ProtocolFamily family) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Pipe openPipe() {
			throw new UnsupportedOperationException();
		}

		@Override
		public AbstractSelector openSelector() {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServerSocketChannel openServerSocketChannel() {
			throw new UnsupportedOperationException();
		}

	}

}
