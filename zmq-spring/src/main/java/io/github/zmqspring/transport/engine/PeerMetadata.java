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

package io.github.zmqspring.transport.engine;

import java.nio.channels.SocketChannel;

import io.github.zmqspring.transport.ipc.ChannelAddresses;
import io.github.zmqspring.transport.jeromq.KnownMetadata;
import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.io.Metadata;
import zmq.io.mechanism.Mechanism;
import zmq.io.net.Address;

/**
 * Puts together what is known of a peer, to go with each of its messages.
 */
final class PeerMetadata {

	private PeerMetadata() {
	}

	/**
	 * Return what is known of a peer.
	 * @param channel the channel of the connection
	 * @param options the options of the socket
	 * @param mechanism the security mechanism, or {@code null} if there is none
	 * @return the metadata, or {@code null} if nothing is known
	 */
	static @Nullable Metadata of(SocketChannel channel, Options options, @Nullable Mechanism mechanism) {
		Metadata made = new KnownMetadata();
		if (mechanism != null) {
			// user id and address come only from what this side knows for itself
			String own = options.selfAddressPropertyName;
			mechanism.zmtpProperties.keySet()
				.removeIf((name) -> Metadata.USER_ID.equalsIgnoreCase(name) || name.equalsIgnoreCase(own)
						|| Metadata.PEER_ADDRESS.equalsIgnoreCase(name));
			made.set(mechanism.zmtpProperties);
			mechanism.zapProperties.remove(Metadata.PEER_ADDRESS);
			made.set(mechanism.zapProperties);
		}
		Address peer = ChannelAddresses.remote(channel);
		if (peer != null && !peer.address().isEmpty()) {
			made.put(Metadata.PEER_ADDRESS, peer.address());
		}
		String own = options.selfAddressPropertyName;
		Address self = (own != null && !own.isEmpty()) ? ChannelAddresses.local(channel) : null;
		if (self != null && !self.address().isEmpty()) {
			made.put(own, self.address());
		}
		return (made.isEmpty()) ? null : made;
	}

}
