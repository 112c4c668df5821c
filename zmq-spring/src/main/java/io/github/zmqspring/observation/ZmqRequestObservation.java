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

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * A request, from its first attempt until its reply is there or it is given up.
 *
 * @since 0.1.0
 */
public enum ZmqRequestObservation implements ObservationDocumentation {

	/** A request and its reply. */
	REQUEST {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultZmqRequestObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinality.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinality.values();
		}
	};

	/**
	 * Key names for meters and spans.
	 */
	public enum LowCardinality implements KeyName {

		/** The logical name of the socket. */
		SOCKET {
			@Override
			public String asString() {
				return "socket";
			}
		},

		/** The type of the socket, in lower case. */
		TYPE {
			@Override
			public String asString() {
				return "type";
			}
		}

	}

	/**
	 * Key names for spans only.
	 */
	public enum HighCardinality implements KeyName {

		/** How many frames the message has, path, topic and headers included. */
		FRAMES {
			@Override
			public String asString() {
				return "zmq.frames";
			}
		},

		/** How many bytes they have. */
		BYTES {
			@Override
			public String asString() {
				return "zmq.bytes";
			}
		}

	}

}
