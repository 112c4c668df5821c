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

package io.github.zmqspring.transport.socket;

import java.nio.channels.SelectableChannel;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.transport.jeromq.JeroMq;
import io.github.zmqspring.transport.jeromq.SocketPipe;
import io.github.zmqspring.transport.jeromq.Subscribers;
import io.github.zmqspring.transport.lane.LaneHandler;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.poll.MailboxSignal;
import io.github.zmqspring.transport.poll.Pollable;
import io.github.zmqspring.transport.poll.PollerVisits;
import io.github.zmqspring.transport.poll.SocketPoller;
import io.github.zmqspring.transport.wire.FrameReader;
import io.github.zmqspring.transport.wire.SequenceNumbers;
import io.github.zmqspring.transport.wire.SequenceTracker;
import io.github.zmqspring.transport.wire.SocketCounters;
import io.github.zmqspring.transport.wire.SubscriptionWatch;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * A JeroMQ socket that any thread may use. Senders on their own threads, the lanes that
 * read, and the poller take turns at holding its one lock. JeroMQ is called only with the
 * lock held and the socket open, and never in a way that waits.
 *
 * @since 0.1.0
 */
public final class ManagedSocket implements ZmqSocket {

	private final SocketCore core;

	private final SocketCounters counters;

	private final SocketPoller poller;

	private final Pollable polled = new PolledSocket();

	private final PollerVisits visits;

	private final SignalLeadership waiting;

	private final Readiness readiness;

	private final FrameReader frames;

	private final SendSide sending;

	private final ReceiveSide receiving;

	private final LingeringQueues lingering;

	private final TakeBacks takeBacks;

	private @Nullable SubscriptionWatch watch;

	private volatile Consumer<String> connector = (endpoint) -> call((zmq) -> zmq.connect(endpoint));

	public ManagedSocket(SocketDefinition definition, ZMQ.Socket socket, SocketCounters counters, SocketPoller poller) {
		this.core = new SocketCore(definition, socket);
		this.counters = counters;
		this.poller = poller;
		this.visits = new PollerVisits(poller, this.polled);
		this.waiting = new SignalLeadership(this.core, this.visits,
				new MailboxSignal(JeroMq.ownSelector(socket.base())));
		this.readiness = new Readiness(this.core, this.visits, this.waiting);
		this.frames = new FrameReader(definition, socket.base(), counters, this.core.interrupts());
		this.sending = new SendSide(this.core, this.readiness, this.waiting, this.frames, counters);
		this.lingering = new LingeringQueues(this, this.core);
		this.receiving = new ReceiveSide(this.core, this.readiness, this.waiting, this.frames, poller, this.visits);
		this.takeBacks = new TakeBacks(this.core, this.sending, this.lingering, this.receiving::keepUnread);
	}

	@Override
	public SocketDefinition definition() {
		return this.core.definition();
	}

	public SocketStatus.State state() {
		return this.core.state();
	}

	/**
	 * Return whether the socket is open.
	 * @return {@code false} once it is closed, for good
	 */
	public boolean isOpen() {
		return this.core.isOpen();
	}

	/**
	 * Return whether code outside the transport has closed the JeroMQ socket.
	 * @return {@code true} if it has
	 */
	public boolean isClosedOutside() {
		return this.core.isClosedOutside();
	}

	public int waitingSenders() {
		return this.sending.waitingThreads();
	}

	/**
	 * Have subscriptions reported. Called before the socket is in use.
	 * @param listener gets the subscriptions
	 */
	public void watch(SubscriptionWatch.Listener listener) {
		SubscriptionWatch watch = new SubscriptionWatch(definition(), this.core.base(), this.counters, listener);
		this.watch = watch;
		this.frames.watch(watch);
		this.sending.watch(watch);
	}

	/**
	 * Number what is published. Called before the socket is in use.
	 * @param numbers gives the numbers
	 */
	public void number(SequenceNumbers numbers) {
		this.sending.number(numbers);
	}

	/**
	 * Follow the numbers of received messages. Called before the socket is in use.
	 * @param definition what the numbers are
	 * @param listener receives what is missing
	 */
	public void follow(SequenceDefinition definition, SequenceTracker.Listener listener) {
		this.frames.follow(new SequenceTracker(definition, this.core.base(), listener));
		this.readiness.holdWhile(this.frames::isHolding);
	}

	/**
	 * Have messages read next that were missing and are fetched.
	 * @param messages the messages in their order; none to look how many are waiting
	 * @return how many are waiting to be read
	 */
	public int fetched(List<ZmqMessage> messages) {
		return this.receiving.fetched(messages);
	}

	/** Read on: what was missing is fetched, as far as the publisher still had it. */
	public void release() {
		this.receiving.release();
	}

	public int cachedTopics() {
		SubscriptionWatch watching = this.watch;
		return (watching != null) ? watching.cachedTopics() : 0;
	}

	/**
	 * Return the socket as requests see it. Messages begin with a frame that names their
	 * server from then on.
	 * @param peers knows which servers are connected, to pass over the others;
	 * {@code null} to pass over none. Only the first call decides, as with the other
	 * @param exclusive whether a connection takes one request at a time
	 * @return the port
	 */
	public RequestPort requests(@Nullable PeerTracker peers, boolean exclusive) {
		this.core.lock().lock();
		try {
			RequestServers servers = this.sending.servers(peers, exclusive);
			this.frames.tellOrigins(servers::received);
			return new RequestPort(this, this.sending, servers,
					new ReplyReader(this.core, this.readiness, this.waiting, this.frames));
		}
		finally {
			this.core.lock().unlock();
		}
	}

	/**
	 * Set what connects endpoints again whose connection was dropped. Called before the
	 * socket is in use.
	 * @param connector gets the endpoints as JeroMQ knows them
	 */
	public void connectAgainWith(Consumer<String> connector) {
		this.connector = connector;
	}

	void connectAgain(String endpoint) {
		this.connector.accept(endpoint);
	}

	/** Have the poller watch the socket, from its opening until it is closed. */
	public void joinPoller() {
		this.poller.add(this.polled);
	}

	/**
	 * Set what is told how long each send takes.
	 * @param timer gets the times, in nanoseconds
	 */
	public void timeSends(LongConsumer timer) {
		this.sending.timeSends(timer);
	}

	@Override
	public SendResult send(byte[][] frames, long timeoutNanos) {
		return this.sending.send(frames, timeoutNanos);
	}

	/**
	 * Wait until a peer can take a message. Types that cannot tell, such as ROUTER and
	 * PUB, always can.
	 * @param ending asked each time that something changed, and after
	 * {@link #wakeSenders()}: whether to give up
	 * @return {@code false} if the socket is closed or the wait was given up
	 */
	public boolean awaitWritable(BooleanSupplier ending) {
		return this.sending.awaitWritable(ending);
	}

	/** Make threads in {@link #awaitWritable(BooleanSupplier)} look again. */
	public void wakeSenders() {
		this.sending.wakeSenders();
	}

	@Override
	public @Nullable ZmqMessage receive(long timeoutNanos) {
		return this.receiving.receive(timeoutNanos);
	}

	/**
	 * Hand all messages to a handler on lanes of its own, until the flow is stopped.
	 * @param settings how many lanes, and where their threads come from
	 * @param handler the handler
	 * @return the flow
	 * @throws ZmqUnsupportedOperationException when the type does not receive, or the
	 * socket is read already
	 */
	public MessageFlow consume(LaneSettings settings, LaneHandler handler) {
		return consume(settings, handler, false);
	}

	/**
	 * As {@link #consume(LaneSettings, LaneHandler)}, optionally paused at first.
	 * @param settings how many lanes, and where their threads come from
	 * @param handler the handler
	 * @param paused whether to read nothing until the flow is resumed
	 * @return the flow
	 * @throws java.util.concurrent.RejectedExecutionException if the executor has no
	 * thread for a lane
	 */
	public MessageFlow consume(LaneSettings settings, LaneHandler handler, boolean paused) {
		return this.receiving.consume(settings, handler, paused);
	}

	/**
	 * Hand all messages to a handler on the poller's thread, which it must not block.
	 * @param settings batches, topics and idle actions
	 * @param handler the handler
	 * @param paused whether to read nothing until the flow is resumed
	 * @return the flow
	 * @throws ZmqUnsupportedOperationException as
	 * {@link #consume(LaneSettings, LaneHandler)} does
	 */
	public MessageFlow consumeInline(LaneSettings settings, LaneHandler handler, boolean paused) {
		return this.receiving.consumeInline(settings, handler, paused);
	}

	/**
	 * Return whether a PUB or XPUB has subscribers left that subscribed to exactly this
	 * prefix.
	 * @param prefix the prefix
	 * @return {@code false} if there is none, or the socket is closed
	 */
	public boolean hasSubscribers(byte[] prefix) {
		this.core.lock().lock();
		try {
			return isOpen() && !Subscribers.of(this.core.base(), prefix).isEmpty();
		}
		finally {
			this.core.lock().unlock();
		}
	}

	/** Note that an inproc endpoint is about to be bound or connected. */
	public void usesInproc() {
		this.core.lock().lock();
		try {
			this.frames.usesInproc();
		}
		finally {
			this.core.lock().unlock();
		}
	}

	/**
	 * Run something on the JeroMQ socket under the lock. It is run again if it is
	 * interrupted, as JeroMQ has done nothing then.
	 * @param <T> the type of the result
	 * @param function what to run
	 * @return its result
	 * @throws ZmqSocketClosedException if the socket is not open
	 */
	public <T> T call(Function<ZMQ.Socket, T> function) {
		this.core.lock().lockUrgently();
		try {
			this.core.requireOpen();
			try {
				return this.core.call(function);
			}
			finally {
				this.sending.endpointsChanged();
				this.readiness.settle();
			}
		}
		finally {
			this.core.lock().unlock();
		}
	}

	/**
	 * Look at the JeroMQ socket under the lock, for callers that must hold nothing up.
	 * What is called must not make JeroMQ process commands.
	 * @param <T> the type of the result
	 * @param function what to run
	 * @param timeoutNanos how long to wait for the lock, in nanoseconds
	 * @return its result; {@code null} too when the lock could not be had in time, or the
	 * socket is closed
	 */
	public <T> @Nullable T look(Function<ZMQ.Socket, T> function, long timeoutNanos) {
		return this.core.look(function, timeoutNanos);
	}

	/**
	 * Unbind an endpoint. What waits for its peers is sent within the option
	 * {@code linger}; on a socket that also receives the caller waits for that.
	 * @param endpoint the endpoint really bound
	 * @return what is still to be sent, or {@code null} if there is no such endpoint
	 * @throws ZmqSocketClosedException if the socket is not open
	 */
	public @Nullable Lingering unbind(String endpoint) {
		return this.lingering.unbind(endpoint);
	}

	/**
	 * Disconnect an endpoint, as {@link #unbind}. What was received stays readable.
	 * @param endpoint the endpoint
	 * @return what is still to be sent, or {@code null} if there is no such endpoint
	 * @throws ZmqSocketClosedException if the socket is not open
	 */
	public @Nullable Lingering disconnect(String endpoint) {
		return this.lingering.disconnect(endpoint, this.receiving::keepUnread);
	}

	public TakeBacks takeBacks() {
		return this.takeBacks;
	}

	/**
	 * Watch the queue of a peer that has left.
	 * @param queue the queue
	 * @return what may still be added to it until the socket knows, or {@code null} if
	 * its messages do not count: those to subscribers, which may leave at any time
	 */
	public @Nullable Lingering abandon(SocketPipe queue) {
		return this.lingering.abandon(queue);
	}

	/**
	 * Close the socket. Threads that wait for it are woken.
	 * @return what is still to be sent, or {@code null} if it was closed before
	 */
	public @Nullable Lingering close() {
		this.poller.remove(this.polled);
		this.core.lock().lockUrgently();
		try {
			if (!isOpen()) {
				return null;
			}
			Lingering last = this.lingering.closing();
			this.receiving.closed();
			this.core.close();
			this.waiting.wakeAll();
			return last;
		}
		finally {
			this.core.lock().unlock();
		}
	}

	@Override
	public String toString() {
		return this.core.toString();
	}

	/** The socket as the poller sees it. */
	private final class PolledSocket implements Pollable {

		@Override
		public SelectableChannel signal() {
			return ManagedSocket.this.core.signal();
		}

		@Override
		public boolean markVisitPending() {
			return ManagedSocket.this.visits.mark();
		}

		@Override
		public Visit visit(List<ZmqMessage> inline) {
			return ManagedSocket.this.receiving.visit(inline);
		}

		@Override
		public boolean isWaitedFor() {
			return ManagedSocket.this.waiting.isWaitedFor();
		}

		@Override
		public String toString() {
			return ManagedSocket.this.toString();
		}

	}

}
