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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams from and to Python, and from methods that reply themselves: what each side is
 * told when the other cancels, fails or goes away.
 */
@NoLeaks
@RequiresPyzmq
@Timeout(120)
class StreamPeerTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	/** Ends no stream, and begins a new life at the same port when it is told to. */
	private static final String RESTARTING = """
			port = '*'
			while True:
			    router = ctx.socket(zmq.ROUTER)
			    router.bind(f'tcp://127.0.0.1:{port}')
			    port = router.last_endpoint.decode().split(':')[-1]
			    say('port', port)
			    *path, prompt = router.recv_multipart()
			    router.send_multipart([*path, b'{"token": "a"}'])
			    hear()
			    router.close(linger=0)
			""";

	/** Each prompt but a cancel has three elements, the second of which is no object. */
	private static final String MALFORMED = """
			router = ctx.socket(zmq.ROUTER)
			say('port', router.bind_to_random_port('tcp://127.0.0.1'))
			while True:
			    *path, prompt = router.recv_multipart()
			    if prompt == b'{"type":"urn:zmq:cancel"}':
			        say('cancelled')
			        continue
			    for element in (b'{"token": "a"}', b'{"token": ', b'{"token": "c"}'):
			        router.send_multipart([*path, element])
			""";

	/** As a user writes it who reads a stream of ours: until the empty reply. */
	private static final String READER = """
			import json, sys
			def ask(prompt, most=None):
			    dealer.send_multipart([b'', prompt])
			    tokens = []
			    while True:
			        _, token, *error = dealer.recv_multipart()
			        if not token:
			            return tokens, json.loads(error[0])['detail'] if error else None
			        tokens.append(token)
			        if len(tokens) == most:
			            dealer.send_multipart([b'', b'{"type":"urn:zmq:cancel"}'])
			            return tokens, 'cancelled'
			dealer = ctx.socket(zmq.DEALER)
			dealer.connect('tcp://127.0.0.1:' + sys.argv[1])
			assert ask(b'some') == ([b'0', b'1', b'2'], None)
			tokens, failure = ask(b'failing')
			assert tokens == [b'0'] and 'on purpose' in failure, failure
			tokens, failure = ask(b'empty')
			assert tokens == [b'a'] and 'is empty' in failure, failure
			assert ask(b'endless', 2)[1] == 'cancelled'
			say('cancelled')
			hear()
			""";

	@Test
	void aWorkerThatIsBackAtOnceHasForgottenItsStreams() {
		try (PythonPeer worker = PythonPeer.start(RESTARTING);
				RequestApp app = client(worker, "zmq.defaults.reconnect-interval=10ms")) {
			List<Object> seen = new CopyOnWriteArrayList<>();
			CompletableFuture<Void> end = app.template().newMessage("x").to("ask").requestEach(Map.class, seen::add);
			Awaitility.await().atMost(LONG).until(() -> !seen.isEmpty());
			worker.tell("restart");
			assertThat(end).failsWithin(Duration.ofSeconds(30))
				.withThrowableThat()
				.havingRootCause()
				.isInstanceOf(ZmqException.class)
				.withMessageContaining("is gone, before the end of the stream (1 elements have come)");
		}
	}

	@Test
	void anElementThatCannotBeReadEndsTheStreamAndIsToldToTheWorker() {
		try (PythonPeer worker = PythonPeer.start(MALFORMED); RequestApp app = client(worker)) {
			List<Object> seen = new ArrayList<>();
			assertThat(failure(app.template().requestStream("ask", "x", Map.class), seen))
				.isNotInstanceOf(ZmqRequestTimeoutException.class)
				.hasMessageContaining("Map");
			assertThat(seen).containsExactly(Map.of("token", "a"));
			worker.awaitLine("cancelled");
		}
	}

	@Test
	void theSizeOfWhatASlowSubscriberLeavesIsBounded() {
		try (RequestApp app = RequestApp.start(Server.class, "zmq.sockets.rpc.type=router",
				"zmq.sockets.rpc.bind=inproc://large", "zmq.sockets.ask.type=req",
				"zmq.sockets.ask.connect=inproc://large", "zmq.template.stream-buffer-size=10KB")) {
			CompletableFuture<byte[]> slow = new CompletableFuture<>();
			CompletableFuture<List<Signal<byte[]>>> stream = Flux
				.from(app.template().requestStream("ask", "large", byte[].class))
				.concatMap((element) -> Mono.fromFuture(slow, true), 1)
				.materialize()
				.collectList()
				.toFuture();
			Awaitility.await().atMost(LONG).until(() -> app.bean(Server.class).cancelled.get() == 1);
			slow.complete(new byte[0]);
			assertThat(stream).succeedsWithin(LONG);
			assertThat(stream.join().get(stream.join().size() - 1).getThrowable()).isInstanceOf(ZmqException.class)
				.hasMessageContaining("socket 'ask'")
				.hasMessageContaining("2 elements behind, 8000 bytes")
				.hasMessageContaining("zmq.template.stream-buffer-size");
		}
	}

	@Test
	void aReaderInPythonGetsEachElementTheErrorAndTheEndAndCancels() {
		try (RequestApp app = RequestApp.start(Server.class, "zmq.sockets.rpc.type=router",
				"zmq.sockets.rpc.bind=tcp://127.0.0.1:*");
				PythonPeer reader = PythonPeer.start(READER, app.port("rpc"))) {
			reader.awaitLine("cancelled");
			Awaitility.await().atMost(LONG).until(() -> app.bean(Server.class).cancelled.get() == 1);
			reader.tell("end");
			assertThat(reader.awaitExit()).as("%s", reader.errorLines()).isZero();
		}
	}

	@Test
	void aMethodThatRepliesInALoopOnTheOnlyLaneIsToldOfTheCancelAndNoRequestIsLost() throws InterruptedException {
		try (RequestApp app = RequestApp.start(Loop.class, "zmq.sockets.rpc.type=router",
				"zmq.sockets.rpc.bind=inproc://loop", "zmq.sockets.ask.type=dealer",
				"zmq.sockets.ask.connect=inproc://loop", "zmq.template.request-timeout=60s")) {
			Loop loop = app.bean(Loop.class);
			Flux<Integer> endless = Flux.from(app.template().requestStream("ask", "endless", Integer.class));
			AtomicInteger seen = new AtomicInteger();
			CompletableFuture<List<Integer>> first = endless.doOnNext((element) -> seen.incrementAndGet())
				.takeUntil((element) -> loop.proceed)
				.collectList()
				.toFuture();
			Awaitility.await().atMost(LONG).until(() -> seen.get() > 2);
			// these wait behind it
			List<CompletableFuture<List<Integer>>> others = IntStream.range(0, 20)
				.mapToObj((i) -> Flux.from(app.template().requestStream("ask", "two", Integer.class))
					.collectList()
					.toFuture())
				.toList();
			loop.proceed = true;
			assertThat(first).succeedsWithin(LONG);
			assertThat(loop.stopped.await(60, TimeUnit.SECONDS)).isTrue();
			assertThat(others).allSatisfy((other) -> assertThat(other).succeedsWithin(LONG).isEqualTo(List.of(0, 1)));
			assertThat(endless.take(2).collectList().block(LONG)).containsExactly(0, 1);
			Awaitility.await().atMost(LONG).until(() -> loop.told.get() == 2);
			List<Object> few = new ArrayList<>();
			assertThat(failure(app.template().requestStream("ask", "failing", Integer.class), few))
				.isInstanceOf(ZmqRemoteException.class)
				.hasMessageContaining("on purpose");
			assertThat(few).containsExactly(0);
			Awaitility.await().atMost(LONG).until(() -> app.listeners().status("loop").active() == 0);
			assertThat(app.listeners().status("loop").failed()).isZero();
			assertThat(app.requests().status("ask").pending()).isZero();
		}
	}

	private static Throwable failure(Publisher<?> stream, List<Object> seen) {
		return Flux.from(stream)
			.doOnNext(seen::add)
			.then(Mono.<Throwable>empty())
			.onErrorResume(Mono::just)
			.blockOptional(LONG)
			.orElseThrow();
	}

	private static RequestApp client(PythonPeer worker, String... more) {
		String[] properties = Arrays.copyOf(more, more.length + 1);
		properties[more.length] = "zmq.template.request-timeout=60s";
		return RequestApp.client(worker.awaitLine("port ").substring(5), properties);
	}

	static class Server {

		final AtomicInteger cancelled = new AtomicInteger();

		@ZmqListener(socket = "rpc")
		Flux<Object> answer(String what) {
			return switch (what) {
				case "some" -> Flux.just("0", "1", "2");
				case "failing" -> Flux.concat(Flux.just("0"), Flux.error(new IllegalStateException("on purpose")));
				case "empty" -> Flux.just("a", "", "b");
				case "large" -> Flux.<Object>fromStream(Stream.generate(() -> new byte[4000]).limit(5))
					.concatWith(Flux.never())
					.doOnCancel(this.cancelled::incrementAndGet);
				default -> Flux.interval(Duration.ofMillis(1))
					.<Object>map(String::valueOf)
					.doOnCancel(this.cancelled::incrementAndGet);
			};
		}

	}

	static class Loop {

		final CountDownLatch stopped = new CountDownLatch(1);

		final AtomicInteger told = new AtomicInteger();

		volatile boolean proceed;

		@ZmqListener(id = "loop", socket = "rpc")
		void answer(String what, ZmqReplier replier) {
			switch (what) {
				case "endless" -> {
					replier.onCancel(this.told::incrementAndGet);
					for (int i = 0; !replier.isCancelled(); i++) {
						replier.reply(i);
						Thread.yield();
					}
					this.stopped.countDown();
				}
				case "failing" -> {
					replier.reply(0);
					replier.error(new IllegalStateException("on purpose"));
				}
				default -> {
					replier.reply(0);
					replier.reply(1);
					replier.end();
				}
			}
		}

	}

}
