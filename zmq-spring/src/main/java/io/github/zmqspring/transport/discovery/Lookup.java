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
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

	/** The thread on which the resolver runs. */
	private @Nullable Thread asking;

	/** Whether the resolver took too long. */
	private boolean overdue;

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
		this.next = this.discovery.look(this::lookUp, TimeUnit.NANOSECONDS.toMillis(delayNanos));
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
			if (this.asking != null) {
				this.asking.interrupt();
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
		List<@Nullable String> found = List.of();
		String failure = null;
		try {
			found = ask();
		}
		catch (Exception | Error ex) {
			failure = reason(ex);
		}
		synchronized (this) {
			if (this.stopped) {
				return;
			}
		}
		if (failure != null) {
			this.listener.failed(failure);
			return;
		}
		try {
			this.listener.found(found);
		}
		catch (RuntimeException ex) {
			this.listener.failed(reason(ex));
		}
	}

	private List<@Nullable String> ask() throws Exception {
		synchronized (this) {
			if (this.stopped) {
				return List.of();
			}
			this.asking = Thread.currentThread();
		}
		Future<?> watch = this.discovery.schedule(this::takesTooLong, this.discovery.lookupTimeout().toMillis());
		try {
			Collection<String> found = this.resolver.resolve(this.address.argument());
			if (found == null) {
				throw new IllegalStateException(resolverName() + " returned null instead of endpoints");
			}
			return new ArrayList<>(new LinkedHashSet<>(found));
		}
		catch (Exception ex) {
			synchronized (this) {
				if (this.overdue) {
					throw new TimeoutException(overdueReason());
				}
			}
			throw ex;
		}
		finally {
			synchronized (this) {
				this.asking = null;
				// it was meant for the resolver
				Thread.interrupted();
				if (watch != null) {
					watch.cancel(false);
				}
				if (this.overdue) {
					this.overdue = false;
					this.discovery.stuck(false);
				}
			}
		}
	}

	private void takesTooLong() {
		synchronized (this) {
			if (this.asking == null) {
				return;
			}
			this.overdue = true;
			this.discovery.stuck(true);
			this.asking.interrupt();
			if (this.stopped) {
				return;
			}
		}
		this.listener.failed(overdueReason());
	}

	private String overdueReason() {
		return "%s has not answered within %d ms".formatted(resolverName(), this.discovery.lookupTimeout().toMillis());
	}

	private String resolverName() {
		boolean builtIn = this.resolver instanceof DnsResolver || this.resolver instanceof SrvResolver;
		return (builtIn) ? "DNS" : this.resolver.getClass().getName();
	}

	private static String reason(Throwable failure) {
		String message = failure.getMessage();
		return (message != null && !message.isBlank() && !(failure instanceof Error)) ? message : failure.toString();
	}

	/**
	 * Told of the outcome of each look-up.
	 */
	public interface Listener {

		/**
		 * The name was looked up.
		 * @param endpoints what stands behind it, each once, as the resolver gave it
		 */
		void found(List<@Nullable String> endpoints);

		/**
		 * The name could not be looked up.
		 * @param reason why
		 */
		void failed(String reason);

	}

}
