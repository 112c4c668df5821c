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

package io.github.zmqspring.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.core.status.RequestStatus;
import io.github.zmqspring.event.ZmqInstanceLostEvent;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers in Python that are found by discovery, one of which is killed, one retired and
 * one added under load: what was sent is delivered or reported, and each request is
 * answered.
 */
@NoLeaks
@RequiresPyzmq
@Timeout(120)
class DiscoveryDeliveryTests {

	private static final int MESSAGES = 20_000;

	private static final int REQUESTS = 5_000;

	private static final int AT_ONCE = 200;

	/** Notes each message before it handles it, so that a kill takes no more away. */
	private static final String WORKER = """
			pull = ctx.socket(zmq.PULL)
			pull.rcvhwm, pull.rcvbuf = 10, 32768
			rep = ctx.socket(zmq.REP)
			say("ports", pull.bind_to_random_port("tcp://127.0.0.1"), rep.bind_to_random_port("tcp://127.0.0.1"))
			log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
			poller = zmq.Poller()
			poller.register(pull, zmq.POLLIN)
			poller.register(rep, zmq.POLLIN)
			while True:
			    for socket, event in poller.poll():
			        if socket is pull:
			            for number in range(20):
			                try:
			                    os.write(log, pull.recv(zmq.NOBLOCK)[:8] + b"\\n")
			                except zmq.Again:
			                    break
			            time.sleep(0.001)
			        else:
			            rep.send(rep.recv())
			""";

	@TempDir
	private Path directory;

	@Test
	void whatIsSentToAChangingSetOfWorkersIsDeliveredOrReported() throws Exception {
		List<Worker> workers = new ArrayList<>();
		try {
			for (int i = 0; i < 3; i++) {
				workers.add(new Worker(this.directory.resolve("log" + i)));
			}
			Fleet.set(workers);
			try (ConfigurableApplicationContext context = Contexts.start(Fleet.class,
					List.of("zmq.discovery.refresh=100ms", "zmq.sockets.work.type=push",
							"zmq.sockets.work.connect=fleet:///work", "zmq.sockets.work.options.send-hwm=1000",
							"zmq.sockets.work.options.linger=5s", "zmq.sockets.work.options.send-buffer-size=32KB",
							"zmq.sockets.rpc.type=req", "zmq.sockets.rpc.connect=fleet:///rpc",
							"zmq.template.send-timeout=30s", "zmq.template.request-timeout=2s",
							"zmq.template.request-retries=4"))) {
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThat(sockets.awaitPeers("work", 3, Duration.ofSeconds(20))).isTrue();
				assertThat(sockets.awaitPeers("rpc", 3, Duration.ofSeconds(20))).isTrue();
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				Requests requests = new Requests(template);
				requests.start();
				byte[] message = new byte[1024];
				for (int i = 0; i < MESSAGES; i++) {
					System.arraycopy("%08d".formatted(i).getBytes(), 0, message, 0, 8);
					template.sendFrames("work", (Object) message.clone());
					if (i == MESSAGES * 2 / 5) {
						// gone without a word: discovery knows it later
						workers.get(0).peer.kill();
					}
					else if (i == MESSAGES / 2) {
						Fleet.set(workers.subList(1, 3));
					}
					else if (i == MESSAGES * 3 / 5) {
						workers.add(new Worker(this.directory.resolve("log3")));
						Fleet.set(workers.subList(1, 4));
					}
					else if (i == MESSAGES * 4 / 5) {
						// retired: it lives on
						Fleet.set(workers.subList(2, 4));
					}
				}
				Fleet fleet = context.getBean(Fleet.class);
				String killed = workers.get(0).work;
				Awaitility.await().until(() -> fleet.handedOver.containsKey(killed));
				long handed = fleet.handedOver.get(killed);
				Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
					Set<String> delivered = new HashSet<>();
					for (Worker worker : workers.subList(1, 4)) {
						delivered.addAll(worker.handled());
					}
					// each message once, none of them twice
					assertThat(delivered.size() + handed).isEqualTo(MESSAGES);
				});
				List<String> all = new ArrayList<>();
				for (Worker worker : workers) {
					all.addAll(worker.handled());
				}
				assertThat(all).doesNotHaveDuplicates();
				int handled = workers.get(0).handled().size();
				assertThat(all).hasSize((int) (MESSAGES - handed + handled));
				assertThat(handed - handled).as("taken by the killed worker").isBetween(0L, 5000L);
				assertThat(sockets.status("work").sent()).isEqualTo(MESSAGES);
				assertThat(sockets.status("work").lost()).isLessThanOrEqualTo(handed - handled);
				assertThat(workers.get(3).handled()).isNotEmpty();
				requests.awaitEnd();
				assertThat(requests.answered.get() + requests.failures.size()).isEqualTo(REQUESTS);
				assertThat(requests.failures).isEmpty();
			}
		}
		finally {
			workers.forEach((worker) -> worker.peer.close());
		}
	}

	@Test
	void requestsThatWaitForAServerThatGoesAreSentToAnother() {
		try (PythonPeer stuck = PythonPeer.start("""
				router = ctx.socket(zmq.ROUTER)
				router.rcvhwm = 1
				say("port", router.bind_to_random_port("tcp://127.0.0.1"))
				hear()
				"""); PythonPeer other = PythonPeer.start("""
				rep = ctx.socket(zmq.REP)
				say("port", rep.bind_to_random_port("tcp://127.0.0.1"))
				while True:
				    rep.send(rep.recv()[:5])
				""")) {
			String away = "tcp://127.0.0.1:" + stuck.awaitLine("port ").substring(5);
			Fleet.servers = List.of(away);
			try (ConfigurableApplicationContext context = Contexts.start(Fleet.class,
					List.of("zmq.discovery.refresh=50ms", "zmq.sockets.rpc.type=req",
							"zmq.sockets.rpc.connect=fleet:///servers", "zmq.template.request-timeout=3s",
							"zmq.template.request-retries=3"))) {
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				Awaitility.await().until(() -> sockets.status("rpc").peers() == 1);
				byte[] body = new byte[100_000];
				List<CompletableFuture<byte[]>> replies = new ArrayList<>();
				for (int i = 0; i < 300; i++) {
					replies.add(template.requestAsync("rpc", body, byte[].class));
				}
				Fleet.servers = List.of("tcp://127.0.0.1:" + other.awaitLine("port ").substring(5));
				replies.forEach((reply) -> assertThat(reply).succeedsWithin(Duration.ofSeconds(20)));
				// those that had left for the first one are repeated, the others are not
				RequestStatus status = context.getBean(RequestOperations.class).status("rpc");
				assertThat(status.replies()).isEqualTo(300);
				assertThat(status.retries()).isBetween(1L, 250L);
				Awaitility.await()
					.until(() -> sockets.details("rpc")
						.names()
						.get(0)
						.instances()
						.stream()
						.noneMatch((instance) -> instance.endpoint().equals(away)));
			}
		}
	}

	/** Makes requests, so many at once. */
	private static final class Requests {

		private final ZmqTemplate template;

		private final Semaphore free = new Semaphore(AT_ONCE);

		private final AtomicInteger answered = new AtomicInteger();

		private final List<Throwable> failures = new CopyOnWriteArrayList<>();

		private final Thread thread = new Thread(this::run, "requests");

		Requests(ZmqTemplate template) {
			this.template = template;
		}

		void start() {
			this.thread.start();
		}

		private void run() {
			for (int i = 0; i < REQUESTS; i++) {
				this.free.acquireUninterruptibly();
				String question = "question " + i;
				CompletableFuture<String> reply = this.template.requestAsync("rpc", question, String.class);
				reply.whenComplete((text, failure) -> {
					if (question.equals(text)) {
						this.answered.incrementAndGet();
					}
					else {
						this.failures.add((failure != null) ? failure : new AssertionError("another's reply: " + text));
					}
					this.free.release();
				});
			}
		}

		void awaitEnd() throws InterruptedException {
			this.thread.join(60_000);
			assertThat(this.free.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)).isTrue();
		}

	}

	private static final class Worker {

		private final PythonPeer peer;

		private final Path log;

		private final String work;

		private final String rpc;

		Worker(Path log) {
			this.log = log;
			this.peer = PythonPeer.start(WORKER, log);
			String[] ports = this.peer.awaitLine("ports ").split(" ");
			this.work = "tcp://127.0.0.1:" + ports[1];
			this.rpc = "tcp://127.0.0.1:" + ports[2];
		}

		List<String> handled() throws IOException {
			List<String> lines = new ArrayList<>(Files.readAllLines(this.log));
			// killed in the middle of a line
			lines.removeIf((line) -> line.length() != 8);
			return lines;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Fleet {

		private static volatile List<Worker> workers = List.of();

		private static volatile List<String> servers = List.of();

		private final Map<String, Long> handedOver = new ConcurrentHashMap<>();

		static void set(Collection<Worker> all) {
			workers = List.copyOf(all);
		}

		@EventListener
		void lost(ZmqInstanceLostEvent event) {
			if (event.getSocket().equals("work")) {
				this.handedOver.merge(event.getEndpoint(), event.getHandedOver(), Long::sum);
			}
		}

		@Bean
		ZmqEndpointResolver fleetResolver() {
			return new ZmqEndpointResolver() {

				@Override
				public String scheme() {
					return "fleet";
				}

				@Override
				public Collection<String> resolve(String name) {
					return (name.equals("servers")) ? servers
							: workers.stream().map((worker) -> name.equals("work") ? worker.work : worker.rpc).toList();
				}

			};
		}

	}

}
