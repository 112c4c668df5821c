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

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqTemplate;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The sides of the {@link RequestBenchmark}.
 */
final class RequestSides {

	private RequestSides() {
	}

	private static Library echoServer() {
		return Library.with().bind("rep", SocketType.REP).listeners(new EchoListener()).start();
	}

	/**
	 * One request after the other.
	 */
	private abstract static class LockStep implements Side<Histogram> {

		private final Settings settings;

		LockStep(Settings settings) {
			this.settings = settings;
		}

		abstract byte @Nullable [] request(byte[] body);

		static String rawServer(Raw server) {
			ZMQ.Socket rep = server.bind(SocketType.REP);
			server.receive(() -> {
				byte[] request = rep.recv(0);
				if (request != null) {
					rep.send(request, 0);
				}
			});
			return rep.getLastEndpoint();
		}

		@Override
		public Histogram measure() {
			request(new Histogram(TimeUnit.SECONDS.toNanos(60), 3), this.settings.warmUpMillis());
			return request(new Histogram(TimeUnit.SECONDS.toNanos(60), 3), this.settings.millis());
		}

		private Histogram request(Histogram histogram, long millis) {
			long before = System.nanoTime();
			long end = before + TimeUnit.MILLISECONDS.toNanos(millis);
			while (before - end < 0) {
				if (request(new byte[this.settings.size()]) == null) {
					throw new IllegalStateException("No reply");
				}
				long after = System.nanoTime();
				histogram.recordValue(after - before);
				before = after;
			}
			return histogram;
		}

	}

	/**
	 * REQ and REP.
	 */
	static final class RawLockStep extends LockStep {

		private final Raw server = new Raw(Raw.batch());

		private final Raw client = new Raw(Raw.batch());

		private final ZMQ.Socket req = this.client.connect(SocketType.REQ, rawServer(this.server));

		RawLockStep(Settings settings) {
			super(settings);
			this.req.setReceiveTimeOut(5000);
		}

		@Override
		byte @Nullable [] request(byte[] body) {
			this.req.send(body, 0);
			return this.req.recv(0);
		}

		@Override
		public void close() throws Exception {
			this.client.close();
			this.server.close();
		}

	}

	/**
	 * The template, and a raw REP or a listener.
	 */
	static final class LibraryLockStep extends LockStep {

		private final @Nullable Raw rawServer;

		private final @Nullable Library server;

		private final Library client;

		private final ZmqTemplate template;

		LibraryLockStep(Settings settings, boolean raw) {
			super(settings);
			String endpoint;
			if (raw) {
				Raw ofJeroMq = new Raw(Raw.batch());
				this.rawServer = ofJeroMq;
				this.server = null;
				endpoint = rawServer(ofJeroMq);
			}
			else {
				Library ofOurs = echoServer();
				this.rawServer = null;
				this.server = ofOurs;
				endpoint = ofOurs.endpoint("rep");
			}
			this.client = Library.with().connect("req", SocketType.REQ, endpoint).start();
			this.template = this.client.template();
		}

		@Override
		byte @Nullable [] request(byte[] body) {
			return this.template.convertSendAndReceive("req", body, byte[].class);
		}

		@Override
		public void close() throws Exception {
			this.client.close();
			if (this.rawServer != null) {
				this.rawServer.close();
			}
			if (this.server != null) {
				this.server.close();
			}
		}

	}

	/**
	 * DEALER and ROUTER, one loop each.
	 */
	static final class RawPipelined implements Side<Throughput> {

		private final Settings settings;

		private final int most;

		private final Raw server = new Raw(Raw.batch());

		private final Raw client = new Raw(Raw.batch());

		private final ZMQ.Socket dealer;

		private int inFlight;

		RawPipelined(Settings settings, int most) {
			this.settings = settings;
			this.most = most;
			ZMQ.Socket router = this.server.bind(SocketType.ROUTER);
			this.server.receive(() -> echo(router));
			this.dealer = this.client.connect(SocketType.DEALER, router.getLastEndpoint());
		}

		private static void echo(ZMQ.Socket router) {
			byte[] frame = router.recv(0);
			while (frame != null) {
				boolean more = router.hasReceiveMore();
				router.send(frame, (more) ? ZMQ.SNDMORE : 0);
				frame = (more) ? router.recv(0) : null;
			}
		}

		@Override
		public Throughput measure() throws Exception {
			try (Loops loops = new Loops()) {
				Counter counter = new Counter();
				loops.run(() -> keepInFlight(loops, counter));
				return Throughput.of(this.settings, counter);
			}
		}

		private void keepInFlight(Loops loops, Counter counter) {
			byte[] body = new byte[this.settings.size()];
			while (loops.isRunning()) {
				while (this.inFlight < this.most
						&& this.dealer.send(new byte[Long.BYTES], ZMQ.SNDMORE | ZMQ.DONTWAIT)) {
					this.dealer.send(ZMQ.MESSAGE_SEPARATOR, ZMQ.SNDMORE);
					this.dealer.send(body, 0);
					this.inFlight++;
				}
				int replies = 0;
				while (this.dealer.recv((replies == 0) ? 0 : ZMQ.DONTWAIT) != null) {
					while (this.dealer.hasReceiveMore()) {
						this.dealer.recv(0);
					}
					this.inFlight--;
					counter.increment();
					replies++;
				}
			}
		}

		@Override
		public void close() throws Exception {
			this.client.close();
			this.server.close();
		}

	}

	/**
	 * The template and a listener.
	 */
	static final class LibraryPipelined implements Side<Throughput> {

		private final Settings settings;

		private final Semaphore permits;

		private final Library server = echoServer();

		private final Library client = Library.with()
			.connect("req", SocketType.REQ, this.server.endpoint("rep"))
			.start();

		LibraryPipelined(Settings settings, int most) {
			this.settings = settings;
			this.permits = new Semaphore(most);
		}

		@Override
		public Throughput measure() throws Exception {
			Counter counter = new Counter();
			ZmqTemplate template = this.client.template();
			try (Loops loops = new Loops()) {
				loops.run(() -> {
					byte[] body = new byte[this.settings.size()];
					while (loops.isRunning()) {
						this.permits.acquireUninterruptibly();
						template.requestAsync("req", body, byte[].class).whenComplete((reply, failure) -> {
							this.permits.release();
							if (failure == null) {
								counter.increment();
							}
						});
					}
				});
				return Throughput.of(this.settings, counter);
			}
		}

		@Override
		public void close() {
			this.client.close();
			this.server.close();
		}

	}

	/**
	 * Answers with the request.
	 */
	static class EchoListener {

		@ZmqListener("rep")
		byte[] onRequest(byte[] request) {
			return request;
		}

	}

}
