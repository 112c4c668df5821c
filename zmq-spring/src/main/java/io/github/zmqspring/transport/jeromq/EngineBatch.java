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

package io.github.zmqspring.transport.jeromq;

import java.lang.reflect.Field;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import zmq.Config;

/**
 * Raises how many bytes JeroMQ's engines read and write at once, from 8 KiB: with 64 KiB
 * small messages flow at twice the rate, and the kernel's buffers keep tuning themselves.
 * The size is JVM-wide and kept in a field without a setter; where the JVM does not let
 * us change it JeroMQ stays as it is.
 * <p>
 * A connection has buffers of the size that was in force when it was made, but asks for
 * the size again with each write: a larger one overflows the buffer, and the I/O thread
 * dies with all its connections. So the size is never raised while I/O threads run,
 * whoever they belong to.
 *
 * @since 0.1.0
 */
public final class EngineBatch {

	private static final Log logger = LogFactory.getLog(EngineBatch.class);

	private static final String IO_THREADS = "iothread-";

	private static final int LOOKS = 10;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	/** The size is one for the whole JVM, and so is who sets it. */
	private static final ReentrantLock LOCK = new ReentrantLock();

	private EngineBatch() {
	}

	/**
	 * Sets the size for connections made from now on, in the whole JVM.
	 * @param bytes the size; 0 leaves JeroMQ as it is
	 */
	public static void set(int bytes) {
		LOCK.lock();
		try {
			setLocked(bytes);
		}
		finally {
			LOCK.unlock();
		}
	}

	private static void setLocked(int bytes) {
		int current = current();
		if (bytes <= 0 || bytes == current) {
			return;
		}
		if (bytes > current && isInUse()) {
			logger.warn("JeroMQ's batch size stays at " + current + " bytes, not the " + bytes
					+ " of zmq.context.batch-size: another ZContext of this JVM has connections already, "
					+ "which would break. Make this one first, or set both to the same size");
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

	/** Threads of a context that was just closed may take a moment to end. */
	private static boolean isInUse() {
		for (int look = 0; look < LOOKS; look++) {
			if (Thread.getAllStackTraces().keySet().stream().noneMatch(EngineBatch::isIoThread)) {
				return false;
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
		return true;
	}

	private static boolean isIoThread(Thread thread) {
		return thread.getName().startsWith(IO_THREADS);
	}

	/**
	 * The size in force.
	 * @return the size in bytes
	 */
	public static int current() {
		return Config.OUT_BATCH_SIZE.getValue();
	}

}
