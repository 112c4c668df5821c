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

package io.github.zmqspring.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.support.Uninterruptibly;
import io.github.zmqspring.transport.lane.MessageFlow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * One listener at run time: starts and stops the flow of messages from its socket to its
 * method.
 */
final class ListenerContainer {

	private static final Log logger = LogFactory.getLog(ListenerContainer.class);

	private static final long LOOK_MILLIS = 20;

	private final ZmqListenerEndpoint endpoint;

	private final ListenerSettings settings;

	private final ListenerSources sources;

	private final ListenerFlows flows;

	private final ApplicationEventPublisher events;

	/** Held during start and stop, also while a stop waits for handlers. */
	private final ReentrantLock lifecycle = new ReentrantLock();

	private volatile @Nullable MessageFlow flow;

	/** The flow that is being stopped at the moment. */
	private volatile @Nullable MessageFlow ending;

	/** Changed with the monitor held, which is never held for long. */
	private volatile ListenerStatus.State state = ListenerStatus.State.STOPPED;

	/** Whether it shall start as soon as its socket does. */
	private volatile boolean waiting;

	ListenerContainer(ZmqListenerEndpoint endpoint, ListenerSettings settings, ListenerFlows flows,
			ListenerSources sources, ApplicationEventPublisher events) {
		this.endpoint = endpoint;
		this.settings = settings;
		this.flows = flows;
		this.sources = sources;
		this.events = events;
	}

	ZmqListenerEndpoint endpoint() {
		return this.endpoint;
	}

	ListenerFlows flows() {
		return this.flows;
	}

	/**
	 * Attach to the socket without reading yet, so that all listeners that share a socket
	 * are attached before the first of them reads. A socket that is not started with the
	 * application is waited for.
	 */
	void prepare() {
		exclusively(() -> {
			try {
				if (this.flow == null) {
					this.flow = open();
				}
			}
			catch (ZmqSocketClosedException ex) {
				if (this.sources.startsByItself(this.endpoint)) {
					throw ex;
				}
				this.waiting = true;
				logger.info("The " + this.endpoint + " waits until its socket is started");
			}
			return true;
		});
	}

	void startOrWait() {
		prepare();
		startPrepared(false);
	}

	/** Start after {@link #prepare()}. */
	void startPrepared(boolean paused) {
		if (!this.waiting) {
			start((paused) ? ListenerStatus.State.PAUSED : ListenerStatus.State.RUNNING);
		}
	}

	void start() {
		start(ListenerStatus.State.RUNNING);
	}

	private void start(ListenerStatus.State to) {
		if (exclusively(() -> {
			if (this.flow == null) {
				this.flow = open();
			}
			return change(ListenerStatus.State.STOPPED, to);
		})) {
			publish(to);
		}
	}

	/** Return what it has to do again after a pause of the application. */
	Resumption resumption() {
		if (this.waiting) {
			return Resumption.RUNNING;
		}
		return switch (this.state) {
			case RUNNING -> Resumption.RUNNING;
			case PAUSED -> Resumption.PAUSED;
			case STOPPED -> Resumption.NONE;
		};
	}

	/** Attach to a socket that was started by name, and start if that was awaited. */
	void socketStarted() {
		exclusively(() -> {
			MessageFlow before = this.flow;
			if (before == null || before.isOpen()) {
				return false;
			}
			Duration patience = this.settings.shutdownTimeout();
			end(before, patience.toNanos());
			MessageFlow again = open();
			synchronized (this) {
				this.flow = again;
				if (this.state == ListenerStatus.State.RUNNING) {
					again.resume();
				}
			}
			return true;
		});
		if (this.waiting) {
			start();
		}
	}

	private MessageFlow open() {
		this.waiting = false;
		try {
			return this.sources.open(this);
		}
		catch (RejectedExecutionException ex) {
			throw this.endpoint.refuse(
					"the executor '%s' has no thread for each of its %d lanes: %s".formatted(
							this.endpoint.options().executorName(this.settings),
							this.endpoint.options().concurrency(this.settings), ex.getMessage()),
					"A lane keeps its thread while the listener runs: give the executor more threads, or lower the concurrency");
		}
	}

	void stop(long timeoutNanos) {
		if (exclusively(() -> {
			this.waiting = false;
			MessageFlow running = this.flow;
			boolean wasStarted = this.state != ListenerStatus.State.STOPPED;
			synchronized (this) {
				this.flow = null;
				this.state = ListenerStatus.State.STOPPED;
			}
			if (running != null) {
				end(running, timeoutNanos);
			}
			return wasStarted;
		})) {
			publish(ListenerStatus.State.STOPPED);
		}
	}

	private void end(MessageFlow running, long timeoutNanos) {
		this.ending = running;
		try {
			this.flows.end(running, timeoutNanos);
		}
		finally {
			this.ending = null;
		}
	}

	void pause() {
		if (change(ListenerStatus.State.RUNNING, ListenerStatus.State.PAUSED)) {
			publish(ListenerStatus.State.PAUSED);
		}
	}

	/** Read no more, since a stop follows. */
	void quiesce() {
		change(ListenerStatus.State.RUNNING, ListenerStatus.State.PAUSED);
	}

	void resume() {
		if (change(ListenerStatus.State.PAUSED, ListenerStatus.State.RUNNING)) {
			publish(ListenerStatus.State.RUNNING);
		}
	}

	/** Must not wait for a handler, since a handler may call it. */
	private synchronized boolean change(ListenerStatus.State from, ListenerStatus.State to) {
		MessageFlow current = this.flow;
		if (current == null || this.state != from) {
			return false;
		}
		if (to == ListenerStatus.State.PAUSED) {
			current.pause();
		}
		else {
			current.resume();
		}
		this.state = to;
		return true;
	}

	/**
	 * Starts and stops run one after the other. A handler that asks for one while another
	 * thread is stopping it would wait for itself: its request is ignored.
	 */
	private boolean exclusively(BooleanSupplier action) {
		if (!Uninterruptibly.await(Long.MAX_VALUE, (left) -> acquire())) {
			return false;
		}
		try {
			return action.getAsBoolean();
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	private boolean acquire() throws InterruptedException {
		while (!this.lifecycle.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
			MessageFlow stopping = this.ending;
			if (stopping != null && stopping.isOwn()) {
				return false;
			}
		}
		return true;
	}

	private void publish(ListenerStatus.State now) {
		try {
			this.events.publishEvent(new ZmqListenerStateEvent(this, this.endpoint.id(), now));
		}
		catch (RuntimeException ex) {
			logger.warn("A listener of the ZmqListenerStateEvent of " + this.endpoint + " failed", ex);
		}
	}

	boolean isRunning() {
		return this.flow != null;
	}

	/** Return {@code false} also between two messages that have been read. */
	boolean isIdle() {
		MessageFlow current = this.flow;
		return (current == null || !current.isOpen() || current.isIdle())
				&& this.flows.handler().counts().active() == 0;
	}

	/** Handle a message that no socket has received. */
	void deliver(ZmqMessage message) {
		this.flows.handler().handle(List.of(message));
	}

	/** Must not take the lock: a stop may hold it until the handlers have finished. */
	ListenerStatus status() {
		MessageFlow current = this.flow;
		boolean gone = current == null || !current.isOpen();
		boolean alive = current == null || gone || current.isAlive();
		ListenerCounts counts = this.flows.handler().counts();
		return new ListenerStatus(this.endpoint.id(), this.endpoint.socket(),
				(gone) ? ListenerStatus.State.STOPPED : this.state, alive, counts.active(), counts.handled(),
				counts.failed(), counts.unreadable(), counts.filtered(), counts.unhandled(), counts.undeliverable(),
				counts.deadLettered(), counts.discarded(), counts.notLogged(), counts.lastError(),
				this.flows.blockedFor(), counts.busy());
	}

	/** What a listener does after a pause of the application. */
	enum Resumption {

		NONE, RUNNING, PAUSED

	}

}
