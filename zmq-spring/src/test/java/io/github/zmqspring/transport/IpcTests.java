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

package io.github.zmqspring.transport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for ipc: Unix domain sockets, their files, and libzmq at the other end.
 */
@NoLeaks
@Timeout(60)
class IpcTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "PULL, PUSH", "PAIR, PAIR", "ROUTER, DEALER", "SUB, PUB", "SERVER, CLIENT", "GATHER, SCATTER",
			"DISH, RADIO", "PEER, PEER", "REP, REQ" })
	void theFileLivesAsLongAsItIsBound(SocketType binding, SocketType connecting) {
		Path file = this.directory.resolve("x.sock");
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("bound", binding, "ipc://" + file);
			assertThat(sockets.endpoint("bound")).isEqualTo("ipc://" + file);
			assertThat(Files.exists(file)).isTrue();
			sockets.connect("connected", connecting, "ipc://" + file);
			sockets.awaitPeers("bound", 1);
			sockets.awaitPeers("connected", 1);
			sockets.registry.disconnect("connected", "ipc://" + file);
			sockets.awaitPeers("bound", 0);
			sockets.registry.connect("connected", "ipc://" + file);
			sockets.awaitPeers("bound", 1);
			sockets.registry.unbind("bound", "ipc://" + file);
			TestSockets.await(() -> !Files.exists(file));
			sockets.registry.bind("bound", "ipc://" + file);
			TestSockets.await(() -> sockets.registry.status("connected").peers() == 1);
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void messagesOfAnySizePassInOrder() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, "ipc://*");
			assertThat(sockets.endpoint("pull")).startsWith("ipc:///").doesNotContain("*");
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, "socket:pull");
			for (int size : new int[] { 0, 1, 255, 256, 70_000, 5_000_000 }) {
				TestSockets.send(push, size, new byte[size]);
				assertThat(TestSockets.receive(pull).frame(1)).hasSize(size);
			}
			assertThat(sockets.registry.details("pull").peers()).hasSize(1);
		}
	}

	@Test
	void aPathThatIsChosenIsGoneWithItsDirectory() {
		Path path;
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("pull", SocketType.PULL, "ipc://*");
			path = Path.of(sockets.endpoint("pull").substring("ipc://".length()));
			assertThat(path).exists();
		}
		assertThat(path).doesNotExist();
		assertThat(path.getParent()).doesNotExist();
	}

	@Test
	@RequiresPyzmq
	void libzmqConnectsAndBinds() {
		Path ours = this.directory.resolve("ours.sock");
		Path theirs = this.directory.resolve("theirs.sock");
		try (TestSockets sockets = new TestSockets(); PythonPeer peer = PythonPeer.start("""
				ours, theirs = sys.argv[1:]
				rep = ctx.socket(zmq.REP)
				rep.bind("ipc://" + theirs)
				say("bound")
				dealer = ctx.socket(zmq.DEALER)
				dealer.identity = b"py"
				dealer.connect("ipc://" + ours)
				for i in range(1000):
				    dealer.send_multipart([str(i).encode(), b"x" * i])
				say("got", dealer.recv().decode())
				for i in range(1000):
				    rep.send(rep.recv())
				say("done")
				hear()
				""", ours, theirs)) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, "ipc://" + ours);
			for (int i = 0; i < 1000; i++) {
				List<byte[]> frames = List.of(TestSockets.receive(router).raw());
				assertThat(frames.get(0)).isEqualTo("py".getBytes());
				assertThat(new String(frames.get(1))).isEqualTo(String.valueOf(i));
				assertThat(frames.get(2)).hasSize(i);
			}
			TestSockets.send(router, "py", "answer");
			assertThat(peer.awaitLine("got ")).isEqualTo("got answer");
			ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, "ipc://" + theirs);
			for (int i = 0; i < 1000; i++) {
				TestSockets.send(dealer, "", i);
				assertThat(new String(TestSockets.receive(dealer).raw()[1])).isEqualTo(String.valueOf(i));
			}
			peer.awaitLine("done");
			peer.tell("end");
			assertThat(peer.awaitExit()).isZero();
		}
	}

	@Test
	@RequiresPyzmq
	void subscriptionsReachLibzmqAndBack() {
		Path ours = this.directory.resolve("ours.sock");
		Path theirs = this.directory.resolve("theirs.sock");
		try (TestSockets sockets = new TestSockets(); PythonPeer peer = PythonPeer.start("""
				ours, theirs = sys.argv[1:]
				xpub = ctx.socket(zmq.XPUB)
				xpub.bind("ipc://" + theirs)
				sub = ctx.socket(zmq.SUB)
				sub.subscribe(b"a")
				sub.connect("ipc://" + ours)
				say("subscribed", xpub.recv().hex())
				xpub.send_multipart([b"bc", b"x"])
				say("got", sub.recv_multipart()[0].decode())
				hear()
				""", ours, theirs)) {
			ManagedSocket xpub = sockets.bind("xpub", SocketType.XPUB, "ipc://" + ours);
			sockets.registry.create(SocketDefinition.of("sub", SocketType.SUB, List.of(), List.of("ipc://" + theirs))
				.withTopics(List.of("b")));
			assertThat(TestSockets.receive(xpub).frame(0)).containsExactly(1, 'a');
			TestSockets.send(xpub, "ab", "x");
			assertThat(peer.awaitLine("subscribed ")).isEqualTo("subscribed 0162");
			assertThat(peer.awaitLine("got ")).isEqualTo("got ab");
			assertThat(TestSockets.text(TestSockets.receive(sockets.registry.socket("sub")))).isEqualTo("bc|x");
			peer.tell("end");
			assertThat(peer.awaitExit()).isZero();
		}
	}

	@Test
	void permissionsAreThoseOfTheOption() throws IOException {
		Path file = this.directory.resolve("x.sock");
		try (TestSockets sockets = new TestSockets()) {
			for (String permissions : List.of("rw-rw----", "rwx------", "rw-rw-rw-")) {
				sockets.bind(permissions, SocketType.PULL, "ipc://" + file, SocketOption.IPC_PERMISSIONS, permissions);
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(permissions);
				sockets.registry.remove(permissions);
				TestSockets.await(() -> !Files.exists(file));
			}
			assertThatExceptionOfType(ZmqConfigurationException.class)
				.isThrownBy(
						() -> sockets.bind("x", SocketType.PULL, "ipc://" + file, SocketOption.IPC_PERMISSIONS, "0660"))
				.withMessageContaining("zmq.sockets.x.options.ipc-permissions")
				.withMessageContaining("rw-rw----");
			assertThatExceptionOfType(ZmqConfigurationException.class)
				.isThrownBy(() -> sockets.connect("x", SocketType.PULL, "ipc://" + file, SocketOption.IPC_PERMISSIONS,
						"rw-rw----"))
				.withMessageContaining("only connects");
		}
	}

	@Test
	void aFileThatNoProcessServesIsReplacedAndOneThatIsServedIsNot() throws IOException {
		Path file = this.directory.resolve("x.sock");
		try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			dead.bind(UnixDomainSocketAddress.of(file));
		}
		assertThat(Files.exists(file)).isTrue();
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, "ipc://" + file);
			assertThatExceptionOfType(ZmqEndpointException.class)
				.isThrownBy(() -> sockets.bind("second", SocketType.PULL, "ipc://" + file))
				.withMessageContaining("is bound there");
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, "ipc://" + file);
			TestSockets.send(push, "x");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("x");
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aFileThatAnotherProcessPutThereIsNotRemoved() throws IOException {
		Path file = this.directory.resolve("x.sock");
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("pull", SocketType.PULL, "ipc://" + file);
			Files.delete(file);
			Files.writeString(file, "another's");
			sockets.registry.remove("pull");
		}
		assertThat(Files.readString(file)).isEqualTo("another's");
	}

	@Test
	void whatCannotBeBoundSaysWhy() throws IOException {
		Path file = Files.writeString(this.directory.resolve("plain"), "x");
		try (TestSockets sockets = new TestSockets()) {
			assertThatExceptionOfType(ZmqEndpointException.class)
				.isThrownBy(() -> sockets.bind("a", SocketType.PULL, "ipc://" + file))
				.withMessageContaining("no socket");
			assertThatExceptionOfType(ZmqEndpointException.class)
				.isThrownBy(() -> sockets.bind("b", SocketType.PULL, "ipc://" + this.directory + "/no/x.sock"))
				.withMessageContaining("there is no directory " + this.directory + "/no");
		}
		assertThat(Files.readString(file)).isEqualTo("x");
	}

	@ParameterizedTest
	@CsvSource({ "ipc://@abstract, abstract socket", "ipc://*, no path", "ipc:///tmp/, name of a file",
			"ipc://, names nothing" })
	void whatIsNoPathIsRefused(String endpoint, String reason) {
		try (TestSockets sockets = new TestSockets()) {
			assertThatExceptionOfType(ZmqConfigurationException.class)
				.isThrownBy(() -> sockets.connect("push", SocketType.PUSH, endpoint))
				.withMessageContaining("zmq.sockets.push.connect")
				.withMessageContaining(reason);
			assertThatExceptionOfType(ZmqConfigurationException.class)
				.isThrownBy(() -> sockets.connect("push", SocketType.PUSH, "ipc:///" + "x".repeat(106)))
				.withMessageContaining("107 bytes")
				.withMessageContaining("at most 106");
		}
	}

	@Test
	void aPathOfTheGreatestLengthWorks() {
		String file = this.directory.resolve("x".repeat(105 - this.directory.toString().length())).toString();
		assertThat(file).hasSize(106);
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, "ipc://" + file);
			TestSockets.send(sockets.connect("push", SocketType.PUSH, "ipc://" + file), "x");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("x");
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aSocketThatConnectsFirstIsConnectedWhenThePathIsBoundAndBoundAgain() {
		String endpoint = "ipc://" + this.directory.resolve("late.sock");
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, endpoint);
			for (int i = 0; i < 3; i++) {
				ManagedSocket pull = sockets.bind("pull", SocketType.PULL, endpoint);
				sockets.awaitPeers("pull", 1);
				TestSockets.send(push, i);
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo(String.valueOf(i));
				sockets.registry.remove("pull");
			}
		}
	}

	@Test
	void strangersOnTheFileHarmNoPeer() throws IOException {
		Path file = this.directory.resolve("x.sock");
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, "ipc://" + file);
			for (int i = 0; i < 50; i++) {
				try (SocketChannel stranger = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
					stranger.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes()));
				}
			}
			TestSockets.send(sockets.connect("push", SocketType.PUSH, "ipc://" + file), "x");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("x");
			sockets.awaitPeers("pull", 1);
		}
	}

	@Test
	void aContextThatWasUsedBeforeHasNoIpcAndSaysSo() {
		try (ZContext context = new ZContext()) {
			context.createSocket(SocketType.PULL);
			assertThatExceptionOfType(ZmqConfigurationException.class)
				.isThrownBy(() -> new SocketRegistry(context, 1, (event) -> {
				}, SocketOptions.NONE,
						List.of(SocketDefinition.of("pull", SocketType.PULL, List.of("ipc:///tmp/none"), List.of()))))
				.withMessageContaining("zmq.sockets.pull.bind")
				.withMessageContaining("ZContext");
		}
	}

}
