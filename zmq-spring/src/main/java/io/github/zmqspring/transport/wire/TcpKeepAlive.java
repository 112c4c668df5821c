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

package io.github.zmqspring.transport.wire;

import java.io.IOException;
import java.nio.channels.SocketChannel;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import org.zeromq.ZMQ;

/**
 * Has TCP notice peers that are gone without a word, as after a pulled cable, within two
 * minutes. Unlike heartbeats it needs nothing of the peer, and a peer that only stands
 * still is none that is gone.
 */
final class TcpKeepAlive {

	private static final long IDLE_SECONDS = 60;

	private static final long INTERVAL_SECONDS = 10;

	private static final int COUNT = 6;

	private TcpKeepAlive() {
	}

	/** Turn it on for a new socket, unless its options turn it off. */
	static void apply(ZMQ.Socket socket, SocketOptions options) {
		if (Boolean.FALSE.equals(options.get(SocketOption.TCP_KEEP_ALIVE, Boolean.class))) {
			return;
		}
		socket.setTCPKeepAlive(1);
		if (Platform.IS_TUNABLE) {
			socket.setTCPKeepAliveIdle(IDLE_SECONDS);
			socket.setTCPKeepAliveInterval(INTERVAL_SECONDS);
			socket.setTCPKeepAliveCount(COUNT);
		}
	}

	/** Found out once, with a channel. */
	private static final class Platform {

		/** JeroMQ would lose the connection over an option that is not there. */
		static final boolean IS_TUNABLE = isTunable();

		private static boolean isTunable() {
			try (SocketChannel channel = SocketChannel.open()) {
				return channel.supportedOptions()
					.stream()
					.filter((option) -> option.name().startsWith("TCP_KEEP"))
					.count() >= 3;
			}
			catch (IOException ex) {
				return false;
			}
		}

	}

}
