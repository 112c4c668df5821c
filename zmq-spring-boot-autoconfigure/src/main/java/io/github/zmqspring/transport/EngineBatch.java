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

package io.github.zmqspring.transport;

import java.lang.reflect.Field;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import zmq.Config;

/**
 * Raises how many bytes JeroMQ's engines read and write at once, from 8 KiB: with 64 KiB
 * small messages flow at twice the rate, and the kernel's buffers keep tuning themselves.
 * The size is JVM-wide and kept in a field without a setter; where the JVM does not let
 * us change it JeroMQ stays as it is.
 */
final class EngineBatch {

	private static final Log logger = LogFactory.getLog(EngineBatch.class);

	private EngineBatch() {
	}

	/**
	 * Sets the size for connections made from now on, in the whole JVM.
	 * @param bytes the size; 0 leaves JeroMQ as it is
	 */
	static void set(int bytes) {
		if (bytes <= 0) {
			return;
		}
		try {
			Field value = Config.class.getDeclaredField("value");
			value.setAccessible(true);
			value.setInt(Config.IN_BATCH_SIZE, bytes);
			value.setInt(Config.OUT_BATCH_SIZE, bytes);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("JeroMQ's batch size stays at " + current() + " bytes", ex);
		}
	}

	/**
	 * The size in force.
	 * @return the size in bytes
	 */
	static int current() {
		return Config.OUT_BATCH_SIZE.getValue();
	}

}
