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
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import zmq.ZError;
import zmq.io.net.Address;
import zmq.io.net.NetProtocol;

/**
 * The addresses of both ends of a connection, over tcp or ipc, as ZAP and messages have
 * them.
 *
 * @since 0.1.0
 */
public final class ChannelAddresses {

	private ChannelAddresses() {
	}

	/**
	 * Return the address of the peer.
	 * @param channel the channel
	 * @return the IP address and port; over ipc {@code :user:group} of the process at the
	 * other end, where the system tells
	 */
	public static Address remote(SocketChannel channel) {
		try {
			return (channel.getRemoteAddress() instanceof InetSocketAddress address) ? new Address(address)
					: new Address(NetProtocol.ipc, credentials(channel));
		}
		catch (IOException ex) {
			throw new ZError.IOException(ex);
		}
	}

	/**
	 * Return the address of this side.
	 * @param channel the channel
	 * @return the IP address and port, or the path that was bound
	 */
	public static Address local(SocketChannel channel) {
		try {
			if (channel.getLocalAddress() instanceof InetSocketAddress address) {
				return new Address(address);
			}
			return new Address(NetProtocol.ipc, (channel.getLocalAddress() instanceof UnixDomainSocketAddress path)
					? path.getPath().toString() : "");
		}
		catch (IOException ex) {
			throw new ZError.IOException(ex);
		}
	}

	/** Named as libzmq does, which has the numbers of user, group and process. */
	private static String credentials(SocketChannel channel) {
		try {
			UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
			return ":" + peer.user().getName() + ":" + peer.group().getName();
		}
		catch (IOException | UnsupportedOperationException ex) {
			return "";
		}
	}

}
