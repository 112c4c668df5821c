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

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * The cost of all meters together: the same application without and with them. Here "raw"
 * is the one without.
 */
final class MetersBenchmark implements Benchmark {

	private static final long SCRAPE_MILLIS = 100;

	@Override
	public void run(Settings settings, Report report) throws Exception {
		report.rates("template to listener, meters on", Comparison.measure(settings.reps(), new App(settings, null),
				new App(settings, new SimpleMeterRegistry())), Bound.atLeast(0.95));
	}

	/**
	 * Sends to itself over tcp; with a registry that is read ten times a second, far more
	 * often than usual.
	 */
	private static final class App implements Side<Throughput> {

		private final Settings settings;

		private final ReceiveBenchmark.CountingListener listener = new ReceiveBenchmark.CountingListener();

		private final @Nullable SimpleMeterRegistry registry;

		private final Library app;

		App(Settings settings, @Nullable SimpleMeterRegistry registry) {
			this.settings = settings;
			this.registry = registry;
			Library.Builder builder = Library.with()
				.bind("in", SocketType.PULL)
				.property("zmq.sockets.out.type", SocketType.PUSH.name())
				.property("zmq.sockets.out.connect", "");
			this.app = ((registry != null) ? builder.listeners(this.listener, registry)
					: builder.listeners(this.listener))
				.start();
			this.app.bean(ZmqSockets.class).connect("out", this.app.endpoint("in"));
			if (registry != null) {
				this.app.bean(MeterBinder.class).bindTo(registry);
			}
		}

		@Override
		public Throughput measure() throws Exception {
			ZmqTemplate template = this.app.template();
			try (Loops loops = new Loops()) {
				loops.run(() -> {
					byte[] message = new byte[this.settings.size()];
					while (loops.isRunning()) {
						template.convertAndSend("out", message);
					}
				});
				SimpleMeterRegistry registry = this.registry;
				if (registry != null) {
					loops.run(() -> {
						while (loops.isRunning()) {
							registry.getMeters().forEach(Meter::measure);
							pause();
						}
					});
				}
				return Throughput.of(this.settings, this.listener.counter);
			}
		}

		private static void pause() {
			try {
				Thread.sleep(SCRAPE_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public void close() {
			this.app.close();
		}

	}

}
