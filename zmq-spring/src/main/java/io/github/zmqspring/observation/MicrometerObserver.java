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

package io.github.zmqspring.observation;

import java.util.List;
import java.util.Map;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.message.Observed;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Makes Micrometer's observations of what happens to messages.
 *
 * @since 0.1.0
 */
public final class MicrometerObserver implements MessageObserver {

	private final ObservationRegistry registry;

	private final @Nullable ZmqTemplateObservationConvention template;

	private final @Nullable ZmqRequestObservationConvention request;

	private final @Nullable ZmqListenerObservationConvention listener;

	/**
	 * Create the observer.
	 * @param registry where observations are made
	 * @param template names those of sends, or {@code null} to make none
	 * @param request names those of requests, or {@code null} to make none
	 * @param listener names those of listeners, or {@code null} to make none
	 */
	public MicrometerObserver(ObservationRegistry registry, @Nullable ZmqTemplateObservationConvention template,
			@Nullable ZmqRequestObservationConvention request, @Nullable ZmqListenerObservationConvention listener) {
		this.registry = registry;
		this.template = template;
		this.request = request;
		this.listener = listener;
	}

	@Override
	public @Nullable Observed sending(SocketDefinition socket) {
		if (this.template == null) {
			return null;
		}
		ZmqSenderContext context = new ZmqSenderContext(socket, Kind.PRODUCER);
		return new Outgoing(
				ZmqTemplateObservation.SEND.start(this.template, this.template, () -> context, this.registry), context);
	}

	@Override
	public @Nullable Observed requesting(SocketDefinition socket) {
		if (this.request == null) {
			return null;
		}
		ZmqSenderContext context = new ZmqSenderContext(socket, Kind.CLIENT);
		return new Outgoing(
				ZmqRequestObservation.REQUEST.start(this.request, this.request, () -> context, this.registry), context);
	}

	@Override
	public @Nullable Observed handling(SocketDefinition socket, String listener, List<ZmqMessage> messages) {
		if (this.listener == null) {
			return null;
		}
		ZmqReceiverContext context = new ZmqReceiverContext(socket, listener, messages);
		return new Incoming(
				ZmqListenerObservation.RECEIVE.start(this.listener, this.listener, () -> context, this.registry));
	}

	private static class Incoming implements Observed {

		private final Observation observation;

		Incoming(Observation observation) {
			this.observation = observation;
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
			return this.observation.openScope()::close;
		}

		@Override
		public void error(Throwable failure) {
			this.observation.error(failure);
		}

		@Override
		public void stop() {
			this.observation.stop();
		}

	}

	private static final class Outgoing extends Incoming {

		private final ZmqSenderContext context;

		Outgoing(Observation observation, ZmqSenderContext context) {
			super(observation);
			this.context = context;
		}

		@Override
		public Map<String, String> headers() {
			Map<String, String> carrier = this.context.getCarrier();
			return (carrier != null) ? carrier : Map.of();
		}

		@Override
		public void frames(byte[][] frames) {
			this.context.setFrames(frames);
		}

	}

}
