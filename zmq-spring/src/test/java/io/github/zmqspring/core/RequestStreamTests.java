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

package io.github.zmqspring.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;

import io.github.zmqspring.core.RequestStream.Buffer;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RequestStream}, without sockets.
 */
class RequestStreamTests {

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private ObjLongConsumer<String> elements = (element, bytes) -> {
	};

	private RequestStream<String> stream(int elements, long bytes) {
		return new RequestStream<>("ask", new Buffer(elements, bytes), (consumer) -> {
			this.elements = consumer;
			return this.end;
		});
	}

	@Test
	void oneElementMayBeLargerThanTheBuffer() {
		Recorder recorder = new Recorder();
		stream(10, 100).subscribe(recorder);
		this.elements.accept("large", 1000);
		assertThatExceptionOfType(ZmqException.class).isThrownBy(() -> this.elements.accept("second", 1))
			.withMessageContaining("1 elements behind, 1000 bytes")
			.withMessageContaining("zmq.template.stream-buffer-size");
		recorder.subscription.request(1);
		assertThat(recorder.seen).containsExactly("large");
	}

	@Test
	void whatWasTakenMakesRoom() {
		Recorder recorder = new Recorder();
		stream(2, 100).subscribe(recorder);
		for (int i = 0; i < 10; i++) {
			this.elements.accept("a" + i, 40);
			this.elements.accept("b" + i, 60);
			recorder.subscription.request(2);
		}
		assertThat(recorder.seen).hasSize(20);
		this.elements.accept("c", 1);
		this.elements.accept("d", 1);
		assertThatExceptionOfType(ZmqException.class).isThrownBy(() -> this.elements.accept("e", 1))
			.withMessageContaining("zmq.template.stream-buffer ");
	}

	@Test
	void asManyAsThereAreMayBeAskedForMoreThanOnce() {
		Recorder recorder = new Recorder();
		stream(2, 100).subscribe(recorder);
		recorder.subscription.request(Long.MAX_VALUE);
		recorder.subscription.request(Long.MAX_VALUE);
		for (int i = 0; i < 10; i++) {
			this.elements.accept("a", 1);
		}
		this.end.complete(null);
		assertThat(recorder.seen).hasSize(11).endsWith("complete");
	}

	@Test
	void theRequestIsCancelledByASubscriberThatFailsOnItsOwnThread() {
		Recorder recorder = new Recorder();
		recorder.fails = true;
		stream(10, 100).subscribe(recorder);
		this.elements.accept("a", 1);
		assertThat(this.end).isNotDone();
		assertThatIllegalStateException().isThrownBy(() -> recorder.subscription.request(1));
		assertThat(this.end).isCancelled();
		assertThat(recorder.seen).containsExactly("a");
	}

	@Test
	void theRequestIsCancelledByASubscriberThatAsksForNothing() {
		Recorder recorder = new Recorder();
		stream(10, 100).subscribe(recorder);
		recorder.subscription.request(0);
		assertThat(this.end).isCancelled();
		assertThat(recorder.seen).containsExactly("IllegalArgumentException");
	}

	private static final class Recorder implements Subscriber<String> {

		private final List<String> seen = new ArrayList<>();

		@SuppressWarnings("NullAway.Init")
		private Subscription subscription;

		private boolean fails;

		@Override
		public void onSubscribe(Subscription given) {
			this.subscription = given;
		}

		@Override
		public void onNext(String element) {
			this.seen.add(element);
			if (this.fails) {
				throw new IllegalStateException("on purpose");
			}
		}

		@Override
		public void onError(Throwable failure) {
			this.seen.add(failure.getClass().getSimpleName());
		}

		@Override
		public void onComplete() {
			this.seen.add("complete");
		}

	}

}
