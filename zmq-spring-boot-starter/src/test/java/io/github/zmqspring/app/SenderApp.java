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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Sends until the socket is closed, and counts the accepted messages.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SenderApp implements DisposableBean {

	private static final byte[] PADDING = new byte[1000];

	private static final Duration STEADY = Duration.ofSeconds(1);

	private final AtomicLong accepted = new AtomicLong();

	private final List<Thread> threads = new ArrayList<>();

	private final ZmqTemplate template;

	private final ZmqSockets sockets;

	SenderApp(ZmqTemplate template, ZmqSockets sockets) {
		this.template = template;
		this.sockets = sockets;
	}

	/**
	 * Start the application.
	 * @param args the first is the number of threads; none sends one message and ends
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = Apps.run(SenderApp.class, args);
		int threads = Integer.parseInt(args[0]);
		if (threads == 0) {
			context.getBean(ZmqTemplate.class).convertAndSend("out", "just one");
		}
		else {
			context.getBean(SenderApp.class).send(threads);
		}
		Apps.say("main ends");
	}

	private void send(int count) {
		for (int i = 0; i < count; i++) {
			Thread thread = new Thread(this::sendUntilClosed);
			this.threads.add(thread);
			thread.start();
		}
		Thread watch = new Thread(() -> awaitWaiting(count));
		watch.setDaemon(true);
		watch.start();
	}

	/**
	 * All wait when nothing was accepted for a while: between two readings of a peer they
	 * all wait for a moment too.
	 */
	private void awaitWaiting(int count) {
		long before = -1;
		long since = System.nanoTime();
		while (System.nanoTime() - since < STEADY.toNanos()) {
			long now = this.accepted.get();
			if (now != before || this.sockets.status("out").waitingSenders() < count) {
				before = now;
				since = System.nanoTime();
			}
			LockSupport.parkNanos(5_000_000);
		}
		Apps.say("all wait");
	}

	private void sendUntilClosed() {
		try {
			Apps.say("sending");
			while (true) {
				this.template.sendFrames("out", "one", "two", PADDING);
				this.accepted.incrementAndGet();
			}
		}
		catch (ZmqException ex) {
			Apps.say("ended by", ex.getClass().getSimpleName(), "on", ex.getSocket());
		}
	}

	@Override
	public void destroy() throws InterruptedException {
		for (Thread thread : this.threads) {
			thread.join(2000);
		}
		Apps.say("accepted", this.accepted);
	}

}
