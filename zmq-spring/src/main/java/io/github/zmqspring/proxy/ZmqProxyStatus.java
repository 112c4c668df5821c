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

import org.jspecify.annotations.Nullable;

/**
 * What a proxy is doing, at one moment. The counters go over all its restarts.
 *
 * @param name the name of the proxy
 * @param type the kind of proxy
 * @param state its state
 * @param alive whether its threads run and its sockets are open, as far as its state says
 * so
 * @param toBackend what came in at the frontend
 * @param toFrontend what came in at the backend
 * @param captured copies that the capture socket took
 * @param captureDropped copies that it did not take in that moment
 * @param readyWorkers workers that wait for a request, of a load balancer
 * @param cachedTopics topics whose newest message is kept
 * @param lastError the last error of the proxy, or of one of its sockets, if there was
 * one
 * @since 0.1.0
 */
public record ZmqProxyStatus(String name, ZmqProxyType type, State state, boolean alive, Traffic toBackend,
		Traffic toFrontend, long captured, long captureDropped, int readyWorkers, int cachedTopics,
		@Nullable String lastError) {

	/**
	 * The states of a proxy.
	 */
	public enum State {

		/** Its sockets are closed. */
		STOPPED,

		/** It forwards. */
		RUNNING,

		/** Its sockets are open, and it reads nothing. */
		PAUSED

	}

	/**
	 * What became of the messages of one direction. Each message read is in exactly one
	 * of the counters after {@code received}, or on its way.
	 *
	 * @param received messages read
	 * @param forwarded messages that the other side took
	 * @param forwardedBytes bytes of these
	 * @param consumed messages for the proxy itself: READY of workers, subscriptions that
	 * a last value cache answers
	 * @param dropped messages that an interceptor dropped
	 * @param rerouted messages that an interceptor sent elsewhere
	 * @param failed messages that an interceptor threw on, dead-lettered or lost
	 * @param deadLettered those of the failed that the dead-letter socket took
	 * @param undeliverable messages that no peer took: their peer is gone or does not
	 * read, or the other side cannot send messages of their form
	 */
	public record Traffic(long received, long forwarded, long forwardedBytes, long consumed, long dropped,
			long rerouted, long failed, long deadLettered, long undeliverable) {
	}

}
