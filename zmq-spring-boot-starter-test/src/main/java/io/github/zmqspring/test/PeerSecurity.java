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

package io.github.zmqspring.test;

import java.util.function.Consumer;

import io.github.zmqspring.security.ZmqKeyPair;
import org.zeromq.ZMQ;

/**
 * The credentials of a peer.
 */
final class PeerSecurity {

	private PeerSecurity() {
	}

	static Consumer<ZMQ.Socket> curve(ZmqKeyPair keys, String serverKey) {
		return (socket) -> {
			socket.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey()));
			socket.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey()));
			socket.setCurveServerKey(ZMQ.Curve.z85Decode(serverKey));
		};
	}

	static Consumer<ZMQ.Socket> curveServer(ZmqKeyPair keys) {
		return (socket) -> {
			socket.setCurveServer(true);
			socket.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey()));
			socket.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey()));
		};
	}

	static Consumer<ZMQ.Socket> plain(String username, String password) {
		return (socket) -> {
			socket.setPlainUsername(username.getBytes(ZMQ.CHARSET));
			socket.setPlainPassword(password.getBytes(ZMQ.CHARSET));
		};
	}

}
