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
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.transport.jeromq.Cure;
import io.github.zmqspring.transport.jeromq.JeroMqInternals;
import io.github.zmqspring.transport.jeromq.SocketPipe;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import zmq.io.SessionBase;
import zmq.pipe.Pipe;

/**
 * Stands between a pipe and its session, and holds the end of the pipe back until the
 * connection has sent what it took from it, within the time that the socket lingers.
 * JeroMQ ends the connection at once, with up to a batch of messages that the kernel had
 * no room for.
 */
final class LastMessages implements Pipe.IPipeEvents {

	private static final long DISPLACED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final SessionBase session;

	/** Tells the session of the end of its pipe. */
	private @Nullable Runnable end;

	private LastMessages(SessionBase session) {
		this.session = session;
	}

	/** Do so for the pipe of a session, once it has one. */
	static void of(SessionBase session) {
		Object pipe = JeroMqInternals.SESSION_PIPE.get(session);
		if (pipe != null && Cure.LOSSES.isAvailable() && sink(session) == null) {
			JeroMqInternals.PIPE_SINK.set(pipe, new LastMessages(session));
		}
	}

	private static @Nullable LastMessages sink(SessionBase session) {
		Object pipe = (Cure.LOSSES.isAvailable()) ? JeroMqInternals.SESSION_PIPE.get(session) : null;
		return (pipe != null && JeroMqInternals.PIPE_SINK.get(pipe) instanceof LastMessages sink) ? sink : null;
	}

	@Override
	public void readActivated(Pipe pipe) {
		this.session.readActivated(pipe);
	}

	@Override
	public void writeActivated(Pipe pipe) {
		this.session.writeActivated(pipe);
	}

	@Override
	public void hiccuped(Pipe pipe) {
		this.session.hiccuped(pipe);
	}

	@Override
	public void pipeTerminated(Pipe pipe) {
		if (JeroMqInternals.SESSION_PIPE.get(this.session) == pipe
				&& JeroMqInternals.SESSION_ENGINE.get(this.session) instanceof Engine engine && !engine.isEnded()) {
			// a listener passes the end of its socket on later than the socket ends the
			// pipe
			if (engine.isClosing() || Sessions.isTerminating(this.session)
					|| Sessions.isTerminating(this.session.getSocket())) {
				this.end = () -> {
					// before the socket hears that the session is done
					tellTaken(engine);
					this.session.pipeTerminated(pipe);
				};
				finish(engine);
			}
			else {
				this.session.pipeTerminated(pipe);
				endIfDisplaced(engine);
			}
		}
		else {
			this.session.pipeTerminated(pipe);
		}
	}

	/**
	 * End a connection that JeroMQ would keep, though it can do nothing any more. A
	 * socket that closes lets go of its connections too, just before it tells their
	 * sessions.
	 */
	private void endIfDisplaced(Engine engine) {
		engine.interest().in(false);
		engine.thread().ticks().schedule(() -> engine.guard(() -> {
			if (!engine.isClosing() && !Sessions.isTerminating(this.session)) {
				engine.end(displaced(engine));
			}
		}), DISPLACED_NANOS);
	}

	private static ConnectionEnd displaced(Engine engine) {
		return new ConnectionEnd(ConnectionEnd.Reason.DISPLACED,
				(engine.options().recvIdentity) ? "a new connection has taken its routing id over"
						: "the socket has a peer already, and takes no second one");
	}

	private void finish(Engine engine) {
		engine.closing();
		int linger = engine.options().linger;
		if (linger >= 0) {
			long left = engine.closingAt() + TimeUnit.MILLISECONDS.toNanos(linger) - System.nanoTime();
			engine.thread().ticks().schedule(this::end, left);
		}
		engine.output().whenSent(() -> hangUp(engine));
	}

	/**
	 * Wait for the end of what the peer sends. A channel that is closed with something
	 * unread is reset, and what is on its way to the peer is lost.
	 */
	private void hangUp(Engine engine) {
		SocketTraits traits = SocketTraits.of(SocketType.type(engine.options().type));
		if (engine.isEnded() || !traits.sends() || !traits.receives()) {
			end();
			return;
		}
		try {
			engine.channel().shutdownOutput();
			engine.input().discardUntilOver(this::end);
		}
		catch (IOException ex) {
			end();
		}
	}

	private void end() {
		Runnable waiting = this.end;
		this.end = null;
		if (waiting != null) {
			waiting.run();
		}
	}

	/** The connection of a session ended, so nothing more is sent over it. */
	static void connectionEnded(SessionBase session) {
		LastMessages sink = sink(session);
		if (sink != null) {
			sink.end();
		}
	}

	/** Tell what a connection that ends took from the socket and did not send. */
	static void tellTaken(Engine engine) {
		long unsent = (engine.stage().isReady()) ? engine.output().takeUnsent() : 0;
		if (unsent > 0) {
			engine.tell((listener) -> listener.lost(engine.connection(), unsent));
		}
	}

	/**
	 * Tell of the queue of a peer that had connected to us: it ends with its connection.
	 */
	static void tellQueued(Engine engine) {
		SocketPipe queue = (engine.connection().accepted()) ? SocketPipe.of(engine.session()) : null;
		if (queue != null) {
			engine.tell((listener) -> listener.abandoned(engine.connection(), queue));
		}
	}

}
