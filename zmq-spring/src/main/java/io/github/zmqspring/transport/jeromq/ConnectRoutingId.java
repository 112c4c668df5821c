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

package io.github.zmqspring.transport.jeromq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

import org.zeromq.ZMQ;
import zmq.SocketBase;
import zmq.pipe.Pipe;
import zmq.socket.Stream;
import zmq.util.Blob;

/**
 * The routing id by which a ROUTER or STREAM calls the peer that it connects to. JeroMQ
 * takes it as a text and sends that as UTF-8: for any other bytes the peer has a stand-in
 * until the connect is done.
 *
 * @since 0.1.0
 */
public final class ConnectRoutingId {

	private ConnectRoutingId() {
	}

	/**
	 * Set the id of the next peer that the socket connects to.
	 * @param socket a ROUTER or STREAM
	 * @param id the id
	 */
	public static void set(ZMQ.Socket socket, byte[] id) {
		socket.setConnectRid((isText(id)) ? new String(id, StandardCharsets.UTF_8) : standIn(id));
	}

	/**
	 * Give the peer its id. Call it after each connect, holding the socket's lock since
	 * before the connect.
	 * @param socket a ROUTER or STREAM
	 * @param id the id
	 */
	public static void connected(SocketBase socket, byte[] id) {
		if (isText(id)) {
			return;
		}
		boolean stream = socket instanceof Stream;
		Map<Blob, Object> peers = peers(socket, stream);
		Object peer = peers.remove(Blob.createBlob(standIn(id).getBytes(StandardCharsets.UTF_8)));
		if (peer != null) {
			Blob real = Blob.createBlob(id);
			Pipe pipe = (Pipe) ((stream) ? JeroMqInternals.STREAM_PEER_PIPE : JeroMqInternals.ROUTER_PEER_PIPE)
				.require(peer);
			pipe.setIdentity(real);
			peers.put(real, peer);
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<Blob, Object> peers(SocketBase socket, boolean stream) {
		return (Map<Blob, Object>) ((stream) ? JeroMqInternals.STREAM_PEERS : JeroMqInternals.ROUTER_PEERS)
			.require(socket);
	}

	/** Longer than any id, so that no peer can have it. */
	private static String standIn(byte[] id) {
		return "-".repeat(256) + HexFormat.of().formatHex(id);
	}

	private static boolean isText(byte[] id) {
		return Arrays.equals(new String(id, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), id);
	}

}
