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

import io.github.zmqspring.test.ZmqAppProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that are ended by their own handlers, on threads that the end
 * would otherwise wait for.
 */
class ExitTests {

	/** A third of what a shutdown phase may take. */
	private static final Duration AT_ONCE = Duration.ofSeconds(10);

	@ParameterizedTest
	@CsvSource({ "lane, false, 7", "lane, true, 9", "inline, false, 7", "inline, true, 9", "error, false, 7",
			"replier, true, 9", "callback, false, 7", "failed, true, 9", "proxy, false, 7" })
	void theExitCodeIsTheHandlersAndComesAtOnce(String where, boolean closes, int exitCode) {
		try (ZmqAppProcess app = Apps.starterAlone(ExitApp.class)
			.args("--exit.where=" + where, "--exit.closes=" + closes, "--zmq.sockets.lane.type=pull",
					"--zmq.sockets.lane.bind=inproc://lane", "--zmq.sockets.to-lane.type=push",
					"--zmq.sockets.to-lane.connect=inproc://lane", "--zmq.sockets.inline.type=pull",
					"--zmq.sockets.inline.bind=inproc://inline", "--zmq.sockets.to-inline.type=push",
					"--zmq.sockets.to-inline.connect=inproc://inline", "--zmq.sockets.error.type=pull",
					"--zmq.sockets.error.bind=inproc://error", "--zmq.sockets.to-error.type=push",
					"--zmq.sockets.to-error.connect=inproc://error", "--zmq.sockets.answer.type=rep",
					"--zmq.sockets.answer.bind=inproc://answer", "--zmq.sockets.ask.type=req",
					"--zmq.sockets.ask.connect=inproc://answer", "--zmq.proxies.through.type=streamer",
					"--zmq.proxies.through.frontend.bind=inproc://front",
					"--zmq.proxies.through.backend.bind=inproc://back", "--zmq.sockets.sink.type=pull",
					"--zmq.sockets.sink.connect=inproc://back", "--zmq.sockets.to-proxy.type=push",
					"--zmq.sockets.to-proxy.connect=inproc://front")
			.start()) {
			app.awaitLine("^exits");
			long start = System.nanoTime();
			assertThat(app.awaitExit()).isEqualTo(exitCode);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
		}
	}

}
