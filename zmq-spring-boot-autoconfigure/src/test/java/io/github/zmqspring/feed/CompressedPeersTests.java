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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compressed messages that are not what they say, and dead letters that Python reads and
 * puts back.
 */
@NoLeaks
@RequiresPyzmq
@Timeout(120)
class CompressedPeersTests {

	/** Sends the bombs, and then what is to be read. */
	private static final String SENDER = """
			import gzip, sys, zlib
			push = ctx.socket(zmq.PUSH)
			push.connect(sys.argv[1])

			def bomb(gigabytes, wbits):
			    # blocks that begin anew can be repeated: no need to compress all of it
			    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
			    first = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
			    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
			    return first + block * (gigabytes * 1024 - 1) + packer.flush()

			def packed(data, wbits):
			    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
			    return packer.compress(data) + packer.flush()

			good = json.dumps({"text": "good"}).encode()
			bad = [
			    [bomb(10, 15)], [bomb(10, 31)],              # zlib, gzip
			    [bomb(10, 31)[:1 << 20]],                    # its end is missing
			    [gzip.compress(bytes(1 << 19)) * 3],         # members one behind the other
			    [zlib.compress(bytes(1 << 19))] * 3,         # each frame alone has few enough
			    [zlib.compress(zlib.compress(good))],        # twice
			    [zlib.compress(bomb(10, 15))],
			    [zlib.compress(good)[:-1]], [zlib.compress(good)[:4]],
			    [gzip.compress(good)[:-4]],
			    [zlib.compress(good)[:-4] + b"\\0\\0\\0\\0"],  # another checksum
			    [zlib.compress(good) + b"rest"],
			    [gzip.compress(good) + b"rest"],
			]
			for message in bad:
			    push.send_multipart(message)
			for message in [zlib.compress(good), gzip.compress(good), good, zlib.compress(good, 0), b"800", packed(good, 9)]:
			    push.send(message)
			say("sent", len(bad))
			hear()
			""";

	@Test
	void whatInflatesTooMuchOrNotAtAllIsUnreadable() throws InterruptedException {
		try (UserApp app = UserApp.start(Events.class, "events.type=pull", "events.bind=ANY", "events.compression=zlib",
				"events.max-decompressed-size=1MB");
				PythonPeer sender = PythonPeer.start(SENDER, app.endpoint("events"))) {
			Events events = app.bean(Events.class);
			List<String> read = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				read.add(UserApp.next(events.texts));
			}
			// what is only packed twice is no JSON
			assertThat(read).containsExactly("{text=good}", "{text=good}", "{text=good}", "{text=good}", "800",
					"{text=good}");
			String count = sender.awaitLine("sent ").substring(5);
			ZmqListenerRegistry listeners = app.bean(ZmqListenerRegistry.class);
			Awaitility.await().until(() -> listeners.status("events").handled() == 6);
			assertThat(listeners.status("events").unreadable()).isEqualTo(Long.parseLong(count));
			sender.tell("end");
		}
	}

	/** An operator's script: reads a dead letter, mends the message, puts it back. */
	private static final String UNDERTAKER = """
			import sys, zlib
			pull, push = ctx.socket(zmq.PULL), ctx.socket(zmq.PUSH)
			pull.connect(sys.argv[1])
			push.connect(sys.argv[2])
			header, *frames = pull.recv_multipart()
			say("letter", header.decode())
			say("frames", len(frames), frames[0].decode())
			push.send(zlib.compress(b'{"text": "mended"}'))
			letter = pull.recv_multipart()
			say("letter", letter[0].decode())
			push.send_multipart(letter[1:])
			hear()
			""";

	@Test
	void pythonReadsDeadLettersAndPutsTheirMessagesBack() throws InterruptedException {
		try (UserApp app = UserApp.start(Events.class, "events.type=pull", "events.bind=ANY", "events.compression=zlib",
				"dead.type=push", "dead.bind=ANY", "zmq.listener.dead-letter=dead", "out.type=push",
				"out.connect=socket:events", "out.compression=zlib");
				PythonPeer undertaker = PythonPeer.start(UNDERTAKER, app.endpoint("dead"), app.endpoint("events"))) {
			Events events = app.bean(Events.class);
			app.template.sendFrames("out", "{broken");
			assertThat(undertaker.awaitLine("letter ")).contains("reason=UNREADABLE", "listener=events", "attempts=0");
			assertThat(undertaker.awaitLine("frames ")).isEqualTo("frames 1 {broken");
			assertThat(UserApp.next(events.texts)).isEqualTo("{text=mended}");
			events.broken = true;
			app.template.sendFrames("out", "{\"text\": \"again\"}");
			assertThat(undertaker.awaitLine("letter ")).contains("reason=FAILED", "listener=events");
			assertThat(UserApp.next(events.texts)).isEqualTo("{text=again}");
			undertaker.tell("end");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Events {

		private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

		private volatile boolean broken;

		@ZmqListener(id = "events", socket = "events")
		void event(JsonNode event) {
			if (this.broken) {
				this.broken = false;
				throw new IllegalStateException("on purpose");
			}
			this.texts.add(event.isObject() ? "{text=" + event.get("text").asString() + "}" : event.toString());
		}

	}

}
