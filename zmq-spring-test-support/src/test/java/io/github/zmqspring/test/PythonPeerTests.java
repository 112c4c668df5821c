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

package io.github.zmqspring.test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PythonPeer}.
 */
@RequiresPyzmq
@NoLeaks
class PythonPeerTests {

	private static final String ECHO = """
			rep = ctx.socket(zmq.REP)
			say("bound", rep.bind_to_random_port("tcp://127.0.0.1"))
			while True:
			    rep.send(sys.argv[1].encode() + rep.recv())
			""";

	private static final String WAITS = """
			say("waiting")
			ctx.socket(zmq.PULL).recv()
			""";

	@Test
	void answersSocketOfThisJvm() {
		try (PythonPeer peer = PythonPeer.start(ECHO, "echo of ")) {
			assertThat(ask(peer, "Grüße")).isEqualTo("echo of Grüße");
		}
	}

	@Test
	void outlivesTheThreadThatStartedIt() throws Exception {
		CompletableFuture<PythonPeer> started = new CompletableFuture<>();
		Thread starter = new Thread(() -> {
			PythonPeer peer = PythonPeer.start(ECHO, "");
			started.complete(peer);
			assertThat(ask(peer, "up?")).isEqualTo("up?");
		});
		starter.start();
		starter.join();
		try (PythonPeer peer = started.join()) {
			assertThat(ask(peer, "still there?")).isEqualTo("still there?");
		}
	}

	private static String ask(PythonPeer peer, String question) {
		String port = (peer.lines().isEmpty()) ? peer.awaitLine("bound ") : peer.lines().get(0);
		try (ZContext context = new ZContext()) {
			ZMQ.Socket socket = context.createSocket(SocketType.REQ);
			socket.setHandshakeIvl(1000);
			socket.setReceiveTimeOut(20_000);
			socket.connect("tcp://127.0.0.1:" + port.substring("bound ".length()));
			socket.send(question.getBytes(ZMQ.CHARSET));
			return new String(socket.recv(), ZMQ.CHARSET);
		}
	}

	@Test
	void sendsWhatIsLeftBeforeItEnds() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			pull.setReceiveTimeOut(20_000);
			pull.bind("tcp://127.0.0.1:*");
			try (PythonPeer peer = PythonPeer.start("""
					push = ctx.socket(zmq.PUSH)
					push.connect(sys.argv[1])
					push.send(b"last words")
					""", pull.getLastEndpoint())) {
				assertThat(pull.recvStr()).isEqualTo("last words");
				assertThat(peer.awaitExit()).isZero();
			}
		}
	}

	@Test
	void hearsWhatItIsTold() {
		try (PythonPeer peer = PythonPeer.start("""
				for i in range(int(sys.argv[1])):
				    say("heard", hear())
				sys.exit(3)
				""", 2)) {
			peer.tell("one");
			assertThat(peer.readLine(ChildProcess.DEFAULT_TIMEOUT)).isEqualTo("heard one");
			peer.tell("zwölf");
			assertThat(peer.awaitLine("heard")).isEqualTo("heard zwölf");
			assertThat(peer.awaitExit()).isEqualTo(3);
			assertThat(peer.lines()).containsExactly("heard one", "heard zwölf");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> peer.tell("three"))
				.withMessageContaining("did not take the line 'three'");
		}
	}

	@Test
	void takesEachLineOnceInAnyOrder() {
		try (PythonPeer peer = PythonPeer.start("for word in ('a1', 'b1', 'a2', 'c1'): say(word)")) {
			assertThat(peer.awaitLine("b")).isEqualTo("b1");
			assertThat(peer.awaitLine("a")).isEqualTo("a1");
			assertThat(peer.readLine(ChildProcess.DEFAULT_TIMEOUT)).isEqualTo("a2");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> peer.awaitLine("a"))
				.withMessageContaining("ended without a line that starts with 'a'")
				.withMessageContaining("it ended with exit code 0")
				.withMessageContaining("--- standard output:\na1\nb1\na2\nc1\n--- standard error: nothing");
		}
	}

	@Test
	void failureShowsTheTracebackOfThePeer() {
		try (PythonPeer peer = PythonPeer.start("""
				say("started")
				unsent = ctx.socket(zmq.PUSH)
				raise ValueError("no such thing")
				""")) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> peer.awaitLine("never"))
				.withMessageContaining("Python peer (pid " + peer.pid() + ") ended without")
				.withMessageContaining("it ended with exit code 1")
				.withMessageContaining("started")
				.withMessageContaining("File \"peer.py\", line 3, in <module>")
				.withMessageContaining("raise ValueError(\"no such thing\")")
				.withMessageContaining("ValueError: no such thing")
				.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("exec(compile"));
			assertThat(peer.errorLines()).last().isEqualTo("ValueError: no such thing");
		}
	}

	@Test
	void failureShowsSyntaxErrors() {
		try (PythonPeer peer = PythonPeer.start("say('a')\nsay('b'\n")) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> peer.awaitLine("a"))
				.withMessageContaining("File \"peer.py\", line 2")
				.withMessageContaining("SyntaxError");
		}
	}

	@Test
	void waitsHaveAnEnd() {
		try (PythonPeer peer = PythonPeer.start(WAITS)) {
			peer.awaitLine("waiting");
			Duration timeout = Duration.ofMillis(50);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> peer.awaitLine("more", timeout))
				.withMessageContaining("did not print within PT0.05S a line that starts with 'more'; it is running");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> peer.readLine(timeout))
				.withMessageContaining("another line");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> peer.awaitExit(timeout))
				.withMessageContaining("did not end within PT0.05S");
		}
	}

	@Test
	void waitGivesUpWhenInterrupted() {
		try (PythonPeer peer = PythonPeer.start(WAITS)) {
			Thread.currentThread().interrupt();
			assertThatIllegalStateException().isThrownBy(() -> peer.awaitLine("more"))
				.withMessageContaining("nterrupted");
			peer.close();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(peer.isAlive()).isFalse();
		}
	}

	@Test
	void killEndsItInTheMiddleOfReceive() {
		try (PythonPeer peer = PythonPeer.start(WAITS)) {
			peer.awaitLine("waiting");
			peer.kill();
			assertThat(peer.awaitExit()).isEqualTo(128 + 9);
			assertThat(peer.isAlive()).isFalse();
			assertThat(peer.elapsedSinceSignal()).isLessThan(Duration.ofSeconds(10)).isLessThan(peer.elapsed());
		}
	}

	@Test
	void terminateEndsIt() {
		try (PythonPeer peer = PythonPeer.start(WAITS)) {
			peer.awaitLine("waiting");
			peer.terminate();
			assertThat(peer.awaitExit()).isEqualTo(128 + 15);
		}
	}

	@Test
	void outputAfterTerminateIsNotLost() {
		try (PythonPeer peer = PythonPeer.start("""
				import signal
				def leave(number, frame):
				    say("leaving")
				    sys.exit(0)
				signal.signal(signal.SIGTERM, leave)
				say("waiting")
				# a signal that comes right before a long sleep is seen after it
				while True:
				    time.sleep(0.02)
				""")) {
			peer.awaitLine("waiting");
			peer.terminate();
			assertThat(peer.awaitLine("leaving")).isEqualTo("leaving");
			assertThat(peer.awaitExit()).isZero();
		}
	}

	@Test
	void stopsAndContinues() {
		try (PythonPeer peer = PythonPeer.start("while True: say(hear())")) {
			peer.tell("one");
			peer.awaitLine("one");
			peer.signal("STOP");
			peer.tell("two");
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> peer.awaitLine("two", Duration.ofMillis(200)));
			peer.signal("CONT");
			peer.awaitLine("two");
		}
	}

	@Test
	void closeKillsItAndWhatItStarted() {
		PythonPeer peer = PythonPeer.start("""
				import subprocess
				say("child", subprocess.Popen(["sleep", "600"]).pid)
				hear()
				""");
		long child = Long.parseLong(peer.awaitLine("child ").substring("child ".length()));
		assertThat(Processes.isRunning(child)).isTrue();
		peer.close();
		assertThat(peer.isAlive()).isFalse();
		Processes.awaitEnd(child);
		peer.close();
	}

	@Test
	void endsWhenItsStandardInputEnds() {
		try (PythonPeer peer = PythonPeer.start(WAITS)) {
			peer.awaitLine("waiting");
			peer.closeInput();
			assertThat(peer.awaitExit()).isEqualTo(86);
		}
	}

}
