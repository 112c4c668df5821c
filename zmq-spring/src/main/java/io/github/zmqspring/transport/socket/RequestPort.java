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

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.transport.lane.LaneHandler;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.MessageFlow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket as requests see it: they know which server each of them went to and which one
 * a reply came from. Servers have numbers. May be used by any thread.
 *
 * @since 0.1.0
 */
public final class RequestPort {

	private static final Log logger = LogFactory.getLog(RequestPort.class);

	private final ManagedSocket socket;

	private final SendSide sending;

	private final RequestServers servers;

	private final SocketLock lock;

	private final ReplyReader reader;

	RequestPort(ManagedSocket socket, SendSide sending, RequestServers servers, ReplyReader reader) {
		this.socket = socket;
		this.sending = sending;
		this.servers = servers;
		this.reader = reader;
		this.lock = reader.lock();
	}

	/**
	 * Return what the socket was opened with.
	 * @return the definition
	 */
	public SocketDefinition definition() {
		return this.socket.definition();
	}

	/**
	 * Return whether this is the port of a socket.
	 * @param socket the socket
	 * @return {@code false} for any other socket, one of the same name included
	 */
	public boolean isOf(ManagedSocket socket) {
		return this.socket == socket;
	}

	/**
	 * Return whether a connection takes one request at a time.
	 * @return {@code false} if requests carry ids
	 */
	public boolean isExclusive() {
		return this.servers.isExclusive();
	}

	/**
	 * Receive replies.
	 * @param settings the lanes
	 * @param handler the handler; the first frame of each message tells the server, see
	 * {@link #server(byte[][])}
	 * @return the flow
	 */
	public MessageFlow replies(LaneSettings settings, LaneHandler handler) {
		return this.socket.consume(settings, handler);
	}

	/**
	 * Have the lane of replies leave them to the threads that wait for them, or not.
	 * @param callers whether those threads read
	 */
	public void leaveToCallers(boolean callers) {
		this.reader.leaveToCallers(callers);
	}

	/**
	 * Return whether the threads that wait for replies read them.
	 * @return {@code false} if the lane does
	 */
	public boolean isLeftToCallers() {
		return this.reader.isLeftToCallers();
	}

	/**
	 * Read the next reply, on the thread that waits for it.
	 * @param waits whether the thread still has to wait
	 * @param own whether a reply is for this thread; any other is left to the lane
	 * @return the reply; {@code null} if the wait is over, or the lane has to end it
	 */
	public @Nullable ZmqMessage read(BooleanSupplier waits, Predicate<ZmqMessage> own) {
		return this.reader.read(waits, own);
	}

	/** Make a thread that reads look whether it still has to wait. */
	public void wakeCaller() {
		this.reader.wakeCaller();
	}

	/**
	 * Return the number of the server that a reply came from.
	 * @param reply the frames of the reply
	 * @return the number
	 */
	public static int server(byte[][] reply) {
		return ByteBuffer.wrap(reply[0]).getInt();
	}

	/**
	 * Send a request if a server takes it at once.
	 * @param frames the frames, given away
	 * @param sent told the number of the server that got it, before its reply can come
	 * @return {@link SendResult#TIMED_OUT} when no server can take it now
	 */
	public SendResult offer(byte[][] frames, IntConsumer sent) {
		return this.sending.offer(frames, this.servers, RequestServers.UNKNOWN, sent);
	}

	/**
	 * Send a request if one server takes it at once.
	 * @param server the number of the server
	 * @param frames the frames, given away
	 * @param sent told the number of the server, before its reply can come
	 * @return {@link SendResult#TIMED_OUT} when the server cannot take it now
	 */
	public SendResult offerTo(int server, byte[][] frames, IntConsumer sent) {
		return this.sending.offer(frames, this.servers, server, sent);
	}

	/**
	 * Return the servers that are connected.
	 * @return their numbers
	 */
	public int[] servers() {
		return this.socket.call((zmq) -> {
			// peers that have come are looked at only now
			zmq.getEvents();
			return this.servers.ready();
		});
	}

	/**
	 * Return which connection to a server is the newest.
	 * @param server the number of the server
	 * @return a number that changes with each connection to that server
	 */
	public int connection(int server) {
		this.lock.lock();
		try {
			return this.servers.connection(server);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Set what takes back requests to a server that goes.
	 * @param requests gets requests that have not left
	 */
	public void takeBackTo(TakeBacks.Requests requests) {
		this.socket.takeBacks().requests(requests);
	}

	/**
	 * Let a server have the next request: it has answered.
	 * @param server the number of the server
	 */
	public void release(int server) {
		this.lock.lock();
		try {
			this.servers.release(server);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Pass over a server for a while that did not answer in time. It comes back when it
	 * answers, and is tried now and then.
	 * @param server the number of the server
	 * @param sentAt when the request was sent, by {@link System#nanoTime()}
	 */
	public void unanswered(int server, long sentAt) {
		this.lock.lock();
		try {
			this.servers.unanswered(server, sentAt);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Drop the connection to a server and connect again, so that no late reply can come.
	 * @param server the number of the server
	 */
	public void drop(int server) {
		try {
			String endpoint = this.socket.call((zmq) -> {
				String dropped = this.servers.drop(server);
				return (dropped != null) ? dropped : "";
			});
			if (!endpoint.isEmpty()) {
				this.socket.connectAgain(endpoint);
			}
		}
		catch (ZmqSocketClosedException ex) {
			logger.debug("Closed before a connection could be dropped: " + this.socket);
		}
	}

}
