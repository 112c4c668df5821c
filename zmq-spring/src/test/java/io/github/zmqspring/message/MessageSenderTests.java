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

package io.github.zmqspring.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSendInterceptor;
import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.core.ZmqSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import org.springframework.messaging.converter.StringMessageConverter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageSender}.
 */
class MessageSenderTests {

	private final RecordingObserver observer = new RecordingObserver();

	private final MessageSender sender = new MessageSender(new MessageCodec(new StringMessageConverter()),
			this.observer);

	@Test
	void anObservationIsToldTheTimeThatTheSendCouldWait() {
		FakeSocket socket = new FakeSocket(1, Duration.ofSeconds(30));
		assertThat(this.sender.send(socket, "any", Duration.ofMillis(1500).toNanos())).isEqualTo(SendResult.TIMED_OUT);
		assertThat(this.observer.failures).singleElement()
			.satisfies((failure) -> assertThat(failure).hasMessageContaining("1.5S").hasMessageNotContaining("30S"));
	}

	@Test
	void anObservationIsToldTheTimeThatAPatientSendReallyWaited() {
		FakeSocket socket = new FakeSocket(3, Duration.ofSeconds(30));
		socket.interruptAfterwards = true;
		assertThat(this.sender.sendPatiently(socket, "any", Duration.ofMillis(20).toNanos()))
			.isEqualTo(SendResult.TIMED_OUT);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.observer.failures).singleElement().satisfies((failure) -> {
			String waited = failure.getMessage().replaceAll("(?s).*?(PT[0-9.HMS]+).*", "$1");
			assertThat(Duration.parse(waited)).isBetween(Duration.ofMillis(60), Duration.ofSeconds(20));
		});
	}

	@Test
	void aPatientSendEndsWhenAPeerTakesTheMessage() {
		FakeSocket socket = new FakeSocket(2, null);
		assertThat(this.sender.sendPatiently(socket, "any", 1)).isEqualTo(SendResult.ACCEPTED);
		assertThat(this.observer.failures).isEmpty();
		assertThat(this.observer.stopped).isOne();
	}

	@Test
	void anInterceptorIsToldWhyAnAsynchronousSendAndARequestFailed() {
		List<Throwable> told = new ArrayList<>();
		MessageSender intercepted = new MessageSender(new MessageCodec(new StringMessageConverter()), null,
				List.of(new ZmqSendInterceptor() {

					@Override
					public void afterSend(SocketDefinition socket, ZmqMessage message, @Nullable Throwable failure) {
						told.add(failure);
					}

				}));
		FakeSocket socket = new FakeSocket(2, null);
		assertThat(intercepted.sendAsync(socket, "any", Duration.ofMillis(1), Runnable::run))
			.isCompletedExceptionally();
		assertThat(told).singleElement().isInstanceOf(ZmqSendTimeoutException.class);
		told.clear();
		CompletableFuture<ZmqMessage> asked = new CompletableFuture<>();
		intercepted.request(socket.definition(), "any", (frames) -> asked.thenApply((reply) -> reply));
		asked.completeExceptionally(new ZmqSendTimeoutException("fake", Duration.ZERO));
		assertThat(told).singleElement().isInstanceOf(ZmqSendTimeoutException.class);
	}

	/** Times out a number of times, and then accepts. */
	private static final class FakeSocket implements ZmqSocket {

		private final SocketDefinition definition;

		private int timeouts;

		private boolean interruptAfterwards;

		FakeSocket(int timeouts, @Nullable Duration option) {
			SocketDefinition plain = SocketDefinition.of("fake", SocketType.PUSH, List.of(), List.of("inproc://fake"));
			this.definition = (option != null)
					? plain.withOptions(SocketOptions.of(Map.of(SocketOption.SEND_TIMEOUT, option))) : plain;
			this.timeouts = timeouts;
		}

		@Override
		public SocketDefinition definition() {
			return this.definition;
		}

		@Override
		public SendResult send(byte[][] frames, long timeoutNanos) {
			if (this.timeouts == 0) {
				return SendResult.ACCEPTED;
			}
			long deadline = System.nanoTime() + Math.min(timeoutNanos, Duration.ofMillis(20).toNanos());
			while (deadline - System.nanoTime() > 0) {
				Thread.onSpinWait();
			}
			if (--this.timeouts == 0 && this.interruptAfterwards) {
				Thread.currentThread().interrupt();
			}
			return SendResult.TIMED_OUT;
		}

		@Override
		public @Nullable ZmqMessage receive(long timeoutNanos) {
			return null;
		}

	}

	private static final class RecordingObserver implements MessageObserver, Observed {

		private final List<Throwable> failures = new ArrayList<>();

		private int stopped;

		@Override
		public Observed sending(SocketDefinition socket) {
			return this;
		}

		@Override
		public Observed requesting(SocketDefinition socket) {
			return this;
		}

		@Override
		public Observed handling(SocketDefinition socket, String listener, List<ZmqMessage> messages) {
			return this;
		}

		@Override
		public Map<String, String> headers() {
			return Map.of();
		}

		@Override
		public void frames(byte[][] frames) {
		}

		@Override
		public Scope open() {
			return () -> {
			};
		}

		@Override
		public void error(Throwable failure) {
			this.failures.add(failure);
		}

		@Override
		public void stop() {
			this.stopped++;
		}

	}

}
