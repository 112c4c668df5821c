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

import io.micrometer.common.KeyValues;

/**
 * The names of the {@code zmq.request} observation unless a bean says otherwise.
 *
 * @since 0.1.0
 */
public class DefaultZmqRequestObservationConvention implements ZmqRequestObservationConvention {

	@Override
	public String getContextualName(ZmqSenderContext context) {
		return context.getSocket().name() + " request";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ZmqSenderContext context) {
		return KeyValues.of(ZmqRequestObservation.LowCardinality.SOCKET.withValue(context.getSocket().name()),
				ZmqRequestObservation.LowCardinality.TYPE.withValue(Sizes.type(context.getSocket())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ZmqSenderContext context) {
		return KeyValues.of(
				ZmqRequestObservation.HighCardinality.FRAMES.withValue(Integer.toString(context.getFrames().length)),
				ZmqRequestObservation.HighCardinality.BYTES.withValue(Long.toString(Sizes.bytes(context.getFrames()))));
	}

}
