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

package io.github.zmqspring.proxy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.test.NoLeaks;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A proxy with nothing to do does nothing. {@code -Dzmqtest.cpu-seconds} looks longer.
 */
@NoLeaks
class ProxyCpuTests {

	private static final Log logger = LogFactory.getLog(ProxyCpuTests.class);

	private static final Duration LOOK = Duration.ofSeconds(Integer.getInteger("zmqtest.cpu-seconds", 2));

	/** Of all threads of the proxies, poller and JeroMQ's I/O together. */
	private static final double MOST = 0.02;

	@Test
	void anIdleAPausedAndABlockedProxyUseNoCpu() throws Exception {
		byte[] large = new byte[64 * 1024];
		SocketOptions small = ProxyFixture.hwm(20);
		ZmqProxyDefinition lossless = ProxyFixture.proxy("xpub", ZmqProxyType.FORWARDER,
				small.with(SocketOption.XPUB_NO_DROP, true));
		try (ProxyFixture fixture = new ProxyFixture(List.of(), Duration.ofMillis(100),
				ProxyFixture.proxy("idle", ZmqProxyType.QUEUE), ProxyFixture.proxy("alone", ZmqProxyType.QUEUE),
				ProxyFixture.proxy("paused", ZmqProxyType.STREAMER, small),
				ProxyFixture.proxy("blocked", ZmqProxyType.STREAMER, small), lossless)) {
			fixture.peer(SocketType.DEALER, "idle.frontend");
			fixture.peer(SocketType.DEALER, "idle.backend");
			// no peer at the other side
			ZmqSocket client = fixture.peer(SocketType.DEALER, "alone.frontend");
			client.send(ProxyFixture.frames("request"), ProxyFixture.TIMEOUT.toNanos());
			fixture.proxies.pause("paused");
			fixture.peer(SocketType.PULL, "paused.backend");
			fill(fixture.peer(SocketType.PUSH, "paused.frontend", small), large);
			fixture.peer(SocketType.PULL, "blocked.backend", small);
			fill(fixture.peer(SocketType.PUSH, "blocked.frontend", small), large);
			ZmqSocket publisher = fixture.peer(SocketType.XPUB, "xpub.frontend",
					small.with(SocketOption.XPUB_NO_DROP, true));
			fixture.peer(SocketType.SUB, "xpub.backend", small, "");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001");
			fill(publisher, large);
			double share = share();
			logger.info("Idle, paused and blocked proxies used this share of a CPU: " + share);
			assertThat(share).as("share of one CPU").isLessThan(MOST);
		}
	}

	private static void fill(ZmqSocket sender, byte[] message) {
		for (int i = 0; sender.send(new byte[][] { message }, 500_000_000) == SendResult.ACCEPTED; i++) {
			assertThat(i).as("messages that are not read").isLessThan(5000);
		}
	}

	private static double share() throws InterruptedException {
		long before = cpu();
		long start = System.nanoTime();
		// the time that is measured
		Thread.sleep(LOOK.toMillis());
		return (double) (cpu() - before) / (System.nanoTime() - start);
	}

	private static long cpu() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long nanos = 0;
		for (long id : threads.getAllThreadIds()) {
			var info = threads.getThreadInfo(id);
			if (info != null && (info.getThreadName().startsWith("zmq-") || info.getThreadName().contains("iothread")
					|| info.getThreadName().contains("reaper"))) {
				nanos += Math.max(0, threads.getThreadCpuTime(id));
			}
		}
		return nanos;
	}

}
