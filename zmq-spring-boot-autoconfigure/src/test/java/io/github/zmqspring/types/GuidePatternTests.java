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

package io.github.zmqspring.types;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The patterns of the ZeroMQ guide's first chapters, with one side in Python.
 */
@NoLeaks
@RequiresPyzmq
class GuidePatternTests {

	private static TypesApp app;

	@BeforeAll
	static void start() {
		app = new TypesApp();
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@AfterEach
	void reset() {
		app.reset();
	}

	@Test
	void helloWorld() {
		String endpoint = app.bind("server", SocketType.REP, "tcp://127.0.0.1:*");
		app.answer("server", (request) -> request.text(0) + " World");
		try (PythonPeer peer = PythonPeer.start("""
				req = ctx.socket(zmq.REQ)
				req.connect(sys.argv[1])
				for i in range(10):
				    req.send(b"Hello")
				    assert req.recv() == b"Hello World"
				rep = ctx.socket(zmq.REP)
				say("port", rep.bind_to_random_port("tcp://127.0.0.1"))
				for i in range(10):
				    rep.send(rep.recv() + b" World")
				""", endpoint)) {
			app.connect("client", SocketType.REQ, "tcp://127.0.0.1:" + port(peer));
			for (int i = 0; i < 10; i++) {
				assertThat(app.template.convertSendAndReceive("client", "Hello", String.class))
					.isEqualTo("Hello World");
			}
			assertThat(peer.awaitExit()).isZero();
		}
	}

	@Test
	void multithreadedServer() {
		String endpoint = app.bind("server", SocketType.REP, "tcp://127.0.0.1:*");
		CyclicBarrier together = new CyclicBarrier(5);
		app.answer("server", 5, (request) -> {
			try {
				// no client is answered before all five are being served
				together.await(TypesApp.PATIENCE.toSeconds(), TimeUnit.SECONDS);
				return "World";
			}
			catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
				throw new IllegalStateException(ex);
			}
		});
		try (PythonPeer peer = PythonPeer.start("""
				def client():
				    req = ctx.socket(zmq.REQ)
				    req.connect(sys.argv[1])
				    req.send(b"Hello")
				    assert req.recv() == b"World"
				    req.close()
				    say("served")
				for i in range(5):
				    threading.Thread(target=client).start()
				""", endpoint)) {
			for (int i = 0; i < 5; i++) {
				peer.awaitLine("served");
			}
			assertThat(peer.awaitExit()).isZero();
		}
	}

	@Test
	void weatherUpdates() throws InterruptedException {
		String endpoint = app.bind("server", SocketType.PUB, "tcp://127.0.0.1:*");
		try (PythonPeer peer = PythonPeer.start("""
				sub = ctx.socket(zmq.SUB)
				sub.connect(sys.argv[1])
				sub.setsockopt_string(zmq.SUBSCRIBE, "10001")
				for i in range(20):
				    zipcode, temperature, humidity = sub.recv_string().split()
				    assert zipcode == "10001"
				pub = ctx.socket(zmq.XPUB)
				say("port", pub.bind_to_random_port("tcp://127.0.0.1"))
				assert pub.recv() == b"\\x0110002"
				for zipcode in range(10000, 10005):
				    pub.send_string("%d 20 50" % zipcode)
				hear()
				""", endpoint)) {
			assertThat(app.sockets.awaitSubscribers("server", "10001", 1, TypesApp.PATIENCE)).isTrue();
			for (int i = 0; i < 20; i++) {
				app.template.convertAndSend("server", "10001 " + i + " 50");
				app.template.convertAndSend("server", "10002 " + i + " 50");
			}
			app.connect("client", SocketType.SUB, "tcp://127.0.0.1:" + port(peer),
					(definition) -> definition.withTopics(List.of("10002")));
			assertThat(TypesApp.next(app.listen("client")).text(0)).isEqualTo("10002 20 50");
			peer.tell("done");
			assertThat(peer.awaitExit()).isZero();
		}
	}

	@Test
	void taskVentilator() throws InterruptedException {
		String tasks = app.bind("ventilator", SocketType.PUSH, "tcp://127.0.0.1:*");
		String results = app.bind("sink", SocketType.PULL, "tcp://127.0.0.1:*");
		BlockingQueue<ZmqMessage> done = app.listen("sink");
		String worker = """
				pull = ctx.socket(zmq.PULL)
				pull.connect(sys.argv[1])
				push = ctx.socket(zmq.PUSH)
				push.connect(sys.argv[2])
				say("ready")
				while True:
				    task = pull.recv()
				    if task == b"END":
				        break
				    push.send(sys.argv[3].encode() + b" " + task)
				""";
		try (PythonPeer one = PythonPeer.start(worker, tasks, results, "one");
				PythonPeer two = PythonPeer.start(worker, tasks, results, "two")) {
			assertThat(app.sockets.awaitPeers("ventilator", 2, TypesApp.PATIENCE)).isTrue();
			for (int i = 0; i < 100; i++) {
				app.template.convertAndSend("ventilator", "" + i);
			}
			List<String> workers = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				workers.add(TypesApp.next(done).text(0).split(" ")[0]);
			}
			assertThat(workers).filteredOn("one"::equals).hasSize(50);
			app.template.convertAndSend("ventilator", "END");
			app.template.convertAndSend("ventilator", "END");
			assertThat(one.awaitExit()).isZero();
			assertThat(two.awaitExit()).isZero();
		}
	}

	@Test
	void severalSocketsAtOnce() throws InterruptedException {
		try (PythonPeer peer = PythonPeer.start("""
				push = ctx.socket(zmq.PUSH)
				say("port", push.bind_to_random_port("tcp://127.0.0.1"))
				pub = ctx.socket(zmq.XPUB)
				say("port", pub.bind_to_random_port("tcp://127.0.0.1"))
				pub.recv()
				for i in range(10):
				    push.send_string("task")
				    pub.send_string("10001 weather")
				hear()
				""")) {
			app.connect("tasks", SocketType.PULL, "tcp://127.0.0.1:" + port(peer));
			app.connect("weather", SocketType.SUB, "tcp://127.0.0.1:" + port(peer),
					(definition) -> definition.withTopics(List.of("10001")));
			BlockingQueue<ZmqMessage> tasks = app.listen("tasks");
			BlockingQueue<ZmqMessage> weather = app.listen("weather");
			for (int i = 0; i < 10; i++) {
				assertThat(TypesApp.next(tasks).text(0)).isEqualTo("task");
				assertThat(TypesApp.next(weather).text(0)).isEqualTo("10001 weather");
			}
			peer.tell("done");
			assertThat(peer.awaitExit()).isZero();
		}
	}

	@Test
	void publishSubscribeEnvelope() throws InterruptedException {
		String endpoint = app.bind("pub", SocketType.PUB, "tcp://127.0.0.1:*");
		try (PythonPeer peer = PythonPeer.start("""
				sub = ctx.socket(zmq.SUB)
				sub.connect(sys.argv[1])
				sub.subscribe(b"B")
				address, contents = sub.recv_multipart()
				assert (address, contents) == (b"B", b"We would like to see this"), contents
				""", endpoint)) {
			assertThat(app.sockets.awaitSubscribers("pub", "B", 1, TypesApp.PATIENCE)).isTrue();
			app.template.publish("pub", "A", "We don't want to see this");
			app.template.publish("pub", "B", "We would like to see this");
			assertThat(peer.awaitExit()).isZero();
		}
	}

	@Test
	void nodeCoordination() throws InterruptedException {
		String updates = app.bind("updates", SocketType.PUB, "tcp://127.0.0.1:*");
		String sync = app.bind("sync", SocketType.REP, "tcp://127.0.0.1:*");
		BlockingQueue<String> ready = new LinkedBlockingQueue<>();
		app.answer("sync", (request) -> {
			ready.add("one");
			return "";
		});
		try (PythonPeer peer = PythonPeer.start("""
				sub = ctx.socket(zmq.SUB)
				sub.connect(sys.argv[1])
				sub.subscribe(b"")
				req = ctx.socket(zmq.REQ)
				req.connect(sys.argv[2])
				req.send(b"")
				req.recv()
				count = 0
				while sub.recv() != b"END":
				    count += 1
				assert count == 500, count
				""", updates, sync)) {
			assertThat(ready.poll(TypesApp.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
			// the guide sleeps here
			assertThat(app.sockets.awaitSubscribers("updates", "", 1, TypesApp.PATIENCE)).isTrue();
			for (int i = 0; i < 500; i++) {
				app.template.convertAndSend("updates", "Rhubarb");
			}
			app.template.convertAndSend("updates", "END");
			assertThat(peer.awaitExit()).isZero();
		}
	}

	private static String port(PythonPeer peer) {
		return peer.awaitLine("port ").substring(5);
	}

}
