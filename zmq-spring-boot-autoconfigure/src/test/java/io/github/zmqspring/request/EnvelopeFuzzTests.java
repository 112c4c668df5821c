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

package io.github.zmqspring.request;

import java.util.List;
import java.util.Random;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that send envelopes of all kinds: none of them stops a listener, or the replies
 * of a client.
 */
@NoLeaks
class EnvelopeFuzzTests {

	private static final long SEED = 20_260_101;

	@ParameterizedTest
	@ValueSource(strings = { "rep", "router" })
	void noEnvelopeStopsAListener(String type) {
		try (RequestApp app = RequestApp.start(Echo.class, "zmq.sockets.rpc.type=" + type,
				"zmq.sockets.rpc.bind=tcp://127.0.0.1:*"); ZContext peers = new ZContext()) {
			ZMQ.Socket dealer = connect(peers, SocketType.DEALER, app.port("rpc"));
			Random random = new Random(SEED);
			for (int i = 0; i < 2000; i++) {
				send(dealer, frames(random));
				while (dealer.recv(ZMQ.DONTWAIT) != null) {
					// whatever comes back: it must not fill up
				}
			}
			send(dealer, new byte[1000][0]);
			send(dealer, many(random, 1000));
			byte[][] deep = many(random, 1000);
			deep[998] = new byte[0];
			send(dealer, deep);
			ZMQ.Socket strict = connect(peers, SocketType.REQ, app.port("rpc"));
			strict.send("still there");
			assertThat(strict.recvStr()).isEqualTo("still there");
			if ("rep".equals(type)) {
				assertThat(app.sockets().status("rpc").dropped()).isPositive();
			}
			assertThat(app.listeners().status(app.listeners().ids().iterator().next()).alive()).isTrue();
		}
	}

	@Test
	void noReplyStopsAClient() {
		try (ZContext peers = new ZContext()) {
			ZMQ.Socket router = peers.createSocket(SocketType.ROUTER);
			router.setReceiveTimeOut(20_000);
			// a ROUTER drops what is above the mark
			router.setSndHWM(0);
			int port = router.bindToRandomPort("tcp://127.0.0.1");
			try (RequestApp app = RequestApp.client(String.valueOf(port))) {
				var reply = app.template().requestAsync("ask", "x", ZmqMessage.class);
				byte[] id = router.recv();
				byte[] correlation = router.recv();
				assertThat(router.recv()).isEmpty();
				assertThat(router.recvStr()).isEqualTo("x");
				Random random = new Random(SEED);
				for (int i = 0; i < 2000; i++) {
					router.sendMore(id);
					send(router, frames(random));
				}
				for (byte[][] large : List.of(new byte[1000][0], many(random, 1000))) {
					router.sendMore(id);
					send(router, large);
				}
				router.sendMore(id);
				send(router, new byte[][] { correlation, new byte[0] });
				router.sendMore(id);
				send(router, new byte[][] { correlation, new byte[0], "right".getBytes() });
				assertThat(reply.join().text(0)).isEqualTo("right");
				// each of the others is accounted for
				assertThat(app.requests().status("ask").late()).isEqualTo(2003);
				assertThat(app.requests().status("ask").replies()).isOne();
				assertThat(app.requests().status("ask").late()).isEqualTo(2003);
			}
		}
	}

	private static ZMQ.Socket connect(ZContext context, SocketType type, String port) {
		ZMQ.Socket socket = context.createSocket(type);
		socket.setHandshakeIvl(1000);
		socket.setReceiveTimeOut(20_000);
		socket.setSendTimeOut(20_000);
		socket.connect("tcp://127.0.0.1:" + port);
		return socket;
	}

	/** None of them is by chance an answer to the request: ids have 64 random bits. */
	private static byte[][] frames(Random random) {
		byte[][] frames = new byte[1 + random.nextInt(6)][];
		for (int i = 0; i < frames.length; i++) {
			frames[i] = new byte[size(random)];
			random.nextBytes(frames[i]);
		}
		return frames;
	}

	private static byte[][] many(Random random, int count) {
		byte[][] frames = new byte[count][];
		for (int i = 0; i < count; i++) {
			frames[i] = new byte[1 + random.nextInt(20)];
			random.nextBytes(frames[i]);
		}
		return frames;
	}

	private static int size(Random random) {
		return switch (random.nextInt(4)) {
			case 0 -> 0;
			case 1 -> Long.BYTES;
			default -> random.nextInt(40);
		};
	}

	private static void send(ZMQ.Socket socket, byte[][] frames) {
		for (int i = 0; i < frames.length; i++) {
			socket.send(frames[i], (i < frames.length - 1) ? ZMQ.SNDMORE : 0);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@ZmqListener(socket = "rpc", concurrency = "2")
		byte[] echo(byte[] request) {
			return request;
		}

	}

}
