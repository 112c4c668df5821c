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

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests without ids, for servers that know only what libzmq's REQ sends by default.
 */
@NoLeaks
@Timeout(120)
class UncorrelatedRequestTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	/** As the guide's programs unpack requests; answers "late" after a second. */
	private static final String ROUTER = """
			import sys, time, zmq
			router = zmq.Context.instance().socket(zmq.ROUTER)
			print('port', router.bind_to_random_port('tcp://127.0.0.1'), flush=True)
			while True:
			    ident, empty, body = router.recv_multipart()
			    assert empty == b'' and body, (empty, body)
			    if body.startswith(b'slow'):
			        time.sleep(1)
			    if body != b'silent':
			        router.send_multipart([ident, b'', sys.argv[1].encode() + body])
			""";

	/** Knows its client by name, as the guide's lbbroker knows its workers. */
	private static final String NAMED = """
			router = ctx.socket(zmq.ROUTER)
			port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
			if port:
			    router.bind('tcp://127.0.0.1:%d' % port)
			else:
			    port = router.bind_to_random_port('tcp://127.0.0.1')
			say('port', port)
			while True:
			    ident, empty, body = router.recv_multipart()
			    assert ident.hex() == sys.argv[1], ident
			    if body.startswith(b'slow'):
			        time.sleep(0.7)
			    if body != b'silent':
			        router.send_multipart([ident, b'', body])
			""";

	private static final String REP = """
			import sys, time, zmq
			rep = zmq.Context.instance().socket(zmq.REP)
			print('port', rep.bind_to_random_port('tcp://127.0.0.1'), flush=True)
			while True:
			    body = rep.recv()
			    if body.startswith(b'slow'):
			        time.sleep(1)
			    rep.send(sys.argv[1].encode() + body)
			""";

	/** The load-balancing broker of the guide, with one worker that echoes. */
	private static final String BROKER = """
			import threading, zmq
			context = zmq.Context.instance()
			frontend, backend = context.socket(zmq.ROUTER), context.socket(zmq.ROUTER)
			port = frontend.bind_to_random_port('tcp://127.0.0.1')
			back = backend.bind_to_random_port('tcp://127.0.0.1')
			def worker():
			    req = context.socket(zmq.REQ)
			    req.connect('tcp://127.0.0.1:%d' % back)
			    req.send(b'READY')
			    while True:
			        address, empty, request = req.recv_multipart()
			        req.send_multipart([address, b'', b'OK:' + request])
			for i in range(3):
			    threading.Thread(target=worker, daemon=True).start()
			print('port', port, flush=True)
			workers = []
			poller = zmq.Poller()
			poller.register(backend, zmq.POLLIN)
			while True:
			    sockets = dict(poller.poll())
			    if backend in sockets:
			        message = backend.recv_multipart()
			        worker, empty, client = message[:3]
			        if not workers:
			            poller.register(frontend, zmq.POLLIN)
			        workers.append(worker)
			        if client != b'READY' and len(message) > 3:
			            empty, reply = message[3:]
			            frontend.send_multipart([client, b'', reply])
			    if frontend in sockets:
			        client, empty, request = frontend.recv_multipart()
			        worker = workers.pop(0)
			        backend.send_multipart([worker, b'', client, b'', request])
			        if not workers:
			            poller.unregister(frontend)
			""";

	/** The Majordomo broker's client side: protocol and service in front of the body. */
	private static final String MAJORDOMO = """
			import zmq
			router = zmq.Context.instance().socket(zmq.ROUTER)
			print('port', router.bind_to_random_port('tcp://127.0.0.1'), flush=True)
			while True:
			    message = router.recv_multipart()
			    sender = message.pop(0)
			    assert message.pop(0) == b''
			    header = message.pop(0)
			    assert header == b'MDPC01'
			    service = message.pop(0)
			    router.send_multipart([sender, b'', b'MDPC01', service] + message)
			""";

	@ParameterizedTest
	@RequiresPyzmq
	@ValueSource(strings = { ROUTER, REP, BROKER })
	void serversThatKnowOnlyADelimiterAnswer(String script) throws Exception {
		try (PythonPeer server = PythonPeer.start(script, "OK:");
				RequestApp app = start(port(server), "zmq.template.request-timeout=60s")) {
			List<CompletableFuture<String>> replies = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				replies.add(app.template().requestAsync("ask", "request " + i, String.class));
			}
			for (int i = 0; i < 500; i++) {
				assertThat(replies.get(i).get(60, TimeUnit.SECONDS)).isEqualTo("OK:request " + i);
			}
			assertThat(app.requests().status("ask").late()).isZero();
			assertThat(app.requests().status("ask").retries()).isZero();
		}
	}

	@Test
	@RequiresPyzmq
	void aMajordomoClientIsAMessageOfThreeFrames() {
		try (PythonPeer broker = PythonPeer.start(MAJORDOMO);
				RequestApp app = start(port(broker), "zmq.template.request-timeout=60s")) {
			ZmqMessage reply = app.template()
				.convertSendAndReceive("ask", ZmqMessage.of("MDPC01", "echo", "hello"), ZmqMessage.class);
			assertThat(reply).isNotNull();
			assertThat(reply.frames()).extracting(String::new).containsExactly("MDPC01", "echo", "hello");
		}
	}

	@Test
	void onTheWireThereIsADelimiterAndTheBody() {
		try (ZContext peers = new ZContext()) {
			ZMQ.Socket router = peers.createSocket(SocketType.ROUTER);
			router.setReceiveTimeOut(60_000);
			int port = router.bindToRandomPort("tcp://127.0.0.1");
			try (RequestApp app = start(port, "zmq.template.request-timeout=60s")) {
				CompletableFuture<ZmqMessage> first = app.template()
					.requestAsync("ask", ZmqMessage.of("a", "", "b"), ZmqMessage.class);
				CompletableFuture<ZmqMessage> second = app.template().requestAsync("ask", "c", ZmqMessage.class);
				byte[] client = router.recv();
				assertThat(receive(router)).containsExactly("", "a", "", "b");
				// one request a connection at a time: the next one comes after the reply
				router.setReceiveTimeOut(200);
				assertThat(router.recv()).isNull();
				router.setReceiveTimeOut(60_000);
				send(router, client, "", "x", "", "y");
				assertThat(first).succeedsWithin(LONG)
					.satisfies((reply) -> assertThat(reply.frames()).extracting(String::new)
						.containsExactly("x", "", "y"));
				assertThat(router.recv()).isEqualTo(client);
				assertThat(receive(router)).containsExactly("", "c");
				send(router, client, "", "");
				assertThat(second).succeedsWithin(LONG);
			}
		}
	}

	@ParameterizedTest
	@RequiresPyzmq
	@ValueSource(strings = { ROUTER, REP })
	void aLateReplyIsNeverTakenForThatOfTheNextRequest(String script) throws Exception {
		try (PythonPeer server = PythonPeer.start(script, "");
				RequestApp app = start(port(server), "zmq.defaults.reconnect-interval=20ms")) {
			ZmqTemplate template = app.template();
			for (int round = 0; round < 2; round++) {
				CompletableFuture<String> slow = template.newMessage("slow " + round)
					.to("ask")
					.timeout(Duration.ofMillis(300))
					.requestAsync(String.class);
				List<CompletableFuture<String>> next = new ArrayList<>();
				for (int i = 0; i < 20; i++) {
					next.add(template.newMessage("next " + i).to("ask").timeout(LONG).requestAsync(String.class));
				}
				assertThat(failure(slow)).isInstanceOf(ZmqRequestTimeoutException.class);
				for (int i = 0; i < 20; i++) {
					assertThat(next.get(i).get(60, TimeUnit.SECONDS)).isEqualTo("next " + i);
				}
			}
		}
	}

	@Test
	@RequiresPyzmq
	void aCancelledRequestLeavesItsConnectionToTheNext() throws Exception {
		try (PythonPeer server = PythonPeer.start(ROUTER, ""); RequestApp app = start(port(server))) {
			ZmqTemplate template = app.template();
			CompletableFuture<String> cancelled = template.newMessage("slow")
				.to("ask")
				.timeout(LONG)
				.requestAsync(String.class);
			Awaitility.await().atMost(LONG).until(() -> app.sockets().status("ask").sent() == 1);
			cancelled.cancel(false);
			assertThat(template.newMessage("next").to("ask").timeout(LONG).<String>request(String.class))
				.isEqualTo("next");
			// over the same connection: its reply was waited for
			assertThat(app.requests().status("ask").late()).isOne();
			CompletableFuture<String> silent = template.newMessage("silent")
				.to("ask")
				.timeout(Duration.ofMillis(500))
				.requestAsync(String.class);
			Awaitility.await().atMost(LONG).until(() -> app.sockets().status("ask").sent() == 3);
			silent.cancel(false);
			assertThat(template.newMessage("last").to("ask").timeout(LONG).<String>request(String.class))
				.isEqualTo("last");
		}
	}

	@Test
	@RequiresPyzmq
	void retriesGoToTheNextServerAndRequestsToAllOfThem() throws Exception {
		try (PythonPeer one = PythonPeer.start(ROUTER, "one:"); PythonPeer two = PythonPeer.start(REP, "two:")) {
			try (RequestApp app = RequestApp.start(RequestApp.Nothing.class, "zmq.sockets.ask.type=req",
					"zmq.sockets.ask.connect=tcp://127.0.0.1:%s,tcp://127.0.0.1:%s".formatted(port(one), port(two)),
					"zmq.sockets.ask.options.req-correlate=false", "zmq.template.request-timeout=60s")) {
				assertThat(app.sockets().awaitPeers("ask", 2, LONG)).isTrue();
				Set<String> servers = new HashSet<>();
				List<CompletableFuture<String>> replies = new ArrayList<>();
				for (int i = 0; i < 20; i++) {
					replies.add(app.template().requestAsync("ask", "x", String.class));
				}
				for (CompletableFuture<String> reply : replies) {
					servers.add(reply.get(60, TimeUnit.SECONDS).substring(0, 3));
				}
				assertThat(servers).containsExactlyInAnyOrder("one", "two");
				for (int i = 0; i < 4; i++) {
					// the REP answers what the ROUTER leaves alone
					assertThat(app.template()
						.newMessage("silent")
						.to("ask")
						.timeout(Duration.ofMillis(300))
						.retries(20)
						.<String>request(String.class)).isEqualTo("two:silent");
				}
			}
		}
	}

	/** A ROUTER sends a late reply to whichever connection has the routing id then. */
	@ParameterizedTest
	@RequiresPyzmq
	@ValueSource(strings = { "worker-1", "hex:01aaff" })
	void withARoutingIdOfItsOwnALateReplyIsWaitedFor(String id) throws Exception {
		try (PythonPeer server = PythonPeer.start(NAMED, HexFormat.of().formatHex(BytesText.parse(id)));
				RequestApp app = start(port(server), "zmq.sockets.ask.options.routing-id=" + id)) {
			ZmqTemplate template = app.template();
			for (int round = 0; round < 2; round++) {
				CompletableFuture<String> slow = template.newMessage("slow " + round)
					.to("ask")
					.timeout(Duration.ofMillis(200))
					.requestAsync(String.class);
				CompletableFuture<String> next = template.newMessage("next " + round)
					.to("ask")
					.timeout(LONG)
					.requestAsync(String.class);
				assertThat(failure(slow)).isInstanceOf(ZmqRequestTimeoutException.class);
				assertThat(next.get(60, TimeUnit.SECONDS)).isEqualTo("next " + round);
			}
			assertThat(app.requests().status("ask").late()).isEqualTo(2);
			// the reply to any attempt is one to the request
			assertThat(template.newMessage("slow 3")
				.to("ask")
				.timeout(Duration.ofMillis(300))
				.retries(50)
				.<String>request(String.class)).isEqualTo("slow 3");
		}
	}

	@Test
	@RequiresPyzmq
	@EnabledIfSystemProperty(named = "zmqtest.full", matches = "true",
			disabledReason = "takes a minute, for which the late reply is waited for: -Dzmqtest.full=true")
	void withARoutingIdOfItsOwnAServerThatIsStartedAgainIsAsked() throws Exception {
		int port;
		try (PythonPeer server = PythonPeer.start(NAMED, "ff", "0")) {
			port = Integer.parseInt(port(server));
			try (RequestApp app = start(port, "zmq.sockets.ask.options.routing-id=hex:ff",
					"zmq.sockets.ask.options.reconnect-interval=50ms")) {
				assertThatExceptionOfType(ZmqRequestTimeoutException.class).isThrownBy(() -> app.template()
					.newMessage("silent")
					.to("ask")
					.timeout(Duration.ofMillis(300))
					.request(String.class));
				server.kill();
				server.awaitExit();
				try (PythonPeer again = PythonPeer.start(NAMED, "ff", port)) {
					again.awaitLine("port ");
					assertThat(app.template().newMessage("next").to("ask").timeout(LONG).<String>request(String.class))
						.isEqualTo("next");
				}
			}
		}
	}

	@Test
	void aSocketThatBindsIsRefused() {
		assertThatException()
			.isThrownBy(() -> RequestApp.start(RequestApp.Nothing.class, "zmq.sockets.ask.type=req",
					"zmq.sockets.ask.bind=tcp://127.0.0.1:*", "zmq.sockets.ask.options.req-correlate=false"))
			.havingRootCause()
			.isInstanceOfSatisfying(ZmqConfigurationException.class,
					(ex) -> assertThat(ex.getSubject()).isEqualTo("zmq.sockets.ask.options.req-correlate"));
	}

	@Test
	void overInprocALateReplyIsWaitedFor() throws Exception {
		try (RequestApp app = RequestApp.start(RequestApp.Nothing.class, "zmq.sockets.serve.type=router",
				"zmq.sockets.serve.bind=inproc://uncorrelated", "zmq.sockets.ask.type=req",
				"zmq.sockets.ask.connect=inproc://uncorrelated", "zmq.sockets.ask.options.req-correlate=false")) {
			ZmqTemplate template = app.template();
			CompletableFuture<String> slow = template.newMessage("slow")
				.to("ask")
				.timeout(Duration.ofMillis(200))
				.requestAsync(String.class);
			ZmqMessage first = template.receiveFrames("serve", LONG);
			assertThat(failure(slow)).isInstanceOf(ZmqRequestTimeoutException.class);
			CompletableFuture<String> next = template.newMessage("next")
				.to("ask")
				.timeout(LONG)
				.requestAsync(String.class);
			ZmqMessage second = template.receiveFrames("serve", LONG);
			assertThat(first).isNotNull();
			assertThat(second).isNotNull();
			assertThat(second.text(0)).isEqualTo("next");
			template.reply("serve", second, "reply");
			assertThat(next).succeedsWithin(LONG).isEqualTo("reply");
		}
	}

	@Test
	void whatWaitsForAConnectionTimesOutAndErrorRepliesAreExceptions() throws Exception {
		try (ZContext peers = new ZContext()) {
			ZMQ.Socket router = peers.createSocket(SocketType.ROUTER);
			router.setReceiveTimeOut(60_000);
			int port = router.bindToRandomPort("tcp://127.0.0.1");
			try (RequestApp app = start(port)) {
				CompletableFuture<String> first = app.template()
					.newMessage("first")
					.to("ask")
					.timeout(LONG)
					.requestAsync(String.class);
				CompletableFuture<String> waits = app.template()
					.newMessage("waits")
					.to("ask")
					.timeout(Duration.ofMillis(200))
					.requestAsync(String.class);
				byte[] client = router.recv();
				assertThat(receive(router)).containsExactly("", "first");
				assertThat(failure(waits)).isInstanceOfSatisfying(ZmqRequestTimeoutException.class,
						(ex) -> assertThat(ex.getAttemptLog()).noneMatch((attempt) -> attempt.sent()));
				send(router, client, "", "",
						"{\"type\":\"urn:zmq:handler-error\",\"title\":\"Oops\",\"detail\":\"no\"}");
				assertThat(failure(first)).isInstanceOf(ZmqRemoteException.class);
			}
		}
	}

	private static RequestApp start(Object port, String... more) {
		String[] properties = java.util.Arrays.copyOf(more, more.length + 1);
		properties[more.length] = "zmq.sockets.ask.options.req-correlate=false";
		return RequestApp.client(port.toString(), properties);
	}

	private static String port(PythonPeer server) {
		return server.awaitLine("port ").substring(5);
	}

	private static Throwable failure(CompletableFuture<?> future) throws Exception {
		Throwable failure = future.handle((reply, ex) -> ex).get(60, TimeUnit.SECONDS);
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	private static List<String> receive(ZMQ.Socket socket) {
		List<String> frames = new ArrayList<>();
		do {
			frames.add(socket.recvStr());
		}
		while (socket.hasReceiveMore());
		return frames;
	}

	private static void send(ZMQ.Socket socket, byte[] to, String... frames) {
		socket.sendMore(to);
		for (int i = 0; i < frames.length; i++) {
			socket.send(frames[i], (i < frames.length - 1) ? ZMQ.SNDMORE : 0);
		}
	}

}
