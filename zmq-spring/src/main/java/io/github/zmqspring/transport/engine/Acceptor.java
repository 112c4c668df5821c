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

package io.github.zmqspring.transport.engine;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.transport.jeromq.Cure;
import io.github.zmqspring.transport.jeromq.JeroMqInternals;
import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.SocketBase;
import zmq.ZError;
import zmq.io.StreamEngine;
import zmq.io.net.tcp.TcpListener;
import zmq.io.net.tcp.TcpUtils;
import zmq.poll.IPollEvents;
import zmq.poll.Poller;

/**
 * Accepts connections in the place of JeroMQ's listener, which tries again at once, and
 * forever, when no descriptor is left, and leaves the channel open when something goes
 * wrong after it was accepted. Belongs to an I/O thread.
 */
final class Acceptor {

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	/** What is accepted before connections have their turn. */
	private static final int MOST_AT_ONCE = 16;

	private final Poller poller;

	private final EngineThread thread;

	private final TcpListener listener;

	private final ServerSocketChannel server;

	private final Options options;

	private final SocketBase socket;

	private final String endpoint;

	/** Made early, since it may take a descriptor to load its class. */
	private final Runnable resumption = this::resume;

	private Acceptor(Poller poller, EngineThread thread, TcpListener listener) {
		this.poller = poller;
		this.thread = thread;
		this.listener = listener;
		this.server = (ServerSocketChannel) JeroMqInternals.LISTENER_CHANNEL.require(listener);
		this.options = (Options) JeroMqInternals.OWN_OPTIONS.require(listener);
		this.socket = (SocketBase) JeroMqInternals.LISTENER_SOCKET.require(listener);
		this.endpoint = (String) JeroMqInternals.LISTENER_ENDPOINT.require(listener);
	}

	/**
	 * Accept connections for a listener that was just plugged in. One that filters
	 * addresses does so itself.
	 */
	static void replace(TcpListener listener, Poller poller, EngineThread thread) {
		if (Cure.ACCEPT.isAvailable()) {
			Acceptor acceptor = new Acceptor(poller, thread, listener);
			if (acceptor.options.tcpAcceptFilters.isEmpty()) {
				poller.removeHandle((Poller.Handle) JeroMqInternals.LISTENER_HANDLE.require(listener));
				acceptor.listen();
			}
		}
	}

	private void listen() {
		// a handle equals an earlier one with the same handler: where the poller has not
		// dropped that yet, it would not take this one
		Poller.Handle handle = this.poller.addHandle(this.server, new Handler());
		// what the listener takes away when it ends
		JeroMqInternals.LISTENER_HANDLE.set(this.listener, handle);
		this.poller.setPollAccept(handle);
		this.thread.awaitRegistration(this.server);
	}

	private void accept() {
		for (int i = 0; i < MOST_AT_ONCE && this.server.isOpen(); i++) {
			SocketChannel channel = null;
			try {
				channel = this.server.accept();
				if (channel == null) {
					return;
				}
				tune(channel);
				Sessions.accepted(this.listener, this.socket, this.options,
						new StreamEngine(channel, this.options, this.endpoint));
				this.socket.eventAccepted(this.endpoint, channel);
			}
			catch (Throwable ex) {
				failed(channel, ex);
				return;
			}
		}
	}

	private void tune(SocketChannel channel) throws IOException {
		channel.configureBlocking(false);
		TcpUtils.tuneTcpSocket(channel);
		TcpUtils.tuneTcpKeepalives(channel, this.options.tcpKeepAlive, this.options.tcpKeepAliveCnt,
				this.options.tcpKeepAliveIdle, this.options.tcpKeepAliveIntvl);
		if (this.options.tos != 0) {
			channel.setOption(StandardSocketOptions.IP_TOS, this.options.tos);
		}
		if (this.options.rcvbuf != 0) {
			channel.setOption(StandardSocketOptions.SO_RCVBUF, this.options.rcvbuf);
		}
	}

	private void failed(@Nullable SocketChannel channel, Throwable ex) {
		if (channel == null) {
			// it would fail as often as it is tried
			pause();
		}
		else {
			try {
				channel.close();
			}
			catch (IOException closed) {
				// gone all the same
			}
		}
		if (!(ex instanceof IOException)) {
			this.thread.report("A connection of '" + this.endpoint + "' could not be accepted", ex);
		}
		this.socket.eventAcceptFailed(this.endpoint,
				(ex instanceof IOException io) ? ZError.exccode(io) : ZError.EINVAL);
	}

	private void resume() {
		if (this.server.isOpen()) {
			listen();
		}
	}

	private void pause() {
		this.poller.removeHandle((Poller.Handle) JeroMqInternals.LISTENER_HANDLE.require(this.listener));
		this.thread.ticks().schedule(this.resumption, PAUSE_NANOS);
	}

	/** What the poller calls until the next pause. */
	private final class Handler implements IPollEvents {

		@Override
		public void acceptEvent() {
			accept();
		}

	}

}
