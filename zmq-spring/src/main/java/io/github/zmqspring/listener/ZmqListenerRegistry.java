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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.support.KeepAlive;
import io.github.zmqspring.transport.SocketRegistry;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextPausedEvent;
import org.springframework.context.event.ContextStoppedEvent;

/**
 * All listeners by id: those of {@link io.github.zmqspring.annotation.ZmqListener}
 * methods and those registered at run time. Starts them after everything else, and stops
 * them first: they read no more, and running handlers finish. All methods may be called
 * from any thread.
 *
 * @since 0.1.0
 */
public class ZmqListenerRegistry implements SmartLifecycle, ApplicationListener<ContextStoppedEvent> {

	/**
	 * Last to start, first to stop: in the phase of the executors that lanes take their
	 * threads from, since those would wait for the lanes.
	 */
	public static final int PHASE = Integer.MAX_VALUE;

	private static final long IDLE_POLL_MILLIS = 5;

	private final SocketRegistry sockets;

	private final ListenerHandlerFactory handlers;

	private final ListenerSettings settings;

	private final ApplicationEventPublisher events;

	private final ListenerSources sources;

	private final BlockedPollerDetector detector;

	private final Map<String, ListenerContainer> containers = new ConcurrentSkipListMap<>();

	private final KeepAlive keepAlive = new KeepAlive("zmq-keep-alive");

	private volatile boolean running;

	/** Whether all were stopped: then none can be started by name. */
	private volatile boolean stopped;

	/** What each listener was doing when all were stopped. */
	private final Map<String, ListenerContainer.Resumption> resumptions = new ConcurrentHashMap<>();

	/** Whether the application was paused, and not stopped, since listeners ran. */
	private volatile boolean paused;

	/**
	 * Creates the registry.
	 * @param sockets the sockets
	 * @param handlers creates the handlers
	 * @param settings what listeners do unless they say otherwise
	 * @param events receives the events of listeners
	 */
	public ZmqListenerRegistry(SocketRegistry sockets, ListenerHandlerFactory handlers, ListenerSettings settings,
			ApplicationEventPublisher events) {
		this.sockets = sockets;
		this.handlers = handlers;
		this.settings = settings;
		this.events = events;
		this.detector = new BlockedPollerDetector(settings.inlineLimit(), events);
		this.sources = new ListenerSources(sockets);
		sockets.whenStarted(this::socketStarted);
	}

	private void socketStarted(String name) {
		this.containers.values()
			.stream()
			.filter((container) -> container.endpoint().socket().equals(name) && !this.stopped)
			.forEach((container) -> start(container, ListenerContainer::socketStarted));
	}

	/**
	 * Add a listener, and start it if it is to start with the application and that is
	 * running.
	 * @param endpoint the listener
	 * @throws io.github.zmqspring.core.ZmqConfigurationException if it cannot work; then
	 * it leaves nothing behind
	 */
	public void register(ZmqListenerEndpoint endpoint) {
		ListenerContainer container = add(endpoint);
		if (this.running && endpoint.options().autoStartup(this.settings)) {
			try {
				start(container, ListenerContainer::startOrWait);
			}
			catch (RuntimeException | Error ex) {
				remove(container);
				throw ex;
			}
		}
	}

	private synchronized ListenerContainer add(ZmqListenerEndpoint wanted) {
		ListenerContainer other = this.containers.get(wanted.id());
		if (other != null) {
			throw wanted.refuse("%s has the id already".formatted(other.endpoint()),
					"Give it an id of its own, as in @ZmqListener(id = \"second\"); without one it is the names of bean and method, which two methods of one name share");
		}
		SocketDefinition definition = definition(wanted);
		ZmqListenerEndpoint endpoint = wanted.withSocket(definition.name());
		ListenerHandler handler = this.handlers.create(endpoint, definition);
		ListenerFlows flows = new ListenerFlows(endpoint, this.settings, handler, this.detector, this.events);
		ListenerContainer container = new ListenerContainer(endpoint, this.settings, flows, this.sources, this.events);
		SocketDefinition own = endpoint.ownSocket();
		if (own != null) {
			create(endpoint, own);
		}
		try {
			this.sources.add(endpoint, definition.type());
		}
		catch (RuntimeException ex) {
			if (own != null) {
				this.sockets.remove(own.name());
			}
			throw ex;
		}
		this.containers.put(endpoint.id(), container);
		return container;
	}

	private synchronized void remove(ListenerContainer container) {
		ZmqListenerEndpoint endpoint = container.endpoint();
		if (!this.containers.remove(endpoint.id(), container)) {
			return;
		}
		this.sources.remove(endpoint);
		if (endpoint.ownSocket() != null) {
			this.sockets.remove(endpoint.socket());
		}
	}

	/** Report a wrong socket as an error of the listener that describes it. */
	private void create(ZmqListenerEndpoint endpoint, SocketDefinition own) {
		try {
			this.sockets.create(own);
		}
		catch (ZmqConfigurationException ex) {
			String part = ex.getSubject().replace(SocketDefinition.property(own.name()) + ".", "");
			throw endpoint.refuse(part + ": " + ex.getReason(), ex.getAction());
		}
	}

	private SocketDefinition definition(ZmqListenerEndpoint endpoint) {
		SocketDefinition own = endpoint.ownSocket();
		if (own != null) {
			return own;
		}
		try {
			return this.sockets.definition(endpoint.socket());
		}
		catch (ZmqUnknownSocketException ex) {
			throw endpoint.refuse("there is no socket '" + endpoint.socket() + "'",
					"Define zmq.sockets." + endpoint.socket() + ", or use one of " + this.sockets.names());
		}
	}

	/**
	 * Stop a listener and remove it.
	 * @param id its id
	 */
	public void unregister(String id) {
		ListenerContainer container = container(id);
		container.stop(this.settings.shutdownTimeout().toNanos());
		remove(container);
		// it may have been started meanwhile
		container.stop(this.settings.shutdownTimeout().toNanos());
		holdOrLetGo();
	}

	/**
	 * Return the ids of all listeners.
	 * @return the ids
	 */
	public Set<String> ids() {
		return new TreeSet<>(this.containers.keySet());
	}

	/**
	 * Return what a listener is doing.
	 * @param id its id
	 * @return its status at this moment
	 * @throws IllegalArgumentException if there is no such listener
	 */
	public ListenerStatus status(String id) {
		return container(id).status();
	}

	/**
	 * Start a listener.
	 * @param id its id
	 * @throws IllegalStateException if the application has stopped
	 * @throws io.github.zmqspring.core.ZmqSocketClosedException if its socket is stopped
	 */
	public void start(String id) {
		start(container(id), ListenerContainer::start);
	}

	private void start(ListenerContainer container, Consumer<ListenerContainer> how) {
		if (this.stopped) {
			throw new IllegalStateException(
					"The " + container.endpoint() + " cannot be started: the application has stopped");
		}
		how.accept(container);
		if (this.stopped) {
			// stopped meanwhile: no other thread would stop it
			container.stop(this.settings.shutdownTimeout().toNanos());
		}
		holdOrLetGo();
	}

	/**
	 * Stop a listener: it reads no more, and running handlers finish. Messages stay in
	 * the socket.
	 * @param id its id
	 */
	public void stop(String id) {
		container(id).stop(this.settings.shutdownTimeout().toNanos());
		holdOrLetGo();
	}

	/**
	 * Make a listener read no more until it is resumed.
	 * @param id its id
	 */
	public void pause(String id) {
		container(id).pause();
	}

	/**
	 * Make a paused listener go on.
	 * @param id its id
	 */
	public void resume(String id) {
		container(id).resume();
	}

	/**
	 * Hand a message to a listener on the calling thread, as if it had come from its
	 * socket: conversion, interceptors, retries, error handler and counters are the same.
	 * Meant for tests; an exception of the method is handled and not thrown.
	 * @param id its id
	 * @param message the message
	 * @throws IllegalArgumentException if there is no such listener
	 */
	public void deliver(String id, ZmqMessage message) {
		container(id).deliver(message);
	}

	/**
	 * Wait until no listener is handling a message, nor has read one that it has still to
	 * handle. Messages that have not arrived yet, or are left in a paused listener's
	 * socket, do not count.
	 * @param timeout how long to wait
	 * @return whether they are idle
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitIdle(Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!this.containers.values().stream().allMatch(ListenerContainer::isIdle)) {
			if (System.nanoTime() - deadline >= 0) {
				return false;
			}
			Thread.sleep(IDLE_POLL_MILLIS);
		}
		return true;
	}

	private ListenerContainer container(String id) {
		ListenerContainer container = this.containers.get(id);
		if (container == null) {
			throw new IllegalArgumentException("There is no listener '" + id + "'. There are " + ids());
		}
		return container;
	}

	private synchronized void holdOrLetGo() {
		this.keepAlive.hold(this.containers.values().stream().anyMatch(ListenerContainer::isRunning));
	}

	@Override
	public void start() {
		this.stopped = false;
		this.running = true;
		try {
			List<ListenerContainer> starting = this.containers.values().stream().filter(this::isToStart).toList();
			starting.forEach(ListenerContainer::prepare);
			starting.forEach((container) -> container.startPrepared(isToBePaused(container)));
		}
		catch (RuntimeException | Error ex) {
			stop();
			throw ex;
		}
		holdOrLetGo();
	}

	private boolean isToStart(ListenerContainer container) {
		ListenerContainer.Resumption before = this.resumptions.get(container.endpoint().id());
		return (this.paused && before != null) ? before != ListenerContainer.Resumption.NONE
				: container.endpoint().options().autoStartup(this.settings);
	}

	private boolean isToBePaused(ListenerContainer container) {
		return this.paused && this.resumptions.get(container.endpoint().id()) == ListenerContainer.Resumption.PAUSED;
	}

	/** Start again as they were if the application is only paused. */
	@Override
	public void onApplicationEvent(ContextStoppedEvent event) {
		this.paused = this.stopped && event instanceof ContextPausedEvent;
	}

	@Override
	public void stop() {
		boolean first = !this.stopped;
		this.running = false;
		this.stopped = true;
		if (first) {
			this.paused = false;
			this.resumptions.clear();
			this.containers.forEach((id, container) -> this.resumptions.put(id, container.resumption()));
		}
		long deadline = System.nanoTime() + this.settings.shutdownTimeout().toNanos();
		List<ListenerContainer> all = new ArrayList<>(this.containers.values());
		// all stop reading at once, then each may finish
		all.forEach(ListenerContainer::quiesce);
		all.forEach((container) -> container.stop(Math.max(1, deadline - System.nanoTime())));
		holdOrLetGo();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
