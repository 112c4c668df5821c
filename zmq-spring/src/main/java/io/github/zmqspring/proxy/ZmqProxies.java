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

package io.github.zmqspring.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.support.KeepAlive;
import io.github.zmqspring.support.RelaxedNames;
import io.github.zmqspring.transport.SocketRegistry;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextPausedEvent;
import org.springframework.context.event.ContextStoppedEvent;

/**
 * All proxies by name. Starts them after sockets and before listeners, and stops them in
 * between too: what they have read is forwarded before their sockets close. A proxy's
 * sockets are sockets like all others, named {@code <proxy>.frontend},
 * {@code <proxy>.backend} and {@code <proxy>.capture}. All methods may be called from any
 * thread.
 *
 * @since 0.1.0
 */
public class ZmqProxies implements SmartLifecycle, ApplicationListener<ContextStoppedEvent> {

	/** After sockets and before listeners; in between too when they stop. */
	public static final int PHASE = Integer.MAX_VALUE - 4096;

	private final ApplicationEventPublisher events;

	private final Duration shutdownTimeout;

	private final Map<String, ProxyContainer> containers = new ConcurrentSkipListMap<>();

	private final KeepAlive keepAlive = new KeepAlive("zmq-proxies");

	private volatile boolean running;

	/** What each proxy was doing when all were stopped. */
	private final Map<String, ZmqProxyStatus.State> states = new ConcurrentHashMap<>();

	/** Whether the application was paused, and not stopped, since proxies ran. */
	private volatile boolean paused;

	/**
	 * Create the proxies, stopped.
	 * @param sockets the sockets, to which those of the proxies are added
	 * @param events receives an event for each change of state
	 * @param interceptors in the order in which they see messages; asked for when a proxy
	 * starts first, so that they may use this object
	 * @param shutdownTimeout how long what was read may take to be forwarded at the end
	 * @param definitions the proxies
	 * @throws ZmqConfigurationException if one of them cannot work
	 */
	public ZmqProxies(SocketRegistry sockets, ApplicationEventPublisher events,
			Supplier<List<ZmqProxyInterceptor>> interceptors, Duration shutdownTimeout,
			Collection<ZmqProxyDefinition> definitions) {
		this.events = events;
		this.shutdownTimeout = shutdownTimeout;
		for (ZmqProxyDefinition definition : definitions) {
			ProxyChecks.check(definition);
			ZmqProxyDefinition prepared = definition.prepared();
			// the proxy opens them, and closes them
			prepared.sockets()
				.stream()
				.map((socket) -> socket.mutate().autoStartup(false).build())
				.forEach(sockets::create);
			this.containers.put(definition.name(), new ProxyContainer(prepared, sockets, interceptors));
		}
		// it may be a socket of another proxy
		definitions.forEach((definition) -> ProxyChecks.checkDeadLetter(definition, sockets));
	}

	/**
	 * Return the names of all proxies.
	 * @return the names
	 */
	public Set<String> names() {
		return new TreeSet<>(this.containers.keySet());
	}

	/**
	 * Whether there is a proxy of a name. As everywhere here the name may be in any of
	 * its relaxed forms: {@code orderQueue} is {@code order-queue}.
	 * @param name the name
	 * @return {@code true} if there is
	 */
	public boolean contains(String name) {
		return RelaxedNames.find(this.containers, name) != null;
	}

	/**
	 * Return what a proxy is made of.
	 * @param name the name of the proxy
	 * @return the definition
	 * @throws IllegalArgumentException if there is no such proxy
	 */
	public ZmqProxyDefinition definition(String name) {
		return container(name).definition();
	}

	/**
	 * Return what a proxy is doing.
	 * @param name the name of the proxy
	 * @return its status at this moment
	 * @throws IllegalArgumentException if there is no such proxy
	 */
	public ZmqProxyStatus status(String name) {
		return container(name).status();
	}

	/**
	 * Start a proxy that is stopped: its sockets open.
	 * @param name the name of the proxy
	 * @throws IllegalArgumentException if there is no such proxy
	 * @throws io.github.zmqspring.core.ZmqEndpointException if a socket cannot be bound
	 */
	public void start(String name) {
		start(container(name));
		holdOrLetGo();
	}

	private void start(ProxyContainer container) {
		if (container.start()) {
			changed(container);
		}
	}

	/**
	 * Stop a proxy: it reads no more, what it has read is forwarded, and its sockets
	 * close. It waits for that at most as long as a phase of the application's end.
	 * @param name the name of the proxy
	 * @throws IllegalArgumentException if there is no such proxy
	 */
	public void stop(String name) {
		stop(container(name), this.shutdownTimeout.toNanos(), false);
		holdOrLetGo();
	}

	private void stop(ProxyContainer container, long timeoutNanos, boolean application) {
		if (container.stop(timeoutNanos, application)) {
			changed(container);
		}
	}

	/**
	 * Make a running proxy read no more until it is resumed. Its sockets stay open, and
	 * messages wait in them until their high-water marks hold the senders back.
	 * @param name the name of the proxy
	 * @throws IllegalArgumentException if there is no such proxy
	 */
	public void pause(String name) {
		ProxyContainer container = container(name);
		if (container.pause()) {
			changed(container);
		}
	}

	/**
	 * Make a paused proxy go on.
	 * @param name the name of the proxy
	 * @throws IllegalArgumentException if there is no such proxy
	 */
	public void resume(String name) {
		ProxyContainer container = container(name);
		if (container.resume()) {
			changed(container);
		}
	}

	private void changed(ProxyContainer container) {
		this.events.publishEvent(new ZmqProxyStateEvent(this, container.definition().name(), container.state()));
	}

	private ProxyContainer container(String name) {
		ProxyContainer container = RelaxedNames.find(this.containers, name);
		if (container == null) {
			throw new IllegalArgumentException("There is no proxy '" + name + "'. There are " + names());
		}
		return container;
	}

	private void holdOrLetGo() {
		// check and act in one step, while other threads start and stop proxies
		synchronized (this.keepAlive) {
			this.keepAlive.hold(this.containers.values().stream().anyMatch(ProxyContainer::isRunning));
		}
	}

	@Override
	public synchronized void start() {
		this.running = true;
		try {
			this.containers.values().stream().filter(this::isToStart).forEach(this::start);
			this.states.entrySet()
				.stream()
				.filter((entry) -> this.paused && entry.getValue() == ZmqProxyStatus.State.PAUSED)
				.forEach((entry) -> pause(entry.getKey()));
		}
		catch (RuntimeException ex) {
			stop();
			throw ex;
		}
		holdOrLetGo();
	}

	private boolean isToStart(ProxyContainer container) {
		return (this.paused) ? this.states.get(container.definition().name()) != ZmqProxyStatus.State.STOPPED
				: container.definition().autoStartup();
	}

	/** Start again as they were if the application is only paused. */
	@Override
	public void onApplicationEvent(ContextStoppedEvent event) {
		this.paused = !this.running && event instanceof ContextPausedEvent;
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		this.paused = false;
		this.containers.forEach((name, container) -> this.states.put(name, container.state()));
		long deadline = System.nanoTime() + this.shutdownTimeout.toNanos();
		List<ProxyContainer> all = new ArrayList<>(this.containers.values());
		// all stop reading at once, then each may finish
		all.forEach(ProxyContainer::pause);
		all.forEach((container) -> stop(container, Math.max(0, deadline - System.nanoTime()), true));
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
