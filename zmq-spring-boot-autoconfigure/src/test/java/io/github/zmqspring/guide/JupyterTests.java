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

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Jupyter protocol:
 * {@code [<IDS|MSG>][signature][header][parent][metadata][content]}, where the signature
 * of an unsigned message is an empty frame. Both halves: our frontend and our kernel.
 */
@NoLeaks
@RequiresPyzmq
class JupyterTests {

	private static final String WIRE = """
			import hashlib, hmac
			key = sys.argv[1].encode()
			def sign(parts):
			    return hmac.new(key, b"".join(parts), hashlib.sha256).hexdigest().encode() if key else b""
			def pack(kind, parent, content):
			    parts = [json.dumps(part).encode() for part in ({"msg_type": kind}, parent, {}, content)]
			    return [b"<IDS|MSG>", sign(parts)] + parts
			def unpack(frames):
			    at = frames.index(b"<IDS|MSG>")
			    assert frames[at + 1] == sign(frames[at + 2:]), frames
			    header, parent, metadata, content = map(json.loads, frames[at + 2:])
			    return frames[:at], header, content
			""";

	@ParameterizedTest
	@ValueSource(strings = { "", "secret-key" })
	void ourFrontendTalksToAKernel(String key) throws InterruptedException {
		try (PythonPeer kernel = PythonPeer.start(WIRE + """
				shell, iopub, heartbeat = [ctx.socket(kind) for kind in (zmq.ROUTER, zmq.XPUB, zmq.REP)]
				for socket in shell, iopub, heartbeat:
				    say("port", socket.bind_to_random_port("tcp://127.0.0.1"))
				iopub.recv()
				heartbeat.send(heartbeat.recv())
				path, header, content = unpack(shell.recv_multipart())
				assert (header["msg_type"], content["code"]) == ("execute_request", "6 * 7")
				iopub.send_multipart([b"kernel.1.status"] + pack("status", header, {"execution_state": "busy"}))
				shell.send_multipart(path + pack("execute_reply", header, {"status": "ok", "value": 42}))
				hear()
				""", key);
				UserApp app = UserApp.start(Frontend.class, "shell.type=dealer", "shell.return-path=none",
						"shell.connect=" + UserApp.endpoint(kernel), "iopub.type=sub",
						"iopub.connect=" + UserApp.endpoint(kernel), "heartbeat.type=req",
						"heartbeat.connect=" + UserApp.endpoint(kernel), "zmq.template.request-timeout=20s")) {
			Frontend frontend = app.bean(Frontend.class);
			assertThat(app.template.convertSendAndReceive("heartbeat", "ping", String.class)).isEqualTo("ping");
			app.template.convertAndSend("shell", Wire.pack(key, "execute_request", "{\"code\": \"6 * 7\"}"));
			assertThat(UserApp.next(frontend.outputs)).isEqualTo("kernel.1.status: {\"execution_state\": \"busy\"}");
			ZmqMessage reply = UserApp.next(frontend.replies);
			assertThat(Wire.content(key, reply)).isEqualTo("{\"status\": \"ok\", \"value\": 42}");
			kernel.tell("done");
			UserApp.awaitEnd(kernel);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "secret-key" })
	void ourKernelTalksToAFrontend(String key) throws InterruptedException {
		try (UserApp app = UserApp.start(Kernel.class, "shell.type=router", "shell.bind=ANY",
				"shell.return-path=identity", "iopub.type=pub", "iopub.bind=ANY", "heartbeat.type=rep",
				"heartbeat.bind=ANY"); PythonPeer frontend = PythonPeer.start(WIRE + """
						shell, iopub, heartbeat = [ctx.socket(kind) for kind in (zmq.DEALER, zmq.SUB, zmq.REQ)]
						shell.identity = b"\\x00\\xffsession"
						for socket, endpoint in zip((shell, iopub, heartbeat), sys.argv[2:]):
						    socket.connect(endpoint)
						iopub.subscribe(b"")
						say("subscribed")
						hear()
						heartbeat.send(b"ping")
						assert heartbeat.recv() == b"ping"
						shell.send_multipart(pack("execute_request", {}, {"code": "6 * 7"}))
						topic, *frames = iopub.recv_multipart()
						assert unpack(frames)[2] == {"execution_state": "busy"} and topic == b"kernel.1.status"
						path, header, content = unpack(shell.recv_multipart())
						assert (path, content) == ([], {"value": 42}), content
						""", key, app.endpoint("shell"), app.endpoint("iopub"), app.endpoint("heartbeat"))) {
			app.bean(Kernel.class).key = key;
			frontend.awaitLine("subscribed");
			assertThat(app.sockets.awaitSubscribers("iopub", "", 1, UserApp.PATIENCE)).isTrue();
			frontend.tell("go");
			UserApp.awaitEnd(frontend);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Frontend {

		final BlockingQueue<ZmqMessage> replies = new LinkedBlockingQueue<>();

		final BlockingQueue<String> outputs = new LinkedBlockingQueue<>();

		@ZmqListener("shell")
		void reply(ZmqMessage message) {
			this.replies.add(message);
		}

		@ZmqListener("iopub")
		void output(@ZmqTopic String topic, @ZmqFrame(-1) String content) {
			this.outputs.add(topic + ": " + content);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Kernel {

		volatile String key = "";

		private final ZmqTemplate template;

		Kernel(ZmqTemplate template) {
			this.template = template;
		}

		@ZmqListener("heartbeat")
		byte[] echo(byte[] message) {
			return message;
		}

		@ZmqListener("shell")
		ZmqMessage execute(ZmqMessage request) {
			assertThat(Wire.content(this.key, request)).isEqualTo("{\"code\": \"6 * 7\"}");
			ZmqMessage status = Wire.pack(this.key, "status", "{\"execution_state\": \"busy\"}");
			this.template.publish("iopub", "kernel.1.status", status);
			return Wire.pack(this.key, "execute_reply", "{\"value\": 42}");
		}

	}

	/** The protocol's frames. */
	static final class Wire {

		private Wire() {
		}

		static ZmqMessage pack(String key, String type, String content) {
			List<String> parts = List.of("{\"msg_type\": \"" + type + "\"}", "{}", "{}", content);
			return ZmqMessage.of("<IDS|MSG>", sign(key, String.join("", parts)), parts.get(0), parts.get(1),
					parts.get(2), parts.get(3));
		}

		static String content(String key, ZmqMessage message) {
			assertThat(message.size()).as("%s", message).isEqualTo(6);
			assertThat(message.text(0)).isEqualTo("<IDS|MSG>");
			String parts = message.text(2) + message.text(3) + message.text(4) + message.text(5);
			assertThat(MessageDigest.isEqual(message.frame(1), sign(key, parts).getBytes(StandardCharsets.US_ASCII)))
				.isTrue();
			return message.text(5);
		}

		private static String sign(String key, String parts) {
			if (key.isEmpty()) {
				return "";
			}
			try {
				Mac mac = Mac.getInstance("HmacSHA256");
				mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
				return HexFormat.of().formatHex(mac.doFinal(parts.getBytes(StandardCharsets.UTF_8)));
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
