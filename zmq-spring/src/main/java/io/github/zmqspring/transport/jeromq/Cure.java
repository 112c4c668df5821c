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

package io.github.zmqspring.transport.jeromq;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the library does better than JeroMQ 0.6.0 alone, with the members of JeroMQ that
 * it takes, and what an application has to live with where one of them is missing.
 *
 * @since 0.1.0
 */
public enum Cure {

	/** Connections served by the library, from their first byte. */
	ENGINE("connections run on JeroMQ's own engine: an error on one of them ends them all, "
			+ "some connects stall for the handshake interval, and limits of incoming memory do not apply",
			JeroMqInternals.POLLER_HANDLES, JeroMqInternals.HANDLE_HANDLER, JeroMqInternals.POLLER_SELECTOR,
			JeroMqInternals.COMMAND_TYPE, JeroMqInternals.COMMAND_ARGUMENT, JeroMqInternals.COMMAND_DESTINATION,
			JeroMqInternals.ENGINE_CHANNEL, JeroMqInternals.ENGINE_OPTIONS, JeroMqInternals.SESSION_ENGINE,
			JeroMqInternals.SESSION_PIPE, JeroMqInternals.SESSION_ACTIVE, JeroMqInternals.SESSION_PULL,
			JeroMqInternals.SESSION_PUSH, JeroMqInternals.SESSION_ATTACH, JeroMqInternals.OWN_COUNT_COMMAND,
			JeroMqInternals.OWN_IS_TERMINATING, JeroMqInternals.OWN_TERMINATE, JeroMqInternals.OBJECT_SEND_BIND,
			JeroMqInternals.ROUTER_HANDOVER),

	/** Accepting that pauses when no descriptor is left. */
	ACCEPT("a lack of file descriptors keeps a processor busy as long as it lasts", JeroMqInternals.LISTENER_CHANNEL,
			JeroMqInternals.LISTENER_HANDLE, JeroMqInternals.LISTENER_ENDPOINT, JeroMqInternals.LISTENER_SOCKET,
			JeroMqInternals.OWN_OPTIONS, JeroMqInternals.OWN_LAUNCH_CHILD, JeroMqInternals.OBJECT_CHOOSE_IO_THREAD,
			JeroMqInternals.OBJECT_SEND_ATTACH),

	/** Cancelled timers dropped at once. */
	TIMERS("timers of closed sockets keep their memory until they would have fired", JeroMqInternals.POLLER_TIMERS,
			JeroMqInternals.TIMER_CANCELLED),

	/** I/O threads that do not spin on signals that are not counted yet. */
	SIGNALS("I/O threads may use a whole processor for a moment when they are woken", JeroMqInternals.MAILBOX_SIGNALER,
			JeroMqInternals.SIGNALER_WRITTEN, JeroMqInternals.SIGNALER_READ, JeroMqInternals.REAPER_MAILBOX),

	/** Commands to sockets that end before they are woken. */
	LAST_COMMANDS("sockets of inproc that are closed while their peers are may stay open, and with them the context",
			JeroMqInternals.OBJECT_CONTEXT, JeroMqInternals.CONTEXT_SLOTS),

	/** I/O threads that died noticed. */
	THREAD_WATCH("an I/O thread that dies is noticed only in a context that the library made",
			JeroMqInternals.CONTEXT_CONTEXT, JeroMqInternals.CONTEXT_IO_THREADS, JeroMqInternals.IO_THREAD_POLLER,
			JeroMqInternals.POLLER_WORKER),

	/** Messages of several frames sent whole. */
	WHOLE_MESSAGES("messages of several frames cannot be sent", JeroMqInternals.SOCKET_XSEND),

	/** Send without processing commands when there are none. */
	COMMANDS("a message takes a third longer to send", JeroMqInternals.SOCKET_XSEND, JeroMqInternals.SOCKET_MAILBOX,
			JeroMqInternals.SOCKET_TERMINATED, JeroMqInternals.MAILBOX_SIGNALER, JeroMqInternals.SIGNALER_WRITTEN,
			JeroMqInternals.SIGNALER_READ),

	/** Sockets that can be waited for. */
	WAITING("sockets cannot be waited for", JeroMqInternals.SOCKET_MAILBOX, JeroMqInternals.MAILBOX_SIGNALER,
			JeroMqInternals.SIGNALER_SELECTOR),

	/** Sockets noticed that the application closed itself. */
	CLOSED_OUTSIDE("a socket that the application closed itself is not noticed", JeroMqInternals.SOCKET_ACTIVE),

	/** Peers that can be listed, and those that are gone told from slow ones. */
	PEERS("peers cannot be listed, and messages to peers that are gone are refused late", JeroMqInternals.ROUTER_PEERS,
			JeroMqInternals.ROUTER_PEER_PIPE, JeroMqInternals.SERVER_PEERS, JeroMqInternals.STREAM_PEERS,
			JeroMqInternals.STREAM_PEER_PIPE, JeroMqInternals.PIPE_STATE),

	/** Requests sent only to servers that are there. */
	FAILOVER("requests are also sent to servers that are away", JeroMqInternals.DEALER_BALANCER,
			JeroMqInternals.BALANCER_PIPES, JeroMqInternals.BALANCER_ACTIVE, JeroMqInternals.BALANCER_NEXT,
			JeroMqInternals.PIPE_PEER, JeroMqInternals.PIPE_PARENT, JeroMqInternals.SESSION_ADDRESS),

	/** Replies taken only from the server that was asked. */
	REPLY_ORIGIN("a server can answer requests that another one was asked, and req-correlate: false does not work",
			JeroMqInternals.DEALER_BALANCER, JeroMqInternals.BALANCER_PIPES, JeroMqInternals.BALANCER_ACTIVE,
			JeroMqInternals.BALANCER_NEXT, JeroMqInternals.DEALER_QUEUE, JeroMqInternals.QUEUE_LAST,
			JeroMqInternals.SOCKET_ENDPOINTS, JeroMqInternals.SOCKET_INPROC_ENDPOINTS,
			JeroMqInternals.ENDPOINT_SESSION),

	/** Tell publishers apart that number their messages. */
	PUBLISHER_ORIGIN("the messages of several publishers on one socket cannot be numbered each",
			JeroMqInternals.SUBSCRIBER_QUEUE, JeroMqInternals.QUEUE_LAST, JeroMqInternals.PIPE_PEER,
			JeroMqInternals.PIPE_PARENT, JeroMqInternals.SOCKET_ENDPOINTS, JeroMqInternals.SOCKET_INPROC_ENDPOINTS,
			JeroMqInternals.ENDPOINT_SESSION),

	/** Subscriptions that can be counted and listed. */
	SUBSCRIPTIONS("subscriptions can neither be counted nor listed", JeroMqInternals.XPUB_SUBSCRIPTIONS,
			JeroMqInternals.XPUB_DISTRIBUTOR, JeroMqInternals.TRIE_PIPES, JeroMqInternals.TRIE_MIN,
			JeroMqInternals.TRIE_COUNT, JeroMqInternals.TRIE_NEXT, JeroMqInternals.RADIO_SUBSCRIPTIONS),

	/** Messages counted that were accepted and not sent. */
	LOSSES("messages that were accepted and not sent are not counted", JeroMqInternals.SOCKET_PIPES,
			JeroMqInternals.SOCKET_DESTROYED, JeroMqInternals.SOCKET_ENDPOINTS, JeroMqInternals.ENDPOINT_SESSION,
			JeroMqInternals.OWN_OWNER, JeroMqInternals.PIPE_PEER, JeroMqInternals.PIPE_PARENT,
			JeroMqInternals.PIPE_STATE, JeroMqInternals.PIPE_SINK, JeroMqInternals.PIPE_IN,
			JeroMqInternals.PIPE_WRITTEN, JeroMqInternals.PIPE_READ),

	/** Messages taken back from a peer that goes. */
	TAKE_BACK("messages that wait for a peer that goes are not given to others", JeroMqInternals.SOCKET_ENDPOINTS,
			JeroMqInternals.ENDPOINT_SESSION, JeroMqInternals.SESSION_PIPE, JeroMqInternals.SESSION_INCOMPLETE,
			JeroMqInternals.PIPE_PEER, JeroMqInternals.PIPE_READ, JeroMqInternals.OWN_OPTIONS,
			JeroMqInternals.OWN_LAUNCH_CHILD, JeroMqInternals.OBJECT_CONTEXT, JeroMqInternals.CONTEXT_IO_THREADS,
			JeroMqInternals.SOCKET_ADD_ENDPOINT, JeroMqInternals.CLIENT_BALANCER),

	/** Endpoints that JeroMQ does not have. */
	OWN_ENDPOINTS("there is no ipc", JeroMqInternals.SOCKET_ADD_ENDPOINT, JeroMqInternals.SOCKET_ATTACH_PIPE,
			JeroMqInternals.OBJECT_CHOOSE_IO_THREAD, JeroMqInternals.OWN_OPTIONS),

	/** Names of hosts looked up off the I/O threads. */
	RESOLVED_HOSTS(
			"host names are looked up on the I/O threads, where slow ones hold up all connections, and only one "
					+ "address of each is tried",
			JeroMqInternals.SOCKET_ADD_ENDPOINT, JeroMqInternals.SOCKET_ATTACH_PIPE,
			JeroMqInternals.OBJECT_CHOOSE_IO_THREAD, JeroMqInternals.OWN_OPTIONS),

	/** Names of inproc bound without harm to their owner. */
	INPROC_NAMES("inproc names cannot be bound", JeroMqInternals.OBJECT_CONTEXT, JeroMqInternals.CONTEXT_NAMES,
			JeroMqInternals.CONTEXT_NAMES_LOCK);

	private final String without;

	private final List<JeroMqInternals> needs;

	Cure(String without, JeroMqInternals... needs) {
		this.without = without;
		this.needs = List.of(needs);
	}

	/** Whether JeroMQ has all that this needs. */
	public boolean isAvailable() {
		return this.needs.stream().allMatch(JeroMqInternals::isPresent);
	}

	List<JeroMqInternals> needs() {
		return this.needs;
	}

	/** What an application has to live with without it. */
	public String without() {
		return this.without;
	}

	/** What is missing, and what that means. */
	String describe() {
		return this.without + " (" + String.join("; ",
				this.needs.stream().filter((internal) -> !internal.isPresent()).map(JeroMqInternals::toString).toList())
				+ ")";
	}

	/** Return what cannot be put in with the JeroMQ that is on the class path. */
	public static List<String> missing() {
		List<String> missing = new ArrayList<>();
		Stream.of(values()).filter((cure) -> !cure.isAvailable()).forEach((cure) -> missing.add(cure.describe()));
		return missing;
	}

}
