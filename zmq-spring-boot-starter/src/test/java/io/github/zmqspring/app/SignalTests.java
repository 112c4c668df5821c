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

import java.time.Duration;

import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.test.ZmqAppProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the end of an application, by itself and by a signal.
 */
@RequiresPyzmq
class SignalTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	@Test
	void applicationOfTemplateAloneEndsWithItsMainMethodAndDelivers() {
		try (RemotePeer peer = new RemotePeer();
				ZmqAppProcess app = Apps.starterAlone(SenderApp.class)
					.args(0, "--zmq.sockets.out.type=push", "--zmq.sockets.out.connect=" + peer.bind("in", "PULL"))
					.start()) {
			assertThat(app.awaitExit()).isZero();
			assertThat(app.lines()).contains("main ends", "accepted 0");
			assertThat(peer.receive("in")).containsExactly("just one");
		}
	}

	@ParameterizedTest
	@CsvSource({ "TERM, 143", "INT, 130" })
	void whatWasAcceptedBeforeTheSignalIsDelivered(String signal, int exitCode) {
		try (RemotePeer peer = new RemotePeer();
				ZmqAppProcess app = Apps.starterAlone(SenderApp.class)
					.args(2, "--zmq.sockets.out.type=push", "--zmq.sockets.out.connect=" + peer.bind("in", "PULL"),
							"--zmq.sockets.out.options.linger=3s")
					.start()) {
			app.awaitLine("^main ends");
			assertThat(peer.receive("in")).startsWith("one", "two").hasSize(3);
			peer.startCounting("in", Duration.ofSeconds(3));
			app.signal(signal);
			assertThat(app.awaitExit()).isEqualTo(exitCode);
			assertThat(app.elapsedSinceSignal()).isLessThan(LIMIT);
			assertThat(app.lines()).filteredOn((line) -> line.startsWith("ended by"))
				.hasSize(2)
				.containsOnly("ended by ZmqSocketClosedException on out");
			long accepted = Long.parseLong(app.awaitLine("^accepted ").substring("accepted ".length()));
			assertThat(peer.count() + 1).isEqualTo(accepted).isGreaterThan(100);
		}
	}

	@Test
	void whatAPeerHasNotReadAtTheSignalIsDeliveredToo() {
		try (RemotePeer peer = new RemotePeer();
				ZmqAppProcess app = Apps.starterAlone(SenderApp.class)
					.args(2, "--zmq.sockets.out.type=push", "--zmq.sockets.out.connect=" + peer.bind("in", "PULL"),
							"--zmq.sockets.out.options.linger=3s", "--zmq.template.send-timeout=2m")
					.start()) {
			app.awaitLine("^main ends");
			assertThat(peer.receive("in")).startsWith("one", "two").hasSize(3);
			// the high-water marks of both sides and the buffers between them are full
			app.awaitLine("^all wait");
			app.terminate();
			peer.startCounting("in", Duration.ofSeconds(3));
			assertThat(app.awaitExit()).isEqualTo(143);
			assertThat(app.elapsedSinceSignal()).isLessThan(LIMIT);
			long accepted = Long.parseLong(app.awaitLine("^accepted ").substring("accepted ".length()));
			assertThat(peer.count() + 1).isEqualTo(accepted).isGreaterThan(1000);
		}
	}

	@Test
	void sendThatIsBlockedForWantOfPeersHoldsNothingUp() {
		try (ZmqAppProcess app = Apps.starterAlone(SenderApp.class)
			.args(2, "--zmq.sockets.out.type=push", "--zmq.sockets.out.bind=tcp://127.0.0.1:*",
					"--zmq.template.send-timeout=2m")
			.start()) {
			app.awaitLine("^main ends");
			app.awaitLine("^all wait");
			app.terminate();
			assertThat(app.awaitExit()).isEqualTo(143);
			assertThat(app.elapsedSinceSignal()).isLessThan(LIMIT);
			assertThat(app.lines()).filteredOn((line) -> line.startsWith("ended by"))
				.hasSize(2)
				.containsOnly("ended by ZmqSocketClosedException on out");
			assertThat(app.lines()).contains("accepted 0");
		}
	}

	@Test
	void whatIsBeingHandledAtTheSignalIsAnswered() {
		try (RemotePeer peer = new RemotePeer();
				ZmqAppProcess app = Apps.starterAlone(SlowApp.class)
					.args("--zmq.sockets.slow.type=rep", "--zmq.sockets.slow.bind=tcp://127.0.0.1:*")
					.start()) {
			peer.connect("slow", "REQ", Apps.bound(app, "slow"));
			peer.send("slow", "request");
			app.awaitLine("^handling request");
			app.terminate();
			assertThat(peer.receive("slow")).containsExactly("done");
			assertThat(app.awaitExit()).isEqualTo(143);
			assertThat(app.elapsedSinceSignal()).isLessThan(LIMIT);
		}
	}

}
