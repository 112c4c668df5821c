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

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide's Binary Star: a backup server that takes over when it has not heard the
 * primary for a while and a client asks it.
 */
@NoLeaks
@RequiresPyzmq
class BinaryStarTests {

	@Test
	void ourBackupTakesOverWhenThePrimaryIsSilentAndAClientAsks() throws InterruptedException {
		try (PythonPeer primary = PythonPeer.start("""
				state = ctx.socket(zmq.PUB)
				say("port", state.bind_to_random_port("tcp://127.0.0.1"))
				peer = ctx.socket(zmq.SUB)
				peer.subscribe(b"")
				peer.connect(hear())
				heard = False
				poller = zmq.Poller()
				poller.register(peer, zmq.POLLIN)
				while not heard:
				    state.send(b"1")
				    heard = bool(poller.poll(50)) and peer.recv() == b"2"
				for i in range(5):
				    state.send(b"3")
				    time.sleep(0.05)
				say("end")
				""");
				UserApp app = UserApp.start(Backup.class, "state.type=pub", "state.bind=ANY", "peer.type=sub",
						"peer.connect=" + UserApp.endpoint(primary), "service.type=rep", "service.bind=ANY")) {
			primary.tell(app.endpoint("state"));
			Backup backup = app.bean(Backup.class);
			assertThat(UserApp.next(backup.states)).isEqualTo("PASSIVE");
			primary.awaitLine("end");
			UserApp.awaitEnd(primary);
			try (PythonPeer client = PythonPeer.start("""
					while True:
					    client = ctx.socket(zmq.REQ)
					    client.linger = 0
					    client.connect(sys.argv[1])
					    client.send(b"request")
					    answer = client.recv()
					    client.close()
					    if answer == b"request done":
					        break
					    time.sleep(0.1)
					""", app.endpoint("service"))) {
				UserApp.awaitEnd(client);
			}
			assertThat(UserApp.next(backup.states)).isEqualTo("ACTIVE");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Backup {

		private static final String BACKUP = "2";

		private static final String ACTIVE = "3";

		private static final String PASSIVE = "4";

		final BlockingQueue<String> states = new LinkedBlockingQueue<>();

		private final ZmqTemplate template;

		private String state = BACKUP;

		private long peerSilentAt = Long.MAX_VALUE;

		Backup(ZmqTemplate template) {
			this.template = template;
		}

		@ZmqListener(socket = "peer", timeout = "50ms")
		synchronized void peer(@Nullable String peer) {
			if (peer != null) {
				this.peerSilentAt = System.nanoTime() + 500_000_000L;
				if (ACTIVE.equals(peer) && BACKUP.equals(this.state)) {
					change(PASSIVE, "PASSIVE");
				}
			}
			this.template.convertAndSend("state", this.state);
		}

		@ZmqListener("service")
		synchronized String serve(String request) {
			if (PASSIVE.equals(this.state) && System.nanoTime() - this.peerSilentAt > 0) {
				change(ACTIVE, "ACTIVE");
			}
			return (ACTIVE.equals(this.state)) ? request + " done" : "not active";
		}

		private void change(String state, String name) {
			this.state = state;
			this.states.add(name);
		}

	}

}
