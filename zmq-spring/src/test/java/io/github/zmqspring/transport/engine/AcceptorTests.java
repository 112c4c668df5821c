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

package io.github.zmqspring.transport.engine;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Acceptor}: connections are accepted again as soon as there are
 * descriptors, and no processor is kept busy meanwhile.
 */
@NoLeaks
@Timeout(120)
class AcceptorTests {

	private static final int STOPS = 10;

	@Test
	void manyConnectionsAtOnceAreAllAccepted() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			List<ZmtpPeer> peers = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				peers.add(ZmtpPeer.connect(sockets, "pull"));
			}
			for (ZmtpPeer peer : peers) {
				peer.handshake(0, "PUSH", "").send(ZmtpPeer.frame(0, "here"));
			}
			for (int i = 0; i < peers.size(); i++) {
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("here");
			}
			sockets.awaitPeers("pull", peers.size());
			for (ZmtpPeer peer : peers) {
				peer.close();
			}
			sockets.awaitPeers("pull", 0);
		}
	}

	@Test
	void anEndpointMayBeUnboundAndBoundAgain() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			String endpoint = sockets.endpoint("pull");
			for (int i = 0; i < 20; i++) {
				try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "pull").handshake(0, "PUSH", "")) {
					peer.send(ZmtpPeer.frame(0, "m" + i));
					assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("m" + i);
				}
				sockets.registry.unbind("pull", endpoint);
				sockets.registry.bind("pull", endpoint);
			}
		}
	}

	/** In a process of its own, since it uses up all descriptors. */
	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ipc" })
	@EnabledOnOs(OS.LINUX)
	void acceptingPausesWhileNoDescriptorIsLeftAndGoesOnHoweverLongTheProcessStandsStill(String transport,
			@TempDir Path directory) throws Exception {
		Process process = new ProcessBuilder("bash", "-c",
				"ulimit -n 200; exec \"$0\" -XX:TieredStopAtLevel=1 -cp \"$1\" \"$2\" \"$3\"",
				ProcessHandle.current().info().command().orElseThrow(), System.getProperty("java.class.path"),
				Few.class.getName(),
				(transport.equals("tcp")) ? TestSockets.TCP : "ipc://" + directory.resolve("socket"))
			.redirectErrorStream(true)
			.start();
		try {
			BufferedReader reader = process.inputReader();
			StringBuilder output = new StringBuilder();
			String line = reader.readLine();
			while (line != null) {
				output.append(line).append('\n');
				if (line.equals(Few.NONE_LEFT)) {
					standStill(process);
				}
				line = reader.readLine();
			}
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(output.toString()).contains("accepted again: late").contains("failures seen");
			assertThat(process.exitValue()).as(output.toString()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * Let the process stand still for longer than its pause, over and over: the poller
	 * then ends the pause in the turn that began it.
	 */
	private static void standStill(Process process) throws Exception {
		for (int i = 0; i < STOPS; i++) {
			signal(process, "-STOP");
			// the time that is meant
			Thread.sleep(130);
			signal(process, "-CONT");
			Thread.sleep(i % 7);
		}
	}

	private static void signal(Process process, String signal) throws Exception {
		new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
	}

	/** An application with few descriptors. */
	static final class Few {

		static final String NONE_LEFT = "no descriptor is left";

		private Few() {
		}

		public static void main(String[] arguments) throws Exception {
			Queue<Object> events = new ConcurrentLinkedQueue<>();
			ZContext context = ContextFactory.create(1, 16, 0, new ContextFailures());
			SocketRegistry registry = new SocketRegistry(context, 1, events::add, SocketOptions.NONE, List.of());
			registry.start();
			registry.create(SocketDefinition.of("pull", SocketType.PULL, List.of(arguments[0]), List.of()));
			String endpoint = registry.status("pull").bound().get(0);
			boolean tcp = endpoint.startsWith("tcp");
			SocketAddress address = (tcp)
					? new InetSocketAddress("127.0.0.1",
							Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)))
					: UnixDomainSocketAddress.of(endpoint.substring("ipc://".length()));
			// classes that are needed later
			TestSockets.cpuTimePerSecond("iothread-");
			registry.details("pull");
			SocketChannel waiting = SocketChannel
				.open((tcp) ? StandardProtocolFamily.INET : StandardProtocolFamily.UNIX);
			List<FileInputStream> files = new ArrayList<>();
			try {
				while (true) {
					files.add(new FileInputStream("/dev/null"));
				}
			}
			catch (IOException ex) {
				// none is left
			}
			System.out.println(NONE_LEFT);
			waiting.connect(address);
			long before = TestSockets.cpuTime("iothread-").toMillis();
			// the time that is measured
			Thread.sleep(2000);
			long used = TestSockets.cpuTime("iothread-").toMillis() - before;
			for (FileInputStream file : files) {
				file.close();
			}
			long failures = registry.details("pull").acceptFailures();
			System.out.println("failures seen: " + failures + ", processor " + used + " ms");
			waiting.write(ByteBuffer
				.wrap(ZmtpPeer.join(ZmtpPeer.greeting(0), ZmtpPeer.ready("PUSH"), ZmtpPeer.frame(0, "late"))));
			System.out.println("accepted again: " + TestSockets.text(registry.socket("pull").receive(20_000_000_000L)));
			boolean good = failures > 0 && failures < 50 && used < 500;
			Runtime.getRuntime().halt((good) ? 0 : 1);
		}

	}

}
