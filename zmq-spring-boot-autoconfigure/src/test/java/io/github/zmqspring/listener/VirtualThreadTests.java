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

package io.github.zmqspring.listener;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Lanes on virtual threads, where the JVM has them.
 */
@NoLeaks
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadTests {

	@Test
	void manyMoreLanesThanProcessorsHandleAndWaitAtOnceAndEndWithTheApplication() throws Exception {
		ListenerApp app = ListenerApp.run(Many.class, "sockets.in.type=pull", "sockets.in.bind=tcp://127.0.0.1:*",
				"spring.threads.virtual.enabled=true", "listener.concurrency=50");
		Many bean = app.bean(Many.class);
		ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
		for (int i = 0; i < 50; i++) {
			peer.send("m");
		}
		assertThat(bean.all.await(20, TimeUnit.SECONDS)).as("50 handlers at once").isTrue();
		assertThat(bean.threads).allMatch((thread) -> thread.startsWith("VirtualThread"))
			.allMatch((thread) -> thread.contains("zmq-many-"));
		CompletableFuture<Void> closed = CompletableFuture.runAsync(app::closeApplication);
		assertThat(bean.finished).isEmpty();
		bean.release.countDown();
		assertThat(closed).succeedsWithin(java.time.Duration.ofSeconds(20));
		await().until(() -> bean.finished.size() == 50);
		app.close();
	}

	static class Many {

		final CountDownLatch all = new CountDownLatch(50);

		final CountDownLatch release = new CountDownLatch(1);

		final List<String> threads = new CopyOnWriteArrayList<>();

		final List<Boolean> finished = new CopyOnWriteArrayList<>();

		@ZmqListener(id = "many", socket = "in")
		void handle(String message) throws InterruptedException {
			this.threads.add(Thread.currentThread().toString());
			this.all.countDown();
			this.finished.add(this.release.await(1, TimeUnit.MINUTES));
		}

	}

}
