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

package io.github.zmqspring.transport.discovery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import org.jspecify.annotations.Nullable;

/**
 * Looks one name up for one socket, now and again, one look-up at a time.
 *
 * @since 0.1.0
 */
public final class Lookup {

	/** A name is not looked up more often, however many connections are lost. */
	private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Discovery discovery;

	private final NameAddress address;

	private final ZmqEndpointResolver resolver;

	private final Listener listener;

	/** Guarded by this, as what follows. */
	private @Nullable Future<?> next;

	private long lookedUpAt = System.nanoTime() - SOON_NANOS;

	private boolean running;

	private boolean again;

	private boolean stopped;

	Lookup(Discovery discovery, NameAddress address, ZmqEndpointResolver resolver, Listener listener) {
		this.discovery = discovery;
		this.address = address;
		this.resolver = resolver;
		this.listener = listener;
	}

	synchronized void start() {
		schedule(0);
	}

	private synchronized void schedule(long delayNanos) {
		if (this.stopped) {
			return;
		}
		if (this.next != null) {
			this.next.cancel(false);
		}
		this.next = this.discovery.schedule(this::lookUp, TimeUnit.NANOSECONDS.toMillis(delayNanos));
	}

	/** Look the name up soon: a connection was lost. */
	public synchronized void soon() {
		if (this.running) {
			this.again = true;
		}
		else if (!this.again) {
			this.again = true;
			schedule(soonNanos());
		}
	}

	private long soonNanos() {
		long shortest = Math.min(SOON_NANOS, this.discovery.refresh().toNanos());
		return Math.max(0, shortest - (System.nanoTime() - this.lookedUpAt));
	}

	/** Look nothing up any more. */
	public void stop() {
		synchronized (this) {
			if (this.stopped) {
				return;
			}
			this.stopped = true;
			if (this.next != null) {
				this.next.cancel(false);
			}
		}
		this.discovery.ended();
	}

	private void lookUp() {
		synchronized (this) {
			if (this.stopped || this.running) {
				return;
			}
			this.running = true;
			this.again = false;
		}
		try {
			tell();
		}
		finally {
			synchronized (this) {
				this.running = false;
				this.lookedUpAt = System.nanoTime();
				schedule((this.again) ? soonNanos() : this.discovery.refresh().toNanos());
			}
		}
	}

	private void tell() {
		List<String> found = List.of();
		String failure = null;
		try {
			found = new ArrayList<>(new LinkedHashSet<>(this.resolver.resolve(this.address.argument())));
		}
		catch (Exception | LinkageError ex) {
			if (ex instanceof InterruptedException) {
				Thread.currentThread().interrupt();
			}
			failure = (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
		}
		synchronized (this) {
			if (this.stopped) {
				return;
			}
		}
		if (failure != null) {
			this.listener.failed(failure);
		}
		else {
			this.listener.found(found);
		}
	}

	/**
	 * Told of the outcome of each look-up, on its thread.
	 */
	public interface Listener {

		/**
		 * The name was looked up.
		 * @param endpoints what stands behind it, each once
		 */
		void found(List<String> endpoints);

		/**
		 * The name could not be looked up.
		 * @param reason why
		 */
		void failed(String reason);

	}

}
