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
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.zmqspring.transport.jeromq.JeroMqInternals;
import io.github.zmqspring.transport.jeromq.PollInterest;
import io.github.zmqspring.transport.zmtp.FrameException;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Options;
import zmq.SocketBase;
import zmq.ZError;
import zmq.io.IEngine;
import zmq.io.IOThread;
import zmq.io.SessionBase;
import zmq.poll.IPollEvents;

/**
 * Serves one TCP connection, from its first byte to its end, in the place of JeroMQ's
 * {@code StreamEngine}. What it does at a time is its {@link Stage}: greeting, security
 * handshake, messages. Whatever is thrown while it does so ends this connection, and no
 * other. Belongs to an I/O thread, which makes all calls.
 */
final class Engine implements IEngine, IPollEvents {

	private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final EngineThread thread;

	private final SocketChannel channel;

	private final Options options;

	private final String endpoint;

	private final SocketBase socket;

	private final SessionBase session;

	private final EngineSettings settings;

	private final HandshakePolicy handshake;

	private final Connection connection;

	private final PollInterest interest;

	private final EngineInput input;

	private final EngineOutput output;

	private final RoutingIdClaim routingId;

	/** Made once, as {@link #writing} is, since it is called with each event. */
	private final Runnable reading;

	private final Runnable writing;

	private Stage stage;

	private Ticks.@Nullable Tick deadline;

	/** When the socket began to close, or 0. */
	private long closingAt;

	private boolean ended;

	/** The session is gone. */
	private boolean terminated;

	Engine(EngineThread thread, IOThread ioThread, SessionBase session, SocketChannel channel, Options options,
			String endpoint) {
		this.thread = thread;
		this.session = session;
		this.socket = session.getSocket();
		this.channel = channel;
		this.options = options;
		this.endpoint = endpoint;
		this.settings = EngineSettings.of(this.socket);
		this.handshake = this.settings.handshake(options);
		this.connection = Connection.of(endpoint, channel, !Sessions.connects(session));
		this.interest = new PollInterest(ioThread, this, channel);
		this.input = new EngineInput(this);
		this.output = new EngineOutput(this);
		this.reading = this.input::read;
		this.writing = this.output::write;
		this.routingId = new RoutingIdClaim(this);
		this.stage = (options.rawSocket) ? new RawStage(this) : new GreetingStage(this);
	}

	EngineThread thread() {
		return this.thread;
	}

	SocketChannel channel() {
		return this.channel;
	}

	Options options() {
		return this.options;
	}

	SocketBase socket() {
		return this.socket;
	}

	SessionBase session() {
		return this.session;
	}

	EngineSettings settings() {
		return this.settings;
	}

	Connection connection() {
		return this.connection;
	}

	PollInterest interest() {
		return this.interest;
	}

	EngineInput input() {
		return this.input;
	}

	EngineOutput output() {
		return this.output;
	}

	Stage stage() {
		return this.stage;
	}

	void enter(Stage next) {
		this.stage.leave();
		this.stage = next;
	}

	@Override
	public String getEndPoint() {
		return this.endpoint;
	}

	// ways in, none of which may throw

	@Override
	public void plug(IOThread ioThread, SessionBase session) {
		guard(this::begin);
	}

	@Override
	public void inEvent() {
		guard(this.reading);
	}

	@Override
	public void outEvent() {
		guard(this.writing);
	}

	/** The socket takes messages again. */
	@Override
	public void restartInput() {
		guard(this.input::resume);
	}

	/** The socket has messages to send. */
	@Override
	public void restartOutput() {
		guard(this.output::resume);
	}

	/** The authenticator has answered. */
	@Override
	public void zapMsgAvailable() {
		guard(() -> {
			this.stage.authenticated();
			flush();
		});
	}

	/** A decision about the peer is there. Called on any thread. */
	void resumeHandshake() {
		this.thread.execute(() -> guard(() -> {
			this.stage.authenticated();
			flush();
		}));
	}

	/** The session ends, and with it the connection. */
	@Override
	public void terminate() {
		this.terminated = true;
		if (!this.ended) {
			this.ended = true;
			LastMessages.tellTaken(this);
			tell(new ConnectionEnd(ConnectionEnd.Reason.LOCAL, "the socket was closed on our side"));
			release();
			this.routingId.free();
		}
	}

	/** Run what serves this connection: whatever is thrown ends it, and no other. */
	void guard(Runnable task) {
		if (!this.ended) {
			try {
				task.run();
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
	}

	private void failed(Throwable ex) {
		if (ex instanceof FrameException refusal) {
			end(ConnectionEnd.of(refusal));
			return;
		}
		this.thread.report("A connection of '" + this.endpoint + "' ends after an error", ex);
		end(new ConnectionEnd(ConnectionEnd.Reason.ERROR, ex.toString(), ex, 0));
	}

	private void begin() {
		this.interest.open();
		this.interest.in(true);
		if (this.stage instanceof RawStage raw) {
			LastMessages.of(this.session);
			trackQueue();
			raw.tell();
			tell((listener) -> listener.ready(this.connection));
		}
		else if (this.handshake.timeoutMillis() > 0) {
			this.deadline = this.thread.ticks()
				.schedule(
						() -> end(new ConnectionEnd(ConnectionEnd.Reason.HANDSHAKE_TIMEOUT,
								"the handshake was not over after " + this.handshake.timeoutMillis() + " ms")),
						TimeUnit.MILLISECONDS.toNanos(this.handshake.timeoutMillis()));
		}
		this.output.resume();
		this.input.read();
	}

	/** Whether the socket gets to know of the connection only once it is ready. */
	boolean attachesLate() {
		return !this.options.rawSocket && this.handshake.attachesLate();
	}

	/**
	 * End the handshake: attach the connection, or have it wait while another one has its
	 * routing id.
	 */
	void handshaken(Msg identity, MessageStage next) {
		this.thread.ticks().cancel(this.deadline);
		this.deadline = null;
		this.input.messages(next::oversize);
		if (this.routingId.take(identity)) {
			attach(identity, next);
		}
		else {
			enter(new RoutingIdStage(this, this.routingId, identity, next));
		}
	}

	/** Have messages flow. */
	void attach(Msg identity, MessageStage next) {
		enter(next);
		if (!Sessions.isAttached(this.session)) {
			Sessions.attachPipe(this.session, this.options);
		}
		LastMessages.of(this.session);
		trackQueue();
		next.begin(identity);
		tell((listener) -> listener.ready(this.connection));
	}

	private void trackQueue() {
		Object pipe = JeroMqInternals.SESSION_PIPE.get(this.session);
		if (pipe != null) {
			this.input.ledger().attach(pipe, this.options.conflate);
		}
	}

	/**
	 * Give a message to the socket.
	 * @return whether it takes it now
	 * @throws FrameException if it never will
	 */
	boolean push(Msg message) {
		if (Sessions.push(this.session, message)) {
			this.input.ledger().received(message);
			return true;
		}
		if (!this.session.errno.is(ZError.EAGAIN)) {
			throw new FrameException("a message that sockets of this type do not send");
		}
		return false;
	}

	/** Have the socket see what was given to it. */
	void flush() {
		if (!this.ended) {
			this.session.flush();
		}
	}

	/** Tell whether there was any sign since the last call that the peer lives. */
	boolean takeSignOfLife() {
		return this.input.takeSignOfLife() | this.output.takeSignOfLife();
	}

	/** The socket is being closed: only what it has still to send matters. */
	void closing() {
		if (this.closingAt == 0) {
			this.closingAt = System.nanoTime();
		}
	}

	long closingAt() {
		return this.closingAt;
	}

	boolean isClosing() {
		return this.closingAt != 0;
	}

	boolean isEnded() {
		return this.ended;
	}

	/** End the connection. A session that connects tries again. */
	void end(ConnectionEnd cause) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		ConnectionEnd verdict = this.stage.verdict();
		ConnectionEnd end = (verdict != null) ? verdict : cause;
		boolean wasReady = this.stage.isReady();
		LastMessages.tellTaken(this);
		tell(end);
		try {
			if (this.stage instanceof RawStage raw) {
				raw.tell();
			}
			this.socket.eventDisconnected(this.endpoint, this.channel);
			this.session.flush();
		}
		catch (Throwable ex) {
			this.thread.report("A connection of '" + this.endpoint + "' ends in stages", ex);
		}
		release();
		long pause = (this.connection.accepted()) ? 0
				: this.thread.pauseAfter(this.session, this.options, end, wasReady);
		if (pause == 0) {
			endSession(end, wasReady);
		}
		else {
			this.thread.ticks().schedule(() -> endSession(end, wasReady), pause);
		}
	}

	/** Have the session try again, or end if its connection was accepted. */
	private void endSession(ConnectionEnd end, boolean wasReady) {
		if (this.terminated) {
			return;
		}
		try {
			if (Sessions.isServedBy(this.session, this)) {
				LastMessages.tellQueued(this);
				this.session.engineError(wasReady, end.errorReason());
			}
			else {
				// an earlier attempt failed half-way: the session has let go of this
				Sessions.terminate(this.session);
			}
			this.routingId.free();
			LastMessages.connectionEnded(this.session);
		}
		catch (Throwable ex) {
			// most likely there was no memory
			this.thread.report("A connection of '" + this.endpoint + "' ends in stages", ex);
			this.thread.ticks().schedule(() -> endSession(end, wasReady), AGAIN_NANOS);
		}
	}

	private void release() {
		this.thread.ticks().cancel(this.deadline);
		try {
			this.interest.close();
			this.stage.leave();
		}
		catch (Throwable ex) {
			this.thread.report("A connection of '" + this.endpoint + "' ends in stages", ex);
		}
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// gone
		}
		this.input.close();
		this.output.close();
	}

	private void tell(ConnectionEnd end) {
		if (this.stage.isReady()) {
			tell((listener) -> listener.closed(this.connection, end));
		}
		else {
			tell((listener) -> listener.refused(this.connection, end));
		}
	}

	void tell(Consumer<ConnectionListener> fact) {
		try {
			fact.accept(this.settings.listener());
		}
		catch (Throwable ex) {
			this.thread.report("A listener of connections failed", ex);
		}
	}

	@Override
	public String toString() {
		return "Engine[" + this.endpoint + ", " + this.stage.getClass().getSimpleName() + "]";
	}

}
