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

import io.github.zmqspring.core.ZmqMessage;
import io.micrometer.common.KeyValues;

/**
 * The names of the {@code zmq.listener} observation unless a bean says otherwise.
 *
 * @since 0.1.0
 */
public class DefaultZmqListenerObservationConvention implements ZmqListenerObservationConvention {

	@Override
	public String getContextualName(ZmqReceiverContext context) {
		return context.getSocket().name() + " receive";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ZmqReceiverContext context) {
		return KeyValues.of(ZmqListenerObservation.LowCardinality.LISTENER.withValue(context.getListener()),
				ZmqListenerObservation.LowCardinality.SOCKET.withValue(context.getSocket().name()),
				ZmqListenerObservation.LowCardinality.TYPE.withValue(Sizes.type(context.getSocket())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ZmqReceiverContext context) {
		int frames = 0;
		long bytes = 0;
		for (ZmqMessage message : context.getMessages()) {
			frames += message.raw().length;
			bytes += message.bytes();
		}
		return KeyValues.of(
				ZmqListenerObservation.HighCardinality.MESSAGES
					.withValue(Integer.toString(context.getMessages().size())),
				ZmqListenerObservation.HighCardinality.FRAMES.withValue(Integer.toString(frames)),
				ZmqListenerObservation.HighCardinality.BYTES.withValue(Long.toString(bytes)));
	}

}
