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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ZmqAppProcess}.
 */
@NoLeaks
class ZmqAppProcessTests {

	@Test
	void runsMainClassWithThisClassPathAndWhatItIsGiven() {
		try (ZmqAppProcess app = ZmqAppProcess.of(Talking.class)
			.systemProperty("some.property", 17)
			.jvmOptions("-Xmx32m")
			.environment("SOME_VARIABLE", "blue")
			.args("one", 2)
			.start()) {
			assertThat(app.awaitLine("^said .*on err")).isEqualTo("said on err");
			assertThat(app.awaitLine("one")).isEqualTo("[one, 2] 17 blue org.zeromq.ZContext");
			assertThat(app.awaitExit()).isEqualTo(5);
			assertThat(app.errorLines()).isEmpty();
		}
	}

	@Test
	void leavesOffWhatIsNotOnTheClassPathGiven() throws Exception {
		Path classes = Path.of(Talking.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (ZmqAppProcess app = ZmqAppProcess.of(Talking.class).classPath(List.of(classes)).start()) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> app.awaitLine("one"))
				.withMessageContaining(Talking.class.getName())
				.withMessageContaining("it ended with exit code 1")
				.withMessageContaining("NoClassDefFoundError: org/zeromq/ZContext");
		}
	}

	@Test
	void terminateRunsShutdownHooks() {
		try (ZmqAppProcess app = ZmqAppProcess.of(Serving.class).start()) {
			app.awaitLine("^listening on");
			app.terminate();
			assertThat(app.awaitExit()).isEqualTo(128 + 15);
			assertThat(app.lines()).last().isEqualTo("stopped");
			assertThat(app.elapsedSinceSignal()).isLessThan(Duration.ofSeconds(10)).isLessThan(app.elapsed());
		}
	}

	@Test
	void interruptRunsShutdownHooks() {
		try (ZmqAppProcess app = ZmqAppProcess.of(Serving.class).start()) {
			app.awaitLine("^listening on");
			app.interrupt();
			assertThat(app.awaitExit()).isEqualTo(128 + 2);
			assertThat(app.lines()).last().isEqualTo("stopped");
		}
	}

	@Test
	void killRunsNothingAndFreesThePort() {
		try (ZmqAppProcess app = ZmqAppProcess.of(Serving.class).start()) {
			String endpoint = app.awaitLine("^listening on").substring("listening on ".length());
			assertThat(Ports.isFree(endpoint)).isFalse();
			app.kill();
			assertThat(app.awaitExit()).isEqualTo(128 + 9);
			assertThat(app.lines()).doesNotContain("stopped");
			Ports.awaitFree(Ports.portOf(endpoint));
		}
	}

	@Test
	void signalFailsAfterTheEnd() {
		try (ZmqAppProcess app = ZmqAppProcess.of(Talking.class).start()) {
			app.awaitExit();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(app::interrupt)
				.withMessageContaining("did not take the signal INT");
		}
	}

	@Test
	@RequiresPyzmq
	void peerDiesWithItsKilledJvm() {
		assertThatChildDies("peer", (parent) -> parent.signal("KILL"), 128 + 9);
	}

	@Test
	@EnabledIf("io.github.zmqspring.test.ProcessLauncher#killsWithParent")
	void applicationDiesWithItsKilledJvm() {
		assertThatChildDies("app", (parent) -> parent.signal("KILL"), 128 + 9);
	}

	@Test
	void applicationDiesWithItsEndingJvm() {
		assertThatChildDies("app", (parent) -> parent.tell("end"), 7);
	}

	private static void assertThatChildDies(String kind, Consumer<ZmqAppProcess> end, int exitCode) {
		// not by kill(), which takes the children along
		try (ZmqAppProcess parent = ZmqAppProcess.of(Parent.class).args(kind).start()) {
			long child = Long.parseLong(parent.awaitLine("^child ").substring("child ".length()));
			assertThat(Processes.isRunning(child)).isTrue();
			end.accept(parent);
			assertThat(parent.awaitExit()).isEqualTo(exitCode);
			Processes.awaitEnd(child);
		}
	}

	public static final class Talking {

		private Talking() {
		}

		public static void main(String[] args) {
			System.err.println("said on err");
			System.out.println(List.of(args) + " " + System.getProperty("some.property") + " "
					+ System.getenv("SOME_VARIABLE") + " " + ZContext.class.getName());
			System.exit(5);
		}

	}

	public static final class Serving {

		private Serving() {
		}

		public static void main(String[] args) throws IOException {
			try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopped")));
				System.out.println("listening on tcp://127.0.0.1:" + server.getLocalPort());
				server.accept();
			}
		}

	}

	public static final class Parent {

		private Parent() {
		}

		public static void main(String[] args) throws IOException {
			ChildProcess child;
			if (args[0].equals("peer")) {
				PythonPeer peer = PythonPeer.start("say('up'); ctx.socket(zmq.PULL).recv()");
				peer.awaitLine("up");
				child = peer;
			}
			else {
				ZmqAppProcess app = ZmqAppProcess.of(Serving.class).start();
				app.awaitLine("^listening on");
				child = app;
			}
			System.out.println("child " + child.pid());
			System.in.read();
			System.exit(7);
		}

	}

}
