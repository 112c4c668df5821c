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

package io.github.zmqspring.guide;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.InflaterInputStream;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Feeds of well-known programs: bitcoind, the EDDN relay, monerod and GNU Radio.
 */
@NoLeaks
@RequiresPyzmq
class FeedTests {

	/** The end that publishes: an XPUB, to wait for subscriptions. */
	private static final String PUBLISHER = """
			pub = ctx.socket(zmq.XPUB)
			say("port", pub.bind_to_random_port("tcp://127.0.0.1"))
			""";

	@Test
	void bitcoindsNotificationsHaveATopicABinaryBodyAndALittleEndianCounter() throws InterruptedException {
		try (PythonPeer bitcoind = PythonPeer.start(PUBLISHER + """
				subscriptions = {pub.recv(), pub.recv()}
				assert subscriptions == {b"\\x01hashblock", b"\\x01rawtx"}, subscriptions
				for number in range(255, 259):
				    pub.send_multipart([b"hashblock", bytes(range(32)), struct.pack("<I", number)])
				pub.send_multipart([b"hashtx", bytes(32), struct.pack("<I", 1)])
				pub.send_multipart([b"rawtx", b"", struct.pack("<I", 7)])
				hear()
				""");
				UserApp app = UserApp.start(Bitcoin.class, "bitcoin.type=sub", "bitcoin.topics=hashblock,rawtx",
						"bitcoin.connect=" + UserApp.endpoint(bitcoind))) {
			Bitcoin bitcoin = app.bean(Bitcoin.class);
			for (int number = 255; number < 259; number++) {
				assertThat(UserApp.next(bitcoin.notifications))
					.isEqualTo("hashblock 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f " + number);
			}
			assertThat(UserApp.next(bitcoin.notifications)).isEqualTo("rawtx  7");
			bitcoind.tell("done");
			UserApp.awaitEnd(bitcoind);
		}
	}

	@Test
	void theRelayOfEddnSendsCompressedJson() throws InterruptedException {
		try (PythonPeer relay = PythonPeer.start(PUBLISHER + """
				import zlib
				pub.recv()
				event = {"$schemaRef": "https://eddn.edcd.io/schemas/journal/1", "message": {"StarSystem": "Sol"}}
				pub.send(zlib.compress(json.dumps(event).encode()))
				hear()
				""");
				UserApp app = UserApp.start(Eddn.class, "eddn.type=sub", "eddn.connect=" + UserApp.endpoint(relay))) {
			assertThat(UserApp.next(app.bean(Eddn.class).systems)).isEqualTo("Sol");
			relay.tell("done");
			UserApp.awaitEnd(relay);
		}
	}

	@Test
	void monerodSendsTopicAndJsonInOneFrame() throws InterruptedException {
		try (PythonPeer monerod = PythonPeer.start(PUBLISHER + """
				assert pub.recv() == b"\\x01json-minimal-txpool_add:"
				pub.send(b'json-minimal-txpool_add:[{"id":"a:b","fee":3}]')
				pub.send(b'json-full-txpool_add:[]')
				hear()
				""");
				UserApp app = UserApp.start(Monero.class, "monero.type=sub", "monero.topics=json-minimal-txpool_add:",
						"monero.topic-separator=:", "monero.connect=" + UserApp.endpoint(monerod))) {
			assertThat(UserApp.next(app.bean(Monero.class).transactions))
				.isEqualTo("json-minimal-txpool_add [Transaction[id=a:b, fee=3]]");
			monerod.tell("done");
			UserApp.awaitEnd(monerod);
		}
	}

	@Test
	void gnuRadioStreamsItemsAsTheyLieInMemory() throws InterruptedException {
		try (PythonPeer radio = PythonPeer.start("""
				push, req = ctx.socket(zmq.PUSH), ctx.socket(zmq.REQ)
				say("port", push.bind_to_random_port("tcp://127.0.0.1"))
				push.send(struct.pack("<4f", 0.0, 0.5, -1.0, 2.0))
				req.connect(hear())
				req.send(struct.pack("<I", 3))
				assert struct.unpack("<3f", req.recv()) == (0.0, 1.0, 2.0)
				hear()
				""");
				UserApp app = UserApp.start(Radio.class, "samples.type=pull",
						"samples.connect=" + UserApp.endpoint(radio), "source.type=rep", "source.bind=ANY")) {
			assertThat(UserApp.next(app.bean(Radio.class).samples)).containsExactly(0, 0.5f, -1, 2);
			radio.tell(app.endpoint("source"));
			radio.tell("done");
			UserApp.awaitEnd(radio);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Bitcoin {

		final BlockingQueue<String> notifications = new LinkedBlockingQueue<>();

		@ZmqListener("bitcoin")
		void notified(@ZmqTopic String topic, @ZmqFrame(1) byte[] body, @ZmqFrame(2) ByteBuffer sequence) {
			int number = sequence.order(ByteOrder.LITTLE_ENDIAN).getInt();
			this.notifications.add(topic + " " + HexFormat.of().formatHex(body) + " " + number);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Eddn {

		final BlockingQueue<String> systems = new LinkedBlockingQueue<>();

		private final JsonMapper json = JsonMapper.builder().build();

		@ZmqListener("eddn")
		void event(byte[] compressed) throws IOException {
			try (InflaterInputStream stream = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
				String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
				Event event = this.json.readValue(text, Event.class);
				this.systems.add(String.valueOf(event.message().get("StarSystem")));
			}
		}

		record Event(Map<String, Object> message) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Monero {

		final BlockingQueue<String> transactions = new LinkedBlockingQueue<>();

		@ZmqListener("monero")
		void added(@ZmqTopic String topic, List<Transaction> transactions) {
			this.transactions.add(topic + " " + transactions);
		}

		record Transaction(String id, long fee) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Radio {

		final BlockingQueue<float[]> samples = new LinkedBlockingQueue<>();

		@ZmqListener("samples")
		void received(ByteBuffer items) {
			float[] values = new float[items.remaining() / Float.BYTES];
			items.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
			this.samples.add(values);
		}

		@ZmqListener("source")
		byte[] produce(ByteBuffer request) {
			int count = request.order(ByteOrder.LITTLE_ENDIAN).getInt();
			ByteBuffer items = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
			for (int i = 0; i < count; i++) {
				items.putFloat(i);
			}
			return items.array();
		}

	}

}
