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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRequest;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.AnnotationMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that a stream of replies answers.
 */
@NoLeaks
@Timeout(120)
class StreamRequestTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	/**
	 * Streams words as tokens; "stuck" stops in the middle, "fail" ends with an error.
	 */
	private static final String WORKER = """
			import json
			router = ctx.socket(zmq.ROUTER)
			say('port', router.bind_to_random_port('tcp://127.0.0.1'))
			while True:
			    *path, prompt = router.recv_multipart()
			    if prompt == b'{"type":"urn:zmq:cancel"}':
			        continue
			    for token in prompt.split():
			        if token == b'fail':
			            error = {'type': 'urn:zmq:handler-error', 'title': 'ValueError', 'detail': 'on purpose'}
			            router.send_multipart(path + [b'', json.dumps(error).encode()])
			        elif token != b'stuck':
			            router.send_multipart(path + [token])
			    if not prompt.endswith((b'stuck', b'fail')):
			        router.send_multipart(path + [b''])
			""";

	@Test
	@RequiresPyzmq
	void aWorkerStreamsTokensUntilItsEmptyReply() {
		try (PythonPeer worker = PythonPeer.start(WORKER);
				RequestApp app = client(worker.awaitLine("port ").substring(5), "zmq.template.request-timeout=60s")) {
			Client client = app.bean(Client.class);
			assertThat(client.tokens("the quick brown fox").collectList().block(LONG)).containsExactly("the", "quick",
					"brown", "fox");
			List<String> seen = new CopyOnWriteArrayList<>();
			CompletableFuture<Void> end = app.template()
				.newMessage("a b c")
				.to("ask")
				.<String>requestEach(String.class, seen::add);
			assertThat(end).succeedsWithin(LONG);
			assertThat(seen).containsExactly("a", "b", "c");
			assertThat(client.tokens("").collectList().block(LONG)).isEmpty();
			assertThat(app.requests().status("ask").pending()).isZero();
			assertThat(app.requests().status("ask").late()).isZero();
		}
	}

	@Test
	@RequiresPyzmq
	void theLastElementMayBeAnErrorOrNeverCome() {
		try (PythonPeer worker = PythonPeer.start(WORKER);
				RequestApp app = client(worker.awaitLine("port ").substring(5), "zmq.template.request-timeout=2s")) {
			Client client = app.bean(Client.class);
			List<String> seen = new ArrayList<>();
			assertThat(failure(client.tokens("a b fail").doOnNext(seen::add))).isInstanceOf(ZmqRemoteException.class)
				.hasMessageContaining("on purpose");
			assertThat(seen).containsExactly("a", "b");
			seen.clear();
			assertThat(failure(client.tokens("c d stuck").doOnNext(seen::add)))
				.isInstanceOf(ZmqRequestTimeoutException.class);
			assertThat(seen).containsExactly("c", "d");
			assertThat(failure(client.numbers("1 x 3"))).hasMessageContaining("no Integer");
			// the rest of that
			Awaitility.await().atMost(LONG).until(() -> app.requests().status("ask").late() == 2);
			assertThat(app.requests().status("ask").pending()).isZero();
		}
	}

	@Test
	void elementsOfOurServerHaveTheTimeoutEachAndACancelledStreamIsForgotten() {
		try (RequestApp app = RequestApp.start(Server.class, "zmq.sockets.rpc.type=rep", "zmq.sockets.ask.type=req",
				"zmq.sockets.ask.connect=inproc://streams", "zmq.sockets.rpc.bind=inproc://streams",
				"zmq.template.request-timeout=5s")) {
			Client client = app.bean(Client.class);
			// longer than the timeout, all together
			assertThat(client.numbers("slow").collectList().block(LONG))
				.isEqualTo(IntStream.range(0, 8).boxed().toList());
			assertThat(client.numbers("many").take(3).collectList().block(LONG)).containsExactly(0, 1, 2);
			Awaitility.await().atMost(LONG).until(() -> app.requests().status("ask").pending() == 0);
			// what the subscriber does not ask for is kept, and more than that is an
			// error
			assertThat(client.numbers("some").limitRate(1).collectList().block(LONG)).hasSize(1000);
			List<Throwable> failures = new CopyOnWriteArrayList<>();
			BaseSubscriber<Integer> lazy = new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					subscription.request(1);
				}

				@Override
				protected void hookOnError(Throwable failure) {
					failures.add(failure);
				}

			};
			client.numbers("many").subscribe(lazy);
			Awaitility.await().atMost(LONG).until(() -> app.requests().status("ask").pending() == 0);
			lazy.request(Long.MAX_VALUE);
			Awaitility.await().atMost(LONG).until(() -> !failures.isEmpty());
			assertThat(failures.get(0)).isInstanceOf(ZmqException.class).hasMessageContaining("4096 elements behind");
		}
	}

	@Test
	@RequiresPyzmq
	void aCancelledStreamIsToldToItsWorkerAndAWorkerThatIsGoneIsAnError() {
		try (PythonPeer worker = PythonPeer.start("""
				router = ctx.socket(zmq.ROUTER)
				say('port', router.bind_to_random_port('tcp://127.0.0.1'))
				streams = {}
				while True:
				    if router.poll(1):
				        *path, prompt = router.recv_multipart()
				        if prompt == b'{"type":"urn:zmq:cancel"}':
				            say('cancelled', streams.pop(tuple(path)).decode())
				        else:
				            streams[tuple(path)] = prompt
				    for path in streams:
				        router.send_multipart([*path, b'token'])
				""");
				RequestApp app = client(worker.awaitLine("port ").substring(5), "zmq.template.request-timeout=60s")) {
			List<String> few = Flux.from(app.template().requestStream("ask", "endless", String.class))
				.take(3)
				.collectList()
				.block(LONG);
			assertThat(few).containsExactly("token", "token", "token");
			assertThat(worker.awaitLine("cancelled ")).isEqualTo("cancelled endless");
			assertThat(app.requests().status("ask").timeouts()).isZero();
			// a consumer that fails is an end, too
			assertThat(app.template().newMessage("failing").to("ask").requestEach(String.class, (token) -> {
				throw new IllegalStateException("on purpose");
			})).failsWithin(LONG);
			assertThat(worker.awaitLine("cancelled ")).isEqualTo("cancelled failing");
			List<String> seen = new CopyOnWriteArrayList<>();
			CompletableFuture<Void> end = app.template()
				.newMessage("killed")
				.to("ask")
				.<String>requestEach(String.class, seen::add);
			Awaitility.await().atMost(LONG).until(() -> !seen.isEmpty());
			worker.kill();
			assertThat(end).failsWithin(Duration.ofSeconds(30))
				.withThrowableThat()
				.havingRootCause()
				.isInstanceOf(ZmqException.class)
				.withMessageContaining("is gone, before the end");
			assertThat(app.requests().status("ask").pending()).isZero();
		}
	}

	@Test
	void aPlainSubscriberGetsWhatItAsksForAndItsCancelReachesOurServer() {
		try (RequestApp app = RequestApp.start(Endless.class, "zmq.sockets.rpc.type=router",
				"zmq.sockets.ask.type=dealer", "zmq.sockets.ask.connect=inproc://endless",
				"zmq.sockets.rpc.bind=inproc://endless", "zmq.template.request-timeout=60s")) {
			Endless server = app.bean(Endless.class);
			List<Integer> seen = new CopyOnWriteArrayList<>();
			Subscription[] subscription = new Subscription[1];
			app.template().requestStream("ask", "x", Integer.class).subscribe(new Subscriber<>() {

				@Override
				public void onSubscribe(Subscription given) {
					subscription[0] = given;
				}

				@Override
				public void onNext(Integer element) {
					seen.add(element);
				}

				@Override
				public void onError(Throwable failure) {
					seen.add(-1);
				}

				@Override
				public void onComplete() {
					seen.add(-2);
				}

			});
			subscription[0].request(2);
			Awaitility.await().atMost(LONG).until(() -> seen.size() == 2 && server.sent.get() > 5);
			assertThat(seen).containsExactly(0, 1);
			subscription[0].request(2);
			Awaitility.await().atMost(LONG).until(() -> seen.size() == 4);
			subscription[0].cancel();
			Awaitility.await().atMost(LONG).until(() -> server.cancelled.get() == 1);
			assertThat(seen).containsExactly(0, 1, 2, 3);
			assertThat(app.requests().status("ask").pending()).isZero();
			Awaitility.await()
				.atMost(LONG)
				.until(() -> app.listeners().status("numbers").handled() == 1
						&& app.listeners().status("numbers").active() == 0);
			assertThat(app.listeners().status("numbers").unreadable()).isZero();
		}
	}

	@Test
	void aRequestWithoutAnIdHasOneReply() {
		try (RequestApp app = client("1", "zmq.sockets.ask.options.req-correlate=false")) {
			assertThat(failure(app.bean(Client.class).tokens("x"))).isInstanceOf(ZmqUnsupportedOperationException.class)
				.hasMessageContaining("req-correlate");
		}
	}

	private static Throwable failure(Flux<?> stream) {
		return stream.then(reactor.core.publisher.Mono.<Throwable>empty())
			.onErrorResume((ex) -> reactor.core.publisher.Mono.just(ex))
			.blockOptional(LONG)
			.orElseThrow();
	}

	private static RequestApp client(String port, String... more) {
		List<String> properties = new ArrayList<>(List.of(more));
		properties.add("zmq.sockets.ask.type=req");
		properties.add("zmq.sockets.ask.connect=tcp://127.0.0.1:" + port);
		return RequestApp.start(Clients.class, properties.toArray(String[]::new));
	}

	interface Client {

		@ZmqRequest("ask")
		Flux<String> tokens(String prompt);

		@ZmqRequest("ask")
		Flux<Integer> numbers(String what);

	}

	@Import(ClientRegistrar.class)
	static class Clients {

	}

	@Import(ClientRegistrar.class)
	static class Server {

		@ZmqListener("rpc")
		Flux<Integer> numbers(String what) {
			return switch (what) {
				case "slow" -> Flux.range(0, 8).delayElements(Duration.ofSeconds(1));
				case "some" -> Flux.range(0, 1000);
				default -> Flux.range(0, 20_000);
			};
		}

	}

	static class Endless {

		final AtomicInteger sent = new AtomicInteger();

		final AtomicInteger cancelled = new AtomicInteger();

		@ZmqListener(id = "numbers", socket = "rpc")
		Flux<Integer> numbers(String what) {
			return Flux.interval(Duration.ofMillis(5))
				.map(Long::intValue)
				.doOnNext((number) -> this.sent.incrementAndGet())
				.doOnCancel(this.cancelled::incrementAndGet);
		}

	}

	static class ClientRegistrar implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
			RootBeanDefinition client = new RootBeanDefinition(ZmqClientFactoryBean.class);
			client.getConstructorArgumentValues().addIndexedArgumentValue(0, Client.class);
			client.setTargetType(ResolvableType.forClassWithGenerics(ZmqClientFactoryBean.class, Client.class));
			registry.registerBeanDefinition("streamClient", client);
		}

	}

}
