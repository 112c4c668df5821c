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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.transport.jeromq.QueueTakeBack;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages back that wait for a peer that goes, so that other peers get them. Only
 * sockets that deal their messages out can do that: PUSH, DEALER, SCATTER and CLIENT.
 *
 * @since 0.1.0
 */
public final class TakeBacks {

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final SocketCore core;

	private final SendSide sending;

	private final LingeringQueues lingering;

	private final Runnable keepUnread;

	/** Endpoints that get nothing more, though they are connected. */
	private final Set<String> resting = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Requests requests;

	TakeBacks(SocketCore core, SendSide sending, LingeringQueues lingering, Runnable keepUnread) {
		this.core = core;
		this.sending = sending;
		this.lingering = lingering;
		this.keepUnread = keepUnread;
		sending.passOver(this.resting);
	}

	/** Set what takes back requests. */
	void requests(Requests requests) {
		this.requests = requests;
	}

	/**
	 * Return whether a connection is in the middle of a message, so that nothing can be
	 * taken back without loss.
	 * @param endpoint the endpoint as it was connected
	 * @return {@code false} if the socket is closed, or too busy to say
	 */
	public boolean isMidMessage(String endpoint) {
		return Boolean.TRUE
			.equals(this.core.look((zmq) -> QueueTakeBack.isMidMessage(zmq.base(), endpoint), LOOK_NANOS));
	}

	/**
	 * Return how many messages wait for the peer at an endpoint.
	 * @param endpoint the endpoint as it was connected
	 * @return 0 too if the socket is closed, or too busy to say
	 */
	public long queued(String endpoint) {
		Long queued = this.core.look((zmq) -> QueueTakeBack.queued(zmq.base(), endpoint), LOOK_NANOS);
		return (queued != null) ? queued : 0;
	}

	/**
	 * Disconnect an endpoint and take back what waits for its peer.
	 * @param endpoint the endpoint as it was connected
	 * @param tear whether to tear a message that is sent in part
	 * @param taken gets the messages, on an I/O thread
	 * @return what is still to be sent, or {@code null} if there is no such endpoint
	 * @throws io.github.zmqspring.core.ZmqSocketClosedException if the socket is not open
	 */
	public @Nullable Lingering disconnect(String endpoint, boolean tear, Consumer<QueueTakeBack.Taken> taken) {
		Lingering left = this.lingering.disconnect(endpoint, () -> {
			this.keepUnread.run();
			QueueTakeBack.begin(this.core.base(), endpoint, tear, taken);
		});
		this.resting.remove(endpoint);
		return left;
	}

	/**
	 * Send nothing more to an endpoint, and take back what waits for its peer, but stay
	 * connected: replies may come.
	 * @param endpoint the endpoint as it was connected
	 * @param taken gets the messages, on an I/O thread
	 */
	public void rest(String endpoint, Consumer<QueueTakeBack.Taken> taken) {
		this.resting.add(endpoint);
		locked(() -> {
			this.core.events();
			this.sending.restsChanged();
			QueueTakeBack.begin(this.core.base(), endpoint, false, taken);
		});
	}

	/**
	 * Pass over resting endpoints still: JeroMQ sends to a peer again that has read.
	 */
	public void restOn() {
		if (!this.resting.isEmpty()) {
			locked(this.sending::restsChanged);
		}
	}

	/**
	 * Send to an endpoint again.
	 * @param endpoint the endpoint as it was connected
	 */
	public void resume(String endpoint) {
		if (this.resting.remove(endpoint)) {
			locked(this.sending::restsChanged);
		}
	}

	private void locked(Runnable action) {
		this.core.lock().lockUrgently();
		try {
			if (this.core.isOpen()) {
				action.run();
				this.sending.settle();
			}
		}
		finally {
			this.core.lock().unlock();
		}
	}

	/**
	 * Return whether replies of an endpoint are waited for.
	 * @param endpoint the endpoint as it was connected
	 * @return {@code true} where it is not known, too
	 */
	public boolean awaitsReplies(String endpoint) {
		Requests asking = this.requests;
		return asking == null || asking.awaits(this.sending.server(endpoint));
	}

	/**
	 * Send a message that was taken back, if a peer takes it at once. It is not counted
	 * again. A request goes back to what made it.
	 * @param frames the message
	 * @return {@link SendResult#TIMED_OUT} when no peer can take it now
	 */
	public SendResult send(byte[][] frames) {
		Requests asking = this.requests;
		return (asking != null && asking.takeBack(frames)) ? SendResult.ACCEPTED : this.sending.sendAgain(frames);
	}

	/**
	 * Makes requests over the socket.
	 */
	public interface Requests {

		/**
		 * Take a request back that has not left.
		 * @param frames the request
		 * @return {@code false} if it is no request
		 */
		boolean takeBack(byte[][] frames);

		/**
		 * Return whether a server has requests to answer.
		 * @param server the number of the server
		 * @return {@code true} if replies are waited for
		 */
		boolean awaits(int server);

	}

}
