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

package io.github.zmqspring.app;

import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.test.ZmqAppProcess;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application of proxies alone.
 */
@RequiresPyzmq
class ProxyAppTests {

	@Test
	void whatAProxyHadReadAtTheSignalReachesItsPeer() {
		String producer = """
				push = ctx.socket(zmq.PUSH)
				push.connect(sys.argv[1])
				number = 0
				while True:
				    push.send_multipart([b"task", b"%d" % number])
				    number += 1
				""";
		String worker = """
				pull = ctx.socket(zmq.PULL)
				pull.connect(sys.argv[1])
				ending = threading.Event()
				threading.Thread(target=lambda: (hear(), ending.set()), daemon=True).start()
				got = 0
				while not ending.is_set() or pull.poll(1000):
				    if pull.poll(100):
				        assert pull.recv_multipart() == [b"task", b"%d" % got]
				        got += 1
				        if got == 1000:
				            say("busy")
				say("got", got)
				""";
		try (ZmqAppProcess app = Apps.starterAlone(ProxyApp.class)
			.args("--zmq.proxies.tasks.type=streamer", "--zmq.proxies.tasks.frontend.bind=tcp://127.0.0.1:*",
					"--zmq.proxies.tasks.backend.bind=tcp://127.0.0.1:*",
					"--zmq.proxies.tasks.backend.options.linger=10s")
			.start();
				PythonPeer pull = PythonPeer.start(worker, Apps.bound(app, "tasks.backend"));
				PythonPeer push = PythonPeer.start(producer, Apps.bound(app, "tasks.frontend"))) {
			pull.awaitLine("busy");
			app.awaitLine("^main ends");
			assertThat(app.isAlive()).as("an application of proxies alone stays up").isTrue();
			assertThat(push.isAlive()).isTrue();
			app.terminate();
			assertThat(app.awaitExit()).isEqualTo(143);
			String[] traffic = app.awaitLine("^traffic tasks ").split(" ");
			pull.tell("end");
			String got = pull.awaitLine("got ").substring("got ".length());
			assertThat(traffic[3]).as("forwarded").isEqualTo(traffic[2]);
			assertThat(got).isEqualTo(traffic[3]);
		}
	}

}
