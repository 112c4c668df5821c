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

package io.github.zmqspring.test;

import java.time.Duration;
import java.util.function.Consumer;

import io.github.zmqspring.core.ZmqTemplate;

/**
 * A test as a story: something happens, and then something follows from it. What was
 * recorded before does not count. <pre class="code">
 * scenario.when(() -&gt; peer.send("tea"))
 *     .then((zmq) -&gt; zmq.listener("orders.handle").received(1).last().text().isEqualTo("tea"))
 *     .then((zmq) -&gt; zmq.socket("confirmations").sent(1).last().text().isEqualTo("got tea"));
 * </pre>
 *
 * @since 0.1.0
 * @see ZmqRecorder
 */
public class ZmqScenario {

	private final ZmqRecorder recorder;

	private final ZmqTemplate template;

	private final ZmqListeners listeners;

	ZmqScenario(ZmqRecorder recorder, ZmqTemplate template, ZmqListeners listeners) {
		this.recorder = recorder;
		this.template = template;
		this.listeners = listeners;
	}

	/**
	 * Begin with something that happens, such as a message of a peer or a call of a bean.
	 * @param event what happens
	 * @return what follows
	 */
	public Outcome when(Event event) {
		this.recorder.clear();
		try {
			event.happen();
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException("What the scenario begins with failed", ex);
		}
		return new Outcome(this.recorder, Patience.LIMIT);
	}

	/**
	 * Begin with a message that the application sends.
	 * @param socket the logical name of the socket
	 * @param payload the payload
	 * @return what follows
	 */
	public Outcome whenSent(String socket, Object payload) {
		return when(() -> this.template.convertAndSend(socket, payload));
	}

	/**
	 * Begin with a message that a listener gets without a socket.
	 * @param listenerId the id of the listener
	 * @param frames the frames
	 * @return what follows
	 * @see ZmqListeners#deliver
	 */
	public Outcome whenDelivered(String listenerId, Object... frames) {
		return when(() -> this.listeners.deliver(listenerId, frames));
	}

	/**
	 * Something that happens.
	 */
	@FunctionalInterface
	public interface Event {

		/**
		 * Happen.
		 * @throws Exception if it fails, which fails the test
		 */
		void happen() throws Exception;

	}

	/**
	 * What follows.
	 */
	public static final class Outcome {

		private final ZmqRecorder recorder;

		private final Duration timeout;

		private Outcome(ZmqRecorder recorder, Duration timeout) {
			this.recorder = recorder;
			this.timeout = timeout;
		}

		/**
		 * Set how long the assertions that follow wait; thirty seconds unless set.
		 * @param timeout the time
		 * @return what follows
		 */
		public Outcome within(Duration timeout) {
			return new Outcome(this.recorder, timeout);
		}

		/**
		 * Verify something that follows, and wait for it.
		 * @param assertions what is asserted
		 * @return what follows
		 */
		public Outcome then(Consumer<ZmqRecorderAssert> assertions) {
			assertions.accept(this.recorder.assertThat().within(this.timeout));
			return this;
		}

	}

}
