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

package io.github.zmqspring.support;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A non-daemon thread that keeps the JVM alive while listeners or proxies run, so that an
 * application of these alone stays up. All methods may be called from any thread.
 * <p>
 * Handlers run on daemon threads. When a handler ends the last listener, by closing the
 * application for instance, the JVM stays up until that handler returns or exits: it
 * would end in the middle of it, with another exit code.
 *
 * @since 0.1.0
 */
public final class KeepAlive {

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final String name;

	private @Nullable Holder holder;

	/**
	 * Create it; the thread is started later.
	 * @param name the name of the thread
	 */
	public KeepAlive(String name) {
		this.name = name;
	}

	/**
	 * Start or end the thread.
	 * @param wanted whether the JVM must stay up
	 */
	public synchronized void hold(boolean wanted) {
		Holder holding = this.holder;
		if (wanted && holding == null) {
			this.holder = new Holder(this.name);
			this.holder.start();
		}
		else if (!wanted && holding != null) {
			this.holder = null;
			holding.end((Thread.currentThread().isDaemon()) ? Caller.ofThis() : null);
		}
	}

	/** The thread that keeps the JVM alive. */
	private static final class Holder extends Thread {

		private volatile boolean ending;

		private volatile @Nullable Caller caller;

		Holder(String name) {
			super(name);
		}

		void end(@Nullable Caller caller) {
			this.caller = caller;
			this.ending = true;
			LockSupport.unpark(this);
		}

		@Override
		public void run() {
			while (!this.ending) {
				LockSupport.park(this);
			}
			Caller last = this.caller;
			while (last != null && last.isInside()) {
				LockSupport.parkNanos(this, LOOK_NANOS);
			}
		}

	}

	/**
	 * The code of the application that a call came from.
	 *
	 * @param thread the thread
	 * @param frame the innermost frame that is neither ours nor Spring's nor the JDK's
	 */
	private record Caller(Thread thread, StackTraceElement frame) {

		private static final Set<String> LIBRARIES = Set.of("java.", "jdk.", "sun.", "org.springframework.",
				"io.github.zmqspring.support.", "io.github.zmqspring.transport.", "io.github.zmqspring.listener.",
				"io.github.zmqspring.proxy.", "io.github.zmqspring.request.");

		static @Nullable Caller ofThis() {
			Thread thread = Thread.currentThread();
			for (StackTraceElement frame : thread.getStackTrace()) {
				String name = frame.getClassName();
				if (LIBRARIES.stream().noneMatch(name::startsWith)) {
					return new Caller(thread, frame);
				}
			}
			return null;
		}

		boolean isInside() {
			for (StackTraceElement now : this.thread.getStackTrace()) {
				if (now.getMethodName().equals(this.frame.getMethodName())
						&& now.getClassName().equals(this.frame.getClassName())) {
					return true;
				}
			}
			return false;
		}

	}

}
