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

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.engine.EngineSettings;
import io.github.zmqspring.transport.ipc.IpcEndpoint;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.jeromq.Interrupts;
import io.github.zmqspring.transport.jeromq.LastCommands;
import io.github.zmqspring.transport.mechanism.SecuredSocket;
import io.github.zmqspring.transport.wire.FrameWriter;
import io.github.zmqspring.transport.wire.OptionApplier;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.ZError;

/**
 * A PUB socket with a context of its own, for what begins before the application and ends
 * after it. It needs no poller: a PUB looks at subscriptions when it sends. It may be
 * used from any thread, and logs nothing.
 *
 * @since 0.1.0
 */
public final class StandalonePublisher {

	private final ZContext context = new ZContext(1);

	private final ZMQ.Socket socket;

	private final FrameWriter writer;

	private final Interrupts interrupts;

	private final List<String> bound = new ArrayList<>();

	private final ReentrantLock lock = new ReentrantLock();

	private boolean closed;

	private StandalonePublisher(SocketDefinition definition) {
		ContextFactory.prepare(this.context, 0);
		this.socket = this.context.createSocket(SocketType.PUB);
		LastCommands.tolerate(this.socket.base());
		OptionApplier.apply(this.socket, definition);
		try {
			new EngineSettings()
				.mechanisms(SecuredSocket.secure(this.socket, definition, ContextFactory.isPrepared(this.context)))
				.use(this.socket.base());
		}
		catch (RuntimeException ex) {
			this.context.close();
			throw ex;
		}
		this.interrupts = new Interrupts(this.socket.base());
		this.writer = new FrameWriter(definition, this.socket.base(), this.interrupts);
	}

	/**
	 * Opens one.
	 * @param name what errors call it
	 * @param bind endpoints to bind to
	 * @param connect endpoints to connect to
	 * @param sendHwm how many messages wait for each subscriber before they are dropped
	 * for it
	 * @param linger how long messages are kept at the end that are still to be sent
	 * @param security the security mechanism, or {@code null} for none
	 * @return the socket, to be closed
	 * @throws io.github.zmqspring.core.ZmqException if an endpoint is wrong or cannot be
	 * bound
	 */
	public static StandalonePublisher open(String name, List<String> bind, List<String> connect, int sendHwm,
			Duration linger, @Nullable SocketSecurity security) {
		List<EndpointAddress> binding = bind.stream()
			.map((endpoint) -> EndpointAddress.parse(name, endpoint, true))
			.toList();
		List<EndpointAddress> connecting = connect.stream()
			.map((endpoint) -> EndpointAddress.parse(name, endpoint, false))
			.toList();
		SocketOptions options = SocketOptions.NONE.with(SocketOption.SEND_HWM, sendHwm)
			.with(SocketOption.LINGER, linger);
		StandalonePublisher publisher = new StandalonePublisher(SocketDefinition.builder(name, SocketType.PUB)
			.bind(bind)
			.connect(connect)
			.options(options)
			.security(security)
			.build());
		try {
			publisher.attach(name, binding, connecting);
			return publisher;
		}
		catch (RuntimeException ex) {
			publisher.close(linger.plusSeconds(1));
			throw ex;
		}
	}

	private void attach(String name, List<EndpointAddress> binding, List<EndpointAddress> connecting) {
		this.lock.lock();
		this.interrupts.begin();
		try {
			for (EndpointAddress endpoint : binding) {
				this.bound.add(Binder.bind(name, endpoint, () -> bind(endpoint)));
			}
			connecting.forEach(this::connect);
		}
		finally {
			this.interrupts.end();
			this.lock.unlock();
		}
	}

	private String bind(EndpointAddress endpoint) {
		if (!endpoint.isIpc()) {
			this.socket.bind(endpoint.bindText(false));
			return this.socket.getLastEndpoint();
		}
		try {
			return IpcEndpoint.bind(this.socket, endpoint.host(), null);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	private void connect(EndpointAddress endpoint) {
		if (endpoint.isIpc()) {
			IpcEndpoint.connect(this.socket, endpoint.text(), endpoint.host(), false);
		}
		else {
			this.socket.connect(endpoint.text());
		}
	}

	/**
	 * The endpoints really bound.
	 * @return the endpoints with their ports
	 */
	public List<String> bound() {
		return List.copyOf(this.bound);
	}

	/**
	 * Publish a message to the subscribers that have room. It never waits for a peer.
	 * @param frames the frames, not to be changed afterwards
	 * @return {@code false} if it is closed, or this thread is publishing already
	 */
	public boolean publish(byte[]... frames) {
		if (this.lock.isHeldByCurrentThread()) {
			return false;
		}
		this.lock.lock();
		this.interrupts.begin();
		try {
			return !this.closed && this.writer.write(frames) != ZError.ETERM;
		}
		finally {
			this.interrupts.end();
			this.lock.unlock();
		}
	}

	/**
	 * Closes it.
	 * @param timeout how long to wait for what is still to be sent
	 */
	public void close(Duration timeout) {
		this.lock.lock();
		try {
			if (this.closed) {
				return;
			}
			this.closed = true;
			this.socket.close();
		}
		finally {
			this.lock.unlock();
		}
		ContextTerminator.terminate(this.context, timeout);
	}

}
