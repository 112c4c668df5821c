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

package io.github.zmqspring.transport.ipc;

import java.io.IOException;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.SocketBase;
import zmq.ZError;
import zmq.io.IOObject;
import zmq.io.IOThread;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.io.net.Listener;
import zmq.poll.Poller;
import zmq.socket.Sockets;

/**
 * Accepts connections to a {@link UnixFile}, on an I/O thread. When it cannot, as without
 * descriptors, it pauses: the channel stays readable, and would use a whole processor.
 */
final class UnixListener extends Listener {

	private static final int PAUSE = 1;

	private static final int PAUSE_MILLIS = 100;

	private final IOObject io;

	private final UnixFile file;

	private Poller.@Nullable Handle handle;

	private boolean pausing;

	UnixListener(IOThread thread, SocketBase socket, Options options, UnixFile file) {
		super(thread, socket, options);
		this.io = new IOObject(thread, this);
		this.file = file;
	}

	/** The file is bound before there is a listener. */
	@Override
	public boolean setAddress(String address) {
		throw new UnsupportedOperationException();
	}

	@Override
	public String getAddress() {
		return "ipc://" + this.file.path();
	}

	@Override
	protected void processPlug() {
		this.io.plug();
		listen();
		this.socket.eventListening(getAddress(), this.file.server());
	}

	private void listen() {
		this.handle = this.io.addFd(this.file.server());
		this.io.setPollAccept(this.handle);
	}

	@Override
	public void acceptEvent() {
		SocketChannel channel = null;
		try {
			channel = this.file.server().accept();
			if (channel != null) {
				serve(channel);
			}
		}
		catch (IOException | RuntimeException ex) {
			close(channel);
			this.socket.eventAcceptFailed(getAddress(), ZError.EMFILE);
			pause();
		}
	}

	private static void close(@Nullable SocketChannel channel) {
		try {
			if (channel != null) {
				channel.close();
			}
		}
		catch (IOException ex) {
			// it is of no use anyway
		}
	}

	private void serve(SocketChannel channel) {
		StreamEngine engine = new StreamEngine(new UnixChannel(channel), this.options, getAddress());
		SessionBase session = Sockets.createSession(chooseIoThread(this.options.affinity), false, this.socket,
				this.options, null);
		session.incSeqnum();
		launchChild(session);
		sendAttach(session, engine, false);
		this.socket.eventAccepted(getAddress(), channel);
	}

	private void pause() {
		removeHandle();
		this.pausing = true;
		this.io.addTimer(PAUSE_MILLIS, PAUSE);
	}

	private void removeHandle() {
		Poller.Handle current = this.handle;
		this.handle = null;
		if (current != null) {
			this.io.removeHandle(current);
		}
	}

	@Override
	public void timerEvent(int id) {
		if (this.file.server().isRegistered()) {
			// the poller has not dropped the handle yet, and would take the next for it
			this.io.addTimer(PAUSE_MILLIS, PAUSE);
			return;
		}
		this.pausing = false;
		listen();
	}

	@Override
	protected void processTerm(int linger) {
		if (this.pausing) {
			this.pausing = false;
			this.io.cancelTimer(PAUSE);
		}
		removeHandle();
		try {
			this.file.close();
			this.socket.eventClosed(getAddress(), this.file.server());
		}
		catch (IOException ex) {
			this.socket.eventCloseFailed(getAddress(), ZError.exccode(ex));
		}
		super.processTerm(linger);
	}

	@Override
	public void destroy() {
		this.io.unplug();
	}

	@Override
	public void inEvent() {
		// it only accepts
	}

	@Override
	public void outEvent() {
		// it only accepts
	}

	@Override
	public void connectEvent() {
		// it only accepts
	}

}
