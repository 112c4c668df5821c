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

import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A non-daemon thread that keeps the JVM alive while it is wanted: an application of
 * listeners or proxies alone stays up. All methods may be called from any thread.
 *
 * @since 0.1.0
 */
public final class KeepAlive {

	private final String name;

	private @Nullable Thread thread;

	/**
	 * Create it; the thread is started later.
	 * @param name the name of the thread
	 */
	public KeepAlive(String name) {
		this.name = name;
	}

	/**
	 * Start or end the thread.
	 * @param wanted whether the JVM shall stay up
	 */
	public synchronized void hold(boolean wanted) {
		Thread holding = this.thread;
		if (wanted && holding == null) {
			this.thread = new Thread(KeepAlive::parkForEver, this.name);
			this.thread.start();
		}
		else if (!wanted && holding != null) {
			this.thread = null;
			holding.interrupt();
		}
	}

	private static void parkForEver() {
		while (!Thread.currentThread().isInterrupted()) {
			LockSupport.park();
		}
	}

}
