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

package io.github.zmqspring.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.OperatingSystemMXBean;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyDefinition;
import io.github.zmqspring.proxy.ZmqProxyType;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Throughput through a proxy of this library against JeroMQ's own {@link ZMQ#proxy}, in
 * turns in one run, with the same peers over tcp on this host. Arguments, all optional:
 * seconds for each measurement, rounds, bytes of a message, peers a side separated by
 * commas, kinds of proxies separated by commas. Publishers and XPUB drop nothing, so that
 * the messages that arrive are those that were forwarded. A first argument of {@code 8k}
 * leaves JeroMQ's engines at their own batch size.
 *
 * @since 0.1.0
 */
public final class ProxyBenchmark {

	private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final int BURST = 64;

	private static final int WINDOW = 500;

	private final Duration time;

	private final int rounds;

	private final int bytes;

	private final int batchSize;

	private ProxyBenchmark(Duration time, int rounds, int bytes, int batchSize) {
		this.time = time;
		this.rounds = rounds;
		this.bytes = bytes;
		this.batchSize = batchSize;
	}

	/**
	 * Run the benchmark.
	 * @param args see above
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		List<String> arguments = new ArrayList<>(Arrays.asList(args));
		int batchSize = 64 * 1024;
		if (!arguments.isEmpty() && "8k".equals(arguments.get(0))) {
			arguments.remove(0);
			batchSize = 0;
		}
		ProxyBenchmark benchmark = new ProxyBenchmark(Duration.ofMillis((long) (1000 * number(arguments, 0, 2))),
				(int) number(arguments, 1, 5), (int) number(arguments, 2, 256), batchSize);
		String peers = (arguments.size() > 3) ? arguments.get(3) : "1,10,100";
		System.out.printf("%-10s %5s %14s %14s %7s %14s %7s%n", "type", "peers", "ours/s", "ZMQ.proxy/s", "ratio",
				"range", "by CPU");
		String types = (arguments.size() > 4) ? arguments.get(4) : "STREAMER,QUEUE,FORWARDER";
		for (String name : types.split(",")) {
			ZmqProxyType type = ZmqProxyType.valueOf(name);
			for (String count : peers.split(",")) {
				benchmark.compare(type, Integer.parseInt(count));
			}
		}
	}

	private static double number(List<String> arguments, int index, double fallback) {
		return (arguments.size() > index) ? Double.parseDouble(arguments.get(index)) : fallback;
	}

	private void compare(ZmqProxyType type, int peers) throws InterruptedException {
		double[] ours = new double[this.rounds];
		double[] theirs = new double[this.rounds];
		double[] ratios = new double[this.rounds];
		double[] byCpu = new double[this.rounds];
		for (int i = -1; i < this.rounds; i++) {
			Rate own;
			Rate other;
			try (Subject subject = new OurProxy(type, this.batchSize)) {
				own = measure(subject, type, peers);
			}
			try (Subject subject = new JeroMqProxy(type)) {
				other = measure(subject, type, peers);
			}
			if (i >= 0) {
				ours[i] = own.perSecond();
				theirs[i] = other.perSecond();
				ratios[i] = own.perSecond() / other.perSecond();
				byCpu[i] = own.perCpuSecond() / other.perCpuSecond();
			}
		}
		System.out.printf("%-10s %5d %,14.0f %,14.0f %7.2f %6.2f..%6.2f %7.2f%n",
				type.name().toLowerCase(java.util.Locale.ROOT), peers, median(ours), median(theirs), median(ratios),
				Arrays.stream(ratios).min().orElseThrow(), Arrays.stream(ratios).max().orElseThrow(), median(byCpu));
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	private Rate measure(Subject subject, ZmqProxyType type, int peers) throws InterruptedException {
		try (Peers all = (type == ZmqProxyType.QUEUE) ? new RequestPeers(subject, peers, this.bytes)
				: new OneWayPeers(subject, type, peers, this.bytes)) {
			all.start();
			Thread.sleep(this.time.toMillis() / 4 + 300);
			long before = all.arrived.get();
			long cpu = PROCESS.getProcessCpuTime();
			long start = System.nanoTime();
			Thread.sleep(this.time.toMillis());
			double arrived = all.arrived.get() - before;
			return new Rate(arrived * 1e9 / (System.nanoTime() - start),
					arrived * 1e9 / (PROCESS.getProcessCpuTime() - cpu));
		}
	}

	/**
	 * The throughput.
	 *
	 * @param perSecond messages in a second
	 * @param perCpuSecond messages for a second of processor time of all that takes part
	 */
	private record Rate(double perSecond, double perCpuSecond) {
	}

	/** A proxy to be measured. */
	private interface Subject extends AutoCloseable {

		String frontend();

		String backend();

		@Override
		void close();

	}

	private static final class OurProxy implements Subject {

		private final ZContext context;

		private final SocketRegistry sockets;

		private final ZmqProxies proxies;

		OurProxy(ZmqProxyType type, int batchSize) {
			// the batch size is that of the JVM: peers and ZMQ.proxy have it too
			this.context = ContextFactory.create(1, 1024, batchSize, new ContextFailures());
			this.sockets = new SocketRegistry(this.context, 1, (event) -> {
			}, SocketOptions.NONE, List.of());
			SocketType frontend = Objects.requireNonNull(type.frontend());
			SocketType backend = Objects.requireNonNull(type.backend());
			ZmqProxyDefinition definition = ZmqProxyDefinition.of("p", type,
					SocketDefinition.of("p.frontend", frontend, List.of("tcp://127.0.0.1:*"), List.of()),
					SocketDefinition.of("p.backend", backend, List.of("tcp://127.0.0.1:*"), List.of())
						.withOptions((backend == SocketType.XPUB)
								? SocketOptions.NONE.with(SocketOption.XPUB_NO_DROP, true) : SocketOptions.NONE));
			this.proxies = new ZmqProxies(this.sockets, (event) -> {
			}, List::of, Duration.ofSeconds(1), List.of(definition));
			this.sockets.start();
			this.proxies.start();
		}

		@Override
		public String frontend() {
			return this.sockets.status("p.frontend").bound().get(0);
		}

		@Override
		public String backend() {
			return this.sockets.status("p.backend").bound().get(0);
		}

		@Override
		public void close() {
			this.proxies.stop();
			this.sockets.stop();
			ContextTerminator.terminate(this.context, Duration.ofSeconds(5));
		}

	}

	private static final class JeroMqProxy implements Subject {

		private final ZContext context = new ZContext();

		private final String frontend;

		private final String backend;

		private final Thread thread;

		JeroMqProxy(ZmqProxyType type) {
			ZMQ.Socket front = this.context.createSocket(type.frontend());
			ZMQ.Socket back = this.context.createSocket(type.backend());
			for (ZMQ.Socket socket : List.of(front, back)) {
				socket.setLinger(0);
				socket.setHandshakeIvl(2000);
				if (socket.getSocketType() == SocketType.XPUB) {
					socket.setXpubNoDrop(true);
				}
				socket.bind("tcp://127.0.0.1:*");
			}
			this.frontend = front.getLastEndpoint();
			this.backend = back.getLastEndpoint();
			this.thread = new Thread(() -> {
				try {
					ZMQ.proxy(front, back, null);
				}
				catch (ZMQException ex) {
					// the context is closed
				}
				finally {
					front.close();
					back.close();
				}
			});
			this.thread.start();
		}

		@Override
		public String frontend() {
			return this.frontend;
		}

		@Override
		public String backend() {
			return this.backend;
		}

		@Override
		public void close() {
			// ends the proxy, and waits until its thread has closed the sockets
			this.context.getContext().term();
		}

	}

	/** The peers of both sides: two threads, however many sockets. */
	private abstract static class Peers implements AutoCloseable {

		final ZContext context = new ZContext();

		final AtomicLong arrived = new AtomicLong();

		private final List<Thread> threads = new ArrayList<>();

		private volatile boolean ending;

		List<ZMQ.Socket> connect(SocketType type, String endpoint, int count) {
			List<ZMQ.Socket> sockets = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				ZMQ.Socket socket = this.context.createSocket(type);
				socket.setLinger(0);
				socket.setHandshakeIvl(1000);
				if (type == SocketType.PUB) {
					socket.setXpubNoDrop(true);
				}
				if (type == SocketType.SUB) {
					socket.subscribe(ZMQ.SUBSCRIPTION_ALL);
				}
				socket.connect(endpoint);
				sockets.add(socket);
			}
			return sockets;
		}

		abstract void start();

		/** Run rounds until the end; a round that did nothing is followed by a nap. */
		void run(Round round) {
			Thread thread = new Thread(() -> {
				while (!this.ending) {
					if (!round.progress()) {
						LockSupport.parkNanos(20_000);
					}
				}
			});
			this.threads.add(thread);
			thread.start();
		}

		@Override
		public void close() throws InterruptedException {
			this.ending = true;
			for (Thread thread : this.threads) {
				thread.join();
			}
			this.context.close();
		}

	}

	/** One round over all sockets. */
	@FunctionalInterface
	private interface Round {

		boolean progress();

	}

	/** Pushes or publishes as fast as it goes; what arrives is counted. */
	private static final class OneWayPeers extends Peers {

		private final List<ZMQ.Socket> senders;

		private final List<ZMQ.Socket> receivers;

		private final byte[] message;

		OneWayPeers(Subject subject, ZmqProxyType type, int peers, int bytes) {
			boolean publish = type == ZmqProxyType.FORWARDER;
			this.receivers = connect((publish) ? SocketType.SUB : SocketType.PULL, subject.backend(), peers);
			this.senders = connect((publish) ? SocketType.PUB : SocketType.PUSH, subject.frontend(), peers);
			this.message = new byte[bytes];
		}

		@Override
		void start() {
			run(() -> {
				boolean progress = false;
				for (ZMQ.Socket sender : this.senders) {
					for (int i = 0; i < BURST && sender.send(this.message, ZMQ.DONTWAIT); i++) {
						progress = true;
					}
				}
				return progress;
			});
			run(() -> {
				long count = 0;
				for (ZMQ.Socket receiver : this.receivers) {
					for (int i = 0; i < BURST && receiver.recv(ZMQ.DONTWAIT) != null; i++) {
						count++;
					}
				}
				this.arrived.lazySet(this.arrived.getPlain() + count);
				return count > 0;
			});
		}

	}

	/** Sends requests, a window of them at a time, which come back as replies. */
	private static final class RequestPeers extends Peers {

		private final List<ZMQ.Socket> clients;

		private final List<ZMQ.Socket> workers;

		private final byte[] message;

		private final int[] pending;

		private final int window;

		RequestPeers(Subject subject, int peers, int bytes) {
			this.workers = connect(SocketType.DEALER, subject.backend(), peers);
			this.clients = connect(SocketType.DEALER, subject.frontend(), peers);
			this.message = new byte[bytes];
			this.pending = new int[peers];
			this.window = Math.max(100, WINDOW / peers);
		}

		@Override
		void start() {
			run(() -> {
				long count = 0;
				boolean progress = false;
				for (int i = 0; i < this.pending.length; i++) {
					ZMQ.Socket client = this.clients.get(i);
					while (client.recv(ZMQ.DONTWAIT) != null) {
						this.pending[i]--;
						count++;
					}
					while (this.pending[i] < this.window && client.send(this.message, ZMQ.DONTWAIT)) {
						this.pending[i]++;
						progress = true;
					}
				}
				this.arrived.lazySet(this.arrived.getPlain() + count);
				return progress || count > 0;
			});
			run(() -> {
				boolean progress = false;
				for (ZMQ.Socket worker : this.workers) {
					byte[] client;
					for (int i = 0; i < BURST && (client = worker.recv(ZMQ.DONTWAIT)) != null; i++) {
						byte[] body = worker.recv();
						worker.send(client, ZMQ.SNDMORE);
						worker.send(body);
						progress = true;
					}
				}
				return progress;
			});
		}

	}

}
