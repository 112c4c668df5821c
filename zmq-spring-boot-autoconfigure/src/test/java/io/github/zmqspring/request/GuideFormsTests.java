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

package io.github.zmqspring.request;

import java.util.List;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRoutingId;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests protocols of the ZeroMQ guide and of Jupyter whose messages have empty frames
 * that are no delimiters, against peers on libzmq.
 */
@NoLeaks
@RequiresPyzmq
@Timeout(120)
class GuideFormsTests {

	private static final String[] ROUTER = { "zmq.sockets.rpc.type=router", "zmq.sockets.rpc.bind=tcp://127.0.0.1:*" };

	@Test
	void ourServerOfTheCloneSendsASnapshotAndTakesUpdates() {
		try (RequestApp app = RequestApp.start(CloneServer.class, ROUTER); PythonPeer client = PythonPeer.start("""
				dealer = ctx.socket(zmq.DEALER); dealer.rcvtimeo = 20000
				dealer.connect('tcp://127.0.0.1:' + sys.argv[1])
				dealer.send_multipart([b'ICANHAZ?', b''])
				while True:
				    frames = dealer.recv_multipart()
				    say('got', frames)
				    if frames[0] == b'KTHXBAI': break
				dealer.send_multipart([b'SET', b'', b'value'])
				say('got', dealer.recv_multipart())
				""", app.port("rpc"))) {
			assertThat(client.awaitLine("got")).isEqualTo("got [b'key', b'\\x00\\x00\\x00\\x01', b'', b'', b'body']");
			assertThat(client.awaitLine("got")).isEqualTo("got [b'KTHXBAI', b'\\x00\\x00\\x00\\x01', b'', b'', b'']");
			assertThat(client.awaitLine("got")).isEqualTo("got [b'SET', b'', b'value', b'stored']");
		}
	}

	@Test
	void ourClientOfTheCloneGetsKeyValueMessagesWhole() {
		try (PythonPeer server = PythonPeer.start("""
				router = ctx.socket(zmq.ROUTER); router.rcvtimeo = 20000
				say('port', router.bind_to_random_port('tcp://127.0.0.1'))
				ident, request, subtree = router.recv_multipart()
				say('asked', request, subtree)
				router.send_multipart([ident, b'key', struct.pack('!q', 7), b'uuid', b'', b'body'])
				hear()
				""")) {
			String port = server.awaitLine("port ").substring(5);
			try (RequestApp app = RequestApp.start(RequestApp.Nothing.class, "zmq.sockets.snapshot.type=dealer",
					"zmq.sockets.snapshot.connect=tcp://127.0.0.1:" + port)) {
				app.template().sendFrames("snapshot", "ICANHAZ?", "/client/");
				assertThat(server.awaitLine("asked")).isEqualTo("asked b'ICANHAZ?' b'/client/'");
				ZmqMessage update = app.template().receiveFrames("snapshot", java.time.Duration.ofSeconds(20));
				assertThat(update).isNotNull();
				assertThat(update.size()).isEqualTo(5);
				assertThat(update.text(0)).isEqualTo("key");
				assertThat(update.frame(1)).containsExactly(0, 0, 0, 0, 0, 0, 0, 7);
				assertThat(update.text(4)).isEqualTo("body");
				server.tell("end");
			}
		}
	}

	@Test
	void ourMajordomoWorkerAnswersThroughABroker() {
		try (PythonPeer broker = PythonPeer.start("""
				router = ctx.socket(zmq.ROUTER); router.rcvtimeo = 20000
				say('port', router.bind_to_random_port('tcp://127.0.0.1'))
				ident, empty, proto, command, service = router.recv_multipart()
				say('ready', empty, proto, command, service)
				for i in range(3):
				    router.send_multipart([ident, b'', b'MDPW01', b'\\x02', b'client', b'', b'request %d' % i])
				    say('reply', router.recv_multipart()[1:])
				hear()
				""")) {
			String port = broker.awaitLine("port ").substring(5);
			try (RequestApp app = RequestApp.start(Worker.class, "zmq.sockets.work.type=dealer",
					"zmq.sockets.work.connect=tcp://127.0.0.1:" + port)) {
				app.template().sendFrames("work", "", "MDPW01", new byte[] { 1 }, "echo");
				assertThat(broker.awaitLine("ready")).isEqualTo("ready b'' b'MDPW01' b'\\x01' b'echo'");
				for (int i = 0; i < 3; i++) {
					assertThat(broker.awaitLine("reply"))
						.isEqualTo("reply [b'', b'MDPW01', b'\\x03', b'client', b'', b'done request " + i + "']");
				}
				broker.tell("end");
			}
		}
	}

	@Test
	void ourKernelServesJupyterClientsSignedAndUnsigned() {
		try (RequestApp app = RequestApp.start(Kernel.class, ROUTER);
				PythonPeer client = PythonPeer.start(
						"""
								for session, signature in ((b'session-1', b''), (b'session-2', b'a0436f6c')):
								    shell = ctx.socket(zmq.DEALER); shell.rcvtimeo = 20000
								    shell.identity = session
								    shell.connect('tcp://127.0.0.1:' + sys.argv[1])
								    shell.send_multipart([b'<IDS|MSG>', signature, b'{"msg_type":"kernel_info_request"}', b'{}', b'{}', b'{}'])
								    say('got', shell.recv_multipart())
								""",
						app.port("rpc"))) {
			String rest = ", b'{\"msg_type\":\"kernel_info_reply\"}', b'{\"msg_type\":\"kernel_info_request\"}', b'{}', b'{}']";
			assertThat(client.awaitLine("got")).isEqualTo("got [b'<IDS|MSG>', b''" + rest);
			assertThat(client.awaitLine("got")).isEqualTo("got [b'<IDS|MSG>', b'a0436f6c'" + rest);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class CloneServer {

		private static final byte[] SEQUENCE = { 0, 0, 0, 1 };

		@ZmqListener("rpc")
		void serve(ZmqMessage request, ZmqReplier replier) {
			if ("ICANHAZ?".equals(request.text(0))) {
				replier.reply(ZmqMessage.of("key", SEQUENCE, "", "", "body"));
				replier.reply(ZmqMessage.of("KTHXBAI", SEQUENCE, "", "", ""));
				return;
			}
			replier.reply(ZmqMessage.of(request.frame(0), request.frame(1), request.frame(2), "stored"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Worker {

		@ZmqListener("work")
		List<byte[]> work(@ZmqFrame(0) byte[] protocol, @ZmqFrame(2) byte[] client, @ZmqFrame(-1) String request) {
			return ZmqMessage.of(protocol, new byte[] { 3 }, client, "", "done " + request).frames();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Kernel {

		private final ObjectProvider<ZmqTemplate> template;

		Kernel(ObjectProvider<ZmqTemplate> template) {
			this.template = template;
		}

		@ZmqListener("rpc")
		void shell(@ZmqRoutingId byte[] session, @ZmqFrame(0) String delimiter, @ZmqFrame(1) byte[] signature,
				@ZmqFrame(2) byte[] header, ZmqMessage whole) {
			assertThat(whole.size()).isEqualTo(6);
			this.template.getObject()
				.sendTo("rpc", session, ZmqMessage.of(delimiter, signature, "{\"msg_type\":\"kernel_info_reply\"}",
						header, "{}", "{}"));
		}

	}

}
