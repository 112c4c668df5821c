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

package io.github.zmqspring.core;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.zmqspring.core.status.SocketDetails;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.support.BytesText;

/**
 * The sockets of the application by name: those of {@code zmq.sockets} and those created
 * at run time. All methods may be called from any thread.
 * <p>
 * What is bound, connected or subscribed to at run time lasts until the socket stops: a
 * socket that starts again is as its definition and its listeners want it. Only where the
 * application is paused and restarted, as Spring's test contexts are, all sockets are as
 * before, ephemeral ports included as far as they are still free.
 *
 * @since 0.1.0
 */
public interface ZmqSockets {

	/**
	 * Return the names of all sockets, open or not.
	 * @return the names
	 */
	Set<String> names();

	/**
	 * Whether there is a socket of a name. As everywhere here the name may be in any of
	 * its relaxed forms: {@code newOrders} is {@code new-orders}.
	 * @param name the logical name
	 * @return {@code true} if there is
	 */
	boolean contains(String name);

	/**
	 * Return what a socket is made of.
	 * @param name the logical name
	 * @return the definition
	 * @throws ZmqUnknownSocketException if there is no such socket
	 */
	SocketDefinition definition(String name);

	/**
	 * Return an open socket. Before the application has started the socket is opened for
	 * it.
	 * @param name the logical name
	 * @return the socket
	 * @throws ZmqUnknownSocketException if there is no such socket
	 * @throws ZmqSocketClosedException if it is not open
	 */
	ZmqSocket socket(String name);

	/**
	 * Return what a socket is doing.
	 * @param name the logical name
	 * @return its status at this moment
	 * @throws ZmqUnknownSocketException if there is no such socket
	 */
	SocketStatus status(String name);

	/**
	 * Return more about what a socket is doing: its connections, and why there are none.
	 * It holds up neither senders nor receivers.
	 * @param name the logical name
	 * @return its details at this moment
	 * @throws ZmqUnknownSocketException if there is no such socket
	 */
	SocketDetails details(String name);

	/**
	 * Add a socket and open it, if its definition says so and the application runs.
	 * @param definition the definition
	 * @throws ZmqConfigurationException if it cannot work or the name is taken
	 * @throws ZmqEndpointException if it cannot be bound
	 */
	void create(SocketDefinition definition);

	/**
	 * Close a socket and forget it.
	 * @param name the logical name
	 */
	void remove(String name);

	/**
	 * Open a socket that does not start by itself or was stopped.
	 * @param name the logical name
	 */
	void start(String name);

	/**
	 * Close a socket, which can be started again.
	 * @param name the logical name
	 */
	void stop(String name);

	/**
	 * Subscribe a SUB or XSUB socket to a prefix, or a DISH to a group.
	 * @param name the logical name
	 * @param topic the prefix, as {@link BytesText} reads it
	 */
	void subscribe(String name, String topic);

	/**
	 * Subscribe a SUB or XSUB socket to a prefix of any bytes.
	 * @param name the logical name
	 * @param topic the prefix
	 */
	default void subscribe(String name, byte[] topic) {
		subscribe(name, BytesText.of(topic));
	}

	/**
	 * Take one subscription back.
	 * @param name the logical name
	 * @param topic the prefix, as {@link BytesText} reads it
	 */
	void unsubscribe(String name, String topic);

	/**
	 * Take one subscription to a prefix of any bytes back.
	 * @param name the logical name
	 * @param topic the prefix
	 */
	default void unsubscribe(String name, byte[] topic) {
		unsubscribe(name, BytesText.of(topic));
	}

	/**
	 * Bind one more endpoint.
	 * @param name the logical name
	 * @param endpoint the endpoint; a port of {@code *} is an ephemeral one
	 * @return the endpoint really bound
	 * @throws ZmqEndpointException if it cannot be bound
	 */
	String bind(String name, String endpoint);

	/**
	 * Give up a bound endpoint.
	 * @param name the logical name
	 * @param endpoint the endpoint as it was given, or as {@link #bind} returned it
	 * @throws ZmqEndpointException if the socket is not bound to it
	 */
	void unbind(String name, String endpoint);

	/**
	 * Connect one more endpoint. A host that does not resolve yet is tried again in the
	 * background.
	 * @param name the logical name
	 * @param endpoint the endpoint, or {@code socket:} and the logical name of another
	 * socket of the application: it is connected wherever that one is bound, and again
	 * when that one is stopped, started and bound elsewhere
	 * @throws ZmqConfigurationException if the endpoint cannot work
	 */
	void connect(String name, String endpoint);

	/**
	 * Give up a connection.
	 * @param name the logical name
	 * @param endpoint the endpoint as it was connected
	 * @throws ZmqEndpointException if the socket is not connected to it
	 */
	void disconnect(String name, String endpoint);

	/**
	 * Wait until a socket has peers.
	 * @param name the logical name
	 * @param peers how many
	 * @param timeout how long to wait
	 * @return whether they are there
	 * @throws InterruptedException if the thread is interrupted
	 */
	boolean awaitPeers(String name, int peers, Duration timeout) throws InterruptedException;

	/**
	 * Return the routing ids of the peers that a ROUTER, REP, SERVER, PEER or STREAM
	 * socket can send to now. A PEER that connects finds here which peers it may write to
	 * first.
	 * @param name the logical name
	 * @return the routing ids, none for other types
	 */
	List<byte[]> routingIds(String name);

	/**
	 * Return how many subscribers of a PUB, XPUB or RADIO socket would get a message of a
	 * topic.
	 * @param name the logical name
	 * @param topic the whole topic of a message, or the group, as {@link BytesText} reads
	 * it
	 * @return the number of subscribers to any prefix of it
	 * @throws ZmqUnsupportedOperationException if the type has no subscribers
	 */
	int subscribers(String name, String topic);

	/**
	 * Return the number of subscribers that would get a message of a topic of any bytes.
	 * @param name the logical name
	 * @param topic the whole topic of a message
	 * @return the number of subscribers to any prefix of it
	 * @throws ZmqUnsupportedOperationException if the type has no subscribers
	 */
	default int subscribers(String name, byte[] topic) {
		return subscribers(name, BytesText.of(topic));
	}

	/**
	 * Wait until a message of a topic would reach some subscribers: what is published
	 * before a subscription has arrived is lost to it, however early it was made.
	 * @param name the logical name of a PUB, XPUB or RADIO socket
	 * @param topic the whole topic of a message, or the group, as {@link BytesText} reads
	 * it
	 * @param count how many subscribers
	 * @param timeout how long to wait
	 * @return whether they are there
	 * @throws InterruptedException if the thread is interrupted
	 * @throws ZmqUnsupportedOperationException if the type has no subscribers
	 */
	boolean awaitSubscribers(String name, String topic, int count, Duration timeout) throws InterruptedException;

	/**
	 * Wait until a message of a topic of any bytes would reach some subscribers.
	 * @param name the logical name of a PUB or XPUB socket
	 * @param topic the whole topic of a message
	 * @param count how many subscribers
	 * @param timeout how long to wait
	 * @return whether they are there
	 * @throws InterruptedException if the thread is interrupted
	 * @throws ZmqUnsupportedOperationException if the type has no subscribers
	 */
	default boolean awaitSubscribers(String name, byte[] topic, int count, Duration timeout)
			throws InterruptedException {
		return awaitSubscribers(name, BytesText.of(topic), count, timeout);
	}

}
