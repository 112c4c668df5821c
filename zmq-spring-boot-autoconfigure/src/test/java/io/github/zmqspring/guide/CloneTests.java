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

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide's Clone pattern: a shared key-value store, whose messages
 * ({@code [key][sequence][uuid][properties][body]}) may have empty frames anywhere.
 */
@NoLeaks
@RequiresPyzmq
class CloneTests {

	private static final String KVMSG = """
			def kvmsg(key, sequence, body, properties=b""):
			    return [key, struct.pack("!q", sequence), b"\\0" * 16, properties, body]
			""";

	@Test
	void ourClientGetsTheSnapshotOfAServerAndItsUpdates() throws InterruptedException {
		try (PythonPeer server = PythonPeer.start(KVMSG + """
				snapshot, publisher, collector = [ctx.socket(kind) for kind in (zmq.ROUTER, zmq.XPUB, zmq.PULL)]
				for socket in snapshot, publisher, collector:
				    say("port", socket.bind_to_random_port("tcp://127.0.0.1"))
				identity, request, subtree = snapshot.recv_multipart()
				assert (request, subtree) == (b"ICANHAZ?", b"")
				for i in range(3):
				    snapshot.send_multipart([identity] + kvmsg(b"key%d" % i, i, b"value%d" % i))
				snapshot.send_multipart([identity] + kvmsg(b"KTHXBAI", 3, b""))
				assert publisher.recv() == b"\\x01"
				key, sequence, uuid, properties, body = collector.recv_multipart()
				assert len(uuid) == 16 and properties == b"ttl=30\\n"
				publisher.send_multipart([key, struct.pack("!q", 4), uuid, properties, body])
				publisher.send_multipart(kvmsg(b"HUGZ", 4, b""))
				hear()
				""");
				UserApp app = UserApp.start(Client.class, "snapshot.type=dealer",
						"snapshot.connect=" + UserApp.endpoint(server), "updates.type=sub",
						"updates.connect=" + UserApp.endpoint(server), "changes.type=push",
						"changes.connect=" + UserApp.endpoint(server))) {
			Client client = app.bean(Client.class);
			app.template.sendFrames("snapshot", "ICANHAZ?", "");
			for (int i = 0; i < 3; i++) {
				assertThat(UserApp.next(client.updates)).isEqualTo(new Update("key" + i, i, "", "value" + i));
			}
			assertThat(UserApp.next(client.updates)).isEqualTo(new Update("KTHXBAI", 3, "", ""));
			app.template.sendFrames("changes", "mine", new byte[8], bytes(UUID.randomUUID()), "ttl=30\n", "1");
			assertThat(UserApp.next(client.updates)).isEqualTo(new Update("mine", 4, "ttl=30\n", "1"));
			assertThat(UserApp.next(client.updates)).isEqualTo(new Update("HUGZ", 4, "", ""));
			server.tell("done");
			UserApp.awaitEnd(server);
		}
	}

	@Test
	void ourServerServesClients() throws InterruptedException {
		try (UserApp app = UserApp.start(Server.class, "snapshot.type=router", "snapshot.bind=ANY",
				"snapshot.return-path=identity", "publisher.type=pub", "publisher.bind=ANY", "collector.type=pull",
				"collector.bind=ANY"); PythonPeer client = PythonPeer.start(KVMSG + """
						snapshot, updates, changes = [ctx.socket(kind) for kind in (zmq.DEALER, zmq.SUB, zmq.PUSH)]
						for socket, endpoint in zip((snapshot, updates, changes), sys.argv[1:]):
						    socket.connect(endpoint)
						updates.subscribe(b"/client/")
						say("subscribed")
						hear()
						for i in range(3):
						    changes.send_multipart(kvmsg(b"/client/%d" % i, 0, b"" if i == 2 else b"value", b"a=1\\n"))
						    key, sequence, uuid, properties, body = updates.recv_multipart()
						    assert struct.unpack("!q", sequence)[0] == i + 1 and properties == b"a=1\\n"
						for subtree in b"/client/", b"":
						    snapshot.send_multipart([b"ICANHAZ?", subtree])
						    for i in range(2):
						        key, sequence, uuid, properties, body = snapshot.recv_multipart()
						        assert (key, body) == (b"/client/%d" % i, b"value"), key
						    key, sequence, uuid, properties, body = snapshot.recv_multipart()
						    assert (key, struct.unpack("!q", sequence)[0]) == (b"KTHXBAI", 3)
						    assert (uuid, properties, body) == (b"", b"", subtree)
						""", app.endpoint("snapshot"), app.endpoint("publisher"), app.endpoint("collector"))) {
			client.awaitLine("subscribed");
			assertThat(app.sockets.awaitSubscribers("publisher", "/client/", 1, UserApp.PATIENCE)).isTrue();
			client.tell("go");
			UserApp.awaitEnd(client);
		}
	}

	private static byte[] bytes(UUID uuid) {
		return ByteBuffer.allocate(16)
			.putLong(uuid.getMostSignificantBits())
			.putLong(uuid.getLeastSignificantBits())
			.array();
	}

	record Update(String key, long sequence, String properties, String body) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Client {

		final BlockingQueue<Update> updates = new LinkedBlockingQueue<>();

		@ZmqListener("snapshot")
		@ZmqListener("updates")
		void update(@ZmqFrame(0) String key, @ZmqFrame(1) ByteBuffer sequence, @ZmqFrame(2) byte[] uuid,
				@ZmqFrame(3) String properties, @ZmqFrame(4) String body) {
			this.updates.add(new Update(key, sequence.getLong(), properties, body));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Server {

		private final Map<String, ZmqMessage> store = new ConcurrentSkipListMap<>();

		private final AtomicLong sequence = new AtomicLong();

		private final ZmqTemplate template;

		Server(ZmqTemplate template) {
			this.template = template;
		}

		@ZmqListener("collector")
		void change(ZmqMessage message) {
			ZmqMessage numbered = ZmqMessage.of(message.frame(0), number(this.sequence.incrementAndGet()),
					message.frame(2), message.frame(3), message.frame(4));
			if (message.frame(4).length > 0) {
				this.store.put(message.text(0), numbered);
			}
			else {
				this.store.remove(message.text(0));
			}
			this.template.convertAndSend("publisher", numbered);
		}

		@ZmqListener("snapshot")
		void snapshot(@ZmqFrame(0) String request, @ZmqFrame(1) String subtree, ZmqReplier replier) {
			assertThat(request).isEqualTo("ICANHAZ?");
			new TreeMap<>(this.store).forEach((key, message) -> {
				if (key.startsWith(subtree)) {
					replier.reply(message);
				}
			});
			replier.reply(ZmqMessage.of("KTHXBAI", number(this.sequence.get()), "", "", subtree));
		}

		private static byte[] number(long value) {
			return ByteBuffer.allocate(8).putLong(value).array();
		}

	}

}
