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

package io.github.zmqspring.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs in Python, on libzmq, that join in.
 */
@RequiresPyzmq
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.digest.run-at-startup=false")
@ActiveProfiles("test")
@DirtiesContext
class PeerTests {

	private static final String WORKER = """
			import hashlib
			work = ctx.socket(zmq.PULL)
			work.rcvhwm = 1
			work.connect(sys.argv[1])
			results = ctx.socket(zmq.PUSH)
			results.connect(sys.argv[2])
			say("ready")
			while True:
			    path, content = work.recv_multipart()
			    if sys.argv[3] == "die":
			        say("got", path.decode())
			        os._exit(1)
			    results.send_json({"path": path.decode(), "bytes": len(content),
			                       "sha256": hashlib.sha256(content).hexdigest(), "worker": "python"})
			""";

	@TempDir
	static Path directory;

	private static TreeMap<String, String> digests = new TreeMap<>();

	@Value("${local.server.port}")
	private int port;

	@Autowired
	private ZmqSockets sockets;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("sample.digest.directory", () -> directory.toString());
	}

	@BeforeAll
	static void createFiles() throws IOException {
		digests = SampleFiles.create(directory, 60);
	}

	@Test
	void aSubscriberGetsTelemetry() {
		try (PythonPeer peer = PythonPeer.start("""
				sub = ctx.socket(zmq.SUB)
				sub.subscribe("telemetry")
				sub.connect(sys.argv[1])
				for i in range(3):
				    topic, sample = sub.recv_multipart()
				    say(topic.decode(), sample.decode())
				""", endpoint("telemetry"))) {
			long first = sample(peer).get("sequence").asLong();
			assertThat(sample(peer).get("sequence").asLong()).isGreaterThan(first);
			assertThat(sample(peer).get("heapUsed").asLong()).isPositive();
			assertThat(peer.awaitExit()).isZero();
		}
	}

	private static JsonNode sample(PythonPeer peer) {
		return JsonMapper.shared().readTree(peer.awaitLine("telemetry ").substring("telemetry ".length()));
	}

	@Test
	void aWorkerTakesItsShare() throws Exception {
		try (PythonPeer ignored = startWorker("work")) {
			JsonNode run = run();
			assertThat(run.get("filesDone").asInt()).isEqualTo(digests.size());
			assertThat(run.get("workers").get("python").asInt()).isPositive();
		}
		assertThat(SampleFiles.parse(new SampleClient(this.port).get("digests.sha256"))).isEqualTo(digests);
	}

	@Test
	void theFilesOfAWorkerThatDiesAreSentAgain() throws Exception {
		try (PythonPeer peer = startWorker("die")) {
			JsonNode run = run();
			peer.awaitLine("got ");
			assertThat(run.get("filesDone").asInt()).isEqualTo(digests.size());
			assertThat(run.get("resent").asInt()).isPositive();
		}
		assertThat(SampleFiles.parse(new SampleClient(this.port).get("digests.sha256"))).isEqualTo(digests);
	}

	private PythonPeer startWorker(String mode) throws InterruptedException {
		int others = this.sockets.status("files").peers();
		PythonPeer peer = PythonPeer.start(WORKER, endpoint("files"), endpoint("digests"), mode);
		peer.awaitLine("ready");
		assertThat(this.sockets.awaitPeers("files", others + 1, Duration.ofSeconds(20))).isTrue();
		return peer;
	}

	private JsonNode run() throws IOException, InterruptedException {
		try (EventStream events = EventStream.open(this.port)) {
			JsonNode start = new SampleClient(this.port).post("api/runs", Map.of());
			assertThat(start.get("started").asBoolean()).isTrue();
			int number = start.get("run").asInt();
			return events.await("pipeline",
					(run) -> run.get("run").asInt() == number && run.get("state").asString().equals("FINISHED"));
		}
	}

	@Test
	void aClientIsAnsweredAndLearnsOfErrors() {
		try (PythonPeer peer = PythonPeer.start("""
				for op in "upper", "divide", "reverse":
				    req = ctx.socket(zmq.REQ)
				    req.connect(sys.argv[1])
				    req.send_json({"op": op, "text": "Hello"})
				    reply = req.recv_multipart()
				    say(op, len(reply), b" ".join(reply).decode())
				""", endpoint("rpc"))) {
			assertThat(peer.awaitLine("upper ")).startsWith("upper 1 {").contains("\"HELLO\"");
			assertThat(peer.awaitLine("divide ")).contains("There is no op 'divide'");
			assertThat(peer.awaitLine("reverse ")).startsWith("reverse 1 {").contains("\"olleH\"");
			assertThat(peer.awaitExit()).isZero();
		}
	}

	private String endpoint(String socket) {
		return this.sockets.status(socket)
			.bound()
			.stream()
			.filter((each) -> each.startsWith("tcp:"))
			.findFirst()
			.orElseThrow();
	}

}
