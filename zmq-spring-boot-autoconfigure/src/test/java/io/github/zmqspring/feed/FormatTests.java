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

package io.github.zmqspring.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPOutputStream;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.message.MessagePackMessageConverter;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Payloads in other formats than JSON, and compressed ones.
 */
@NoLeaks
@Timeout(120)
class FormatTests {

	@Test
	@RequiresPyzmq
	void theRelayOfEddnIsReadByItsPropertiesAndABombIsRefused() throws InterruptedException {
		try (PythonPeer relay = PythonPeer.start("""
				import zlib
				pub = ctx.socket(zmq.XPUB)
				say("port", pub.bind_to_random_port("tcp://127.0.0.1"))
				pub.recv()
				event = {"$schemaRef": "https://eddn.edcd.io/schemas/journal/1", "header": {"uploaderID": "x"},
				         "message": {"StarSystem": "Sol"}}
				pub.send(zlib.compress(b" " * 100_000_000))
				pub.send(zlib.compress(json.dumps(event).encode())[:-6])
				pub.send(zlib.compress(json.dumps(event).encode()))
				pub.send(json.dumps(event).encode())
				hear()
				""");
				UserApp app = UserApp.start(Eddn.class, "eddn.type=sub", "eddn.connect=" + UserApp.endpoint(relay),
						"eddn.compression=zlib", "eddn.max-decompressed-size=1MB")) {
			Eddn eddn = app.bean(Eddn.class);
			assertThat(UserApp.next(eddn.systems)).isEqualTo("Sol");
			assertThat(UserApp.next(eddn.systems)).isEqualTo("Sol");
			ZmqListenerRegistry listeners = app.bean(ZmqListenerRegistry.class);
			assertThat(listeners.status("eddn").unreadable()).isEqualTo(2);
			assertThat(listeners.status("eddn").lastError()).isNotNull();
			relay.tell("done");
			UserApp.awaitEnd(relay);
		}
	}

	@Test
	void objectsTravelInTheFormatOfTheirSocketCompressedOrNot() throws InterruptedException {
		for (String type : List.of("application/json", "application/cbor", "application/x-msgpack")) {
			for (String compression : List.of("none", "gzip", "zlib")) {
				try (UserApp app = UserApp.start(Formats.class, "out.type=pub", "out.bind=inproc://formats",
						"in.type=sub", "in.connect=inproc://formats", "out.content-type=" + type,
						"in.content-type=" + type, "out.compression=" + compression, "in.compression=" + compression,
						"rpc.type=rep", "rpc.bind=inproc://rpc", "rpc.content-type=" + type,
						"rpc.compression=" + compression, "ask.type=req", "ask.connect=inproc://rpc",
						"ask.content-type=" + type, "ask.compression=" + compression)) {
					Formats formats = app.bean(Formats.class);
					Awaitility.await().until(() -> app.sockets.subscribers("out", "") == 1);
					Item item = new Item("a".repeat(500), 1L << 40, 2.5, new byte[] { 1, -1 }, List.of(true, false),
							null);
					app.template.publish("out", "topic", item);
					assertThat(UserApp.next(formats.items)).as(type + " " + compression).isEqualTo("topic " + item);
					Item reply = app.template.convertSendAndReceive("ask", item, Item.class);
					assertThat(reply).hasToString(item.toString());
					assertThatExceptionOfType(RuntimeException.class)
						.isThrownBy(() -> app.template.convertSendAndReceive("ask",
								new Item("fail", 0, 0, null, List.of(), null), Item.class))
						.withMessageContaining("on purpose");
				}
			}
		}
	}

	@Test
	@RequiresPyzmq
	void aFeedOfMessagePackIsReadAndWritten() throws InterruptedException {
		// {"symbol": "EURUSD", "bid": 1.5, "sizes": [1, 70000, -3], "raw": bin 0xff, 7:
		// nil}
		String tick = "85a673796d626f6ca6455552555344a3626964cb3ff8000000000000a573697a657393" + "01ce00011170fd"
				+ "a3726177c401ff" + "07c0";
		try (UserApp app = UserApp.start(Ticks.class, "ticks.type=pull", "ticks.bind=ANY",
				"ticks.content-type=application/x-msgpack", "out.type=push", "out.bind=ANY",
				"out.content-type=application/msgpack"); PythonPeer feed = PythonPeer.start("""
						import sys
						push, pull = ctx.socket(zmq.PUSH), ctx.socket(zmq.PULL)
						push.connect(sys.argv[1])
						pull.connect(sys.argv[2])
						for data in ("c1", "81a16101ff", "dfffffffff", "c6ffffffff00", "91" * 600 + "c0", sys.argv[3]):
						    push.send(bytes.fromhex(data))
						say("got", pull.recv().hex())
						""", app.endpoint("ticks"), app.endpoint("out"), tick)) {
			Ticks ticks = app.bean(Ticks.class);
			assertThat(UserApp.next(ticks.ticks)).isEqualTo("EURUSD 1.5 [1, 70000, -3] ff");
			assertThat(app.bean(ZmqListenerRegistry.class).status("ticks").unreadable()).isEqualTo(5);
			app.template.convertAndSend("out", new Packed(List.of(1, "b")));
			assertThat(feed.awaitLine("got ")).isEqualTo("got 81a1619201a162");
			UserApp.awaitEnd(feed);
		}
	}

	@Test
	void theTemplateReadsCompressedMessagesAndRefusesBombs() throws Exception {
		try (UserApp app = UserApp.start(Nothing.class, "in.type=pull", "in.bind=inproc://raw", "in.compression=gzip",
				"in.max-decompressed-size=1KB", "out.type=push", "out.connect=inproc://raw", "plain.type=push",
				"plain.connect=inproc://raw", "out.compression=gzip")) {
			app.template.sendFrames("out", "a", "b".repeat(400), "");
			ZmqMessage message = app.template.receiveFrames("in", Duration.ofSeconds(20));
			assertThat(message).isNotNull();
			assertThat(message.frames()).extracting((frame) -> new String(frame, StandardCharsets.UTF_8))
				.containsExactly("a", "b".repeat(400), "");
			app.template.sendFrames("out", new byte[600], new byte[600]);
			assertThatExceptionOfType(ZmqConversionException.class)
				.isThrownBy(() -> app.template.receiveFrames("in", Duration.ofSeconds(20)))
				.withMessageContaining("max-decompressed-size");
			ByteArrayOutputStream gzip = new ByteArrayOutputStream();
			try (GZIPOutputStream stream = new GZIPOutputStream(gzip)) {
				stream.write(new byte[500]);
			}
			app.template.convertAndSend("plain", Arrays.copyOf(gzip.toByteArray(), 15));
			assertThatExceptionOfType(ZmqConversionException.class)
				.isThrownBy(() -> app.template.receiveFrames("in", Duration.ofSeconds(20)))
				.withMessageContaining("too early");
			app.template.convertAndSend("plain", "not compressed");
			assertThat(app.template.receiveAndConvert("in", String.class)).isEqualTo("not compressed");
		}
	}

	@Test
	void aContentTypeWithoutAConverterStopsTheStart() {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> UserApp.start(Nothing.class, "in.type=pull", "in.bind=ANY",
					"in.content-type=application/x-protobuf"))
			.withMessageContaining("application/x-protobuf");
	}

	@Test
	void messagePackKeepsNumbersAndBytes() {
		MessagePackMessageConverter converter = new MessagePackMessageConverter(JsonMapper.builder().build());
		MessageHeaders headers = new MessageHeaders(Map.of(MessageHeaders.CONTENT_TYPE, "application/msgpack"));
		Map<String, Object> map = Map.of("long", Long.MIN_VALUE, "float", 1.5f, "bytes", new byte[300]);
		byte[] bytes = (byte[]) converter.toMessage(map, headers).getPayload();
		assertThat(HexFormat.of().formatHex(bytes)).contains("d38000000000000000", "ca3fc00000", "c5012c");
		Object back = converter.fromMessage(MessageBuilder.createMessage(bytes, headers), Map.class);
		assertThat(back).isInstanceOfSatisfying(Map.class, (read) -> {
			assertThat((byte[]) read.get("bytes")).hasSize(300);
			assertThat(read.get("long")).isEqualTo(Long.MIN_VALUE);
		});
		assertThat(converter.fromMessage(MessageBuilder.withPayload(bytes).build(), Map.class)).isNull();
	}

	record Packed(List<Object> a) {
	}

	record Item(String name, long count, double price, byte[] raw, List<Boolean> flags, String nothing) {

		@Override
		public String toString() {
			return this.name + this.count + this.price + Arrays.toString(this.raw) + this.flags + this.nothing;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Eddn {

		final BlockingQueue<String> systems = new LinkedBlockingQueue<>();

		@ZmqListener(id = "eddn", socket = "eddn")
		void event(Event event) {
			this.systems.add(String.valueOf(event.message().get("StarSystem")));
		}

		record Event(Map<String, Object> message) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Formats {

		final BlockingQueue<String> items = new LinkedBlockingQueue<>();

		@ZmqListener("in")
		void received(@ZmqTopic String topic, Item item) {
			this.items.add(topic + " " + item);
		}

		@ZmqListener("rpc")
		Item answer(Item item) {
			if ("fail".equals(item.name())) {
				throw new IllegalArgumentException("on purpose");
			}
			return item;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Ticks {

		final BlockingQueue<String> ticks = new LinkedBlockingQueue<>();

		@ZmqListener(id = "ticks", socket = "ticks")
		void tick(@ZmqFrame(0) Tick tick) {
			this.ticks.add(
					tick.symbol() + " " + tick.bid() + " " + tick.sizes() + " " + HexFormat.of().formatHex(tick.raw()));
		}

		record Tick(String symbol, double bid, List<Integer> sizes, byte[] raw) {
		}

	}

}
