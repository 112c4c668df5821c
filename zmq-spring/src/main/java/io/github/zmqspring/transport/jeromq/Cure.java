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

import static io.github.zmqspring.transport.jeromq.JeroMqInternals.BALANCER_ACTIVE;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.BALANCER_NEXT;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.BALANCER_PIPES;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.COMMAND_ARGUMENT;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.COMMAND_DESTINATION;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.COMMAND_TYPE;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.CONTEXT_CONTEXT;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.CONTEXT_IO_THREADS;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.CONTEXT_NAMES;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.CONTEXT_NAMES_LOCK;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.DEALER_BALANCER;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.ENGINE_CHANNEL;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.ENGINE_OPTIONS;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.HANDLE_HANDLER;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.IO_THREAD_POLLER;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.MAILBOX_SIGNALER;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.OBJECT_CONTEXT;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.OBJECT_SEND_BIND;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.OWN_COUNT_COMMAND;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.OWN_IS_TERMINATING;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.OWN_TERMINATE;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.PIPE_PARENT;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.PIPE_PEER;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.PIPE_STATE;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.POLLER_HANDLES;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.POLLER_SELECTOR;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.POLLER_TIMERS;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.POLLER_WORKER;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.RADIO_SUBSCRIPTIONS;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.REAPER_MAILBOX;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.ROUTER_PEERS;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.ROUTER_PEER_PIPE;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SERVER_PEERS;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SESSION_ACTIVE;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SESSION_ADDRESS;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SESSION_ATTACH;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SESSION_ENGINE;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SESSION_PIPE;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SESSION_PULL;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SESSION_PUSH;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SIGNALER_READ;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SIGNALER_SELECTOR;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SIGNALER_WRITTEN;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SOCKET_ACTIVE;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SOCKET_MAILBOX;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.SOCKET_XSEND;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.STREAM_PEERS;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.TIMER_CANCELLED;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.TRIE_COUNT;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.TRIE_MIN;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.TRIE_NEXT;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.TRIE_PIPES;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.XPUB_DISTRIBUTOR;
import static io.github.zmqspring.transport.jeromq.JeroMqInternals.XPUB_SUBSCRIPTIONS;

/**
 * What the library does better than JeroMQ 0.6.0 alone, with the members of JeroMQ that
 * it takes, and what an application has to live with where one of them is missing.
 */
enum Cure {

	ENGINE("connections run on JeroMQ's own engine: an error on one of them ends them all, "
			+ "some connects stall for the handshake interval, and limits of incoming memory do not apply",
			POLLER_HANDLES, HANDLE_HANDLER, POLLER_SELECTOR, COMMAND_TYPE, COMMAND_ARGUMENT, COMMAND_DESTINATION,
			ENGINE_CHANNEL, ENGINE_OPTIONS, SESSION_ENGINE, SESSION_PIPE, SESSION_ACTIVE, SESSION_PULL, SESSION_PUSH,
			SESSION_ATTACH, OWN_COUNT_COMMAND, OWN_IS_TERMINATING, OWN_TERMINATE, OBJECT_SEND_BIND),

	TIMERS("timers of closed sockets keep their memory until they would have fired", POLLER_TIMERS, TIMER_CANCELLED),

	SIGNALS("I/O threads may use a whole processor for a moment when they are woken", MAILBOX_SIGNALER,
			SIGNALER_WRITTEN, SIGNALER_READ, REAPER_MAILBOX),

	THREAD_WATCH("an I/O thread that dies is noticed only in a context that the library made", CONTEXT_CONTEXT,
			CONTEXT_IO_THREADS, IO_THREAD_POLLER, POLLER_WORKER),

	WHOLE_MESSAGES("messages of several frames cannot be sent", SOCKET_XSEND),

	WAITING("sockets cannot be waited for", SOCKET_MAILBOX, MAILBOX_SIGNALER, SIGNALER_SELECTOR),

	CLOSED_OUTSIDE("a socket that the application closed itself is not noticed", SOCKET_ACTIVE),

	PEERS("peers cannot be listed, and messages to peers that are gone are refused late", ROUTER_PEERS,
			ROUTER_PEER_PIPE, SERVER_PEERS, STREAM_PEERS, PIPE_STATE),

	FAILOVER("requests are also sent to servers that are away", DEALER_BALANCER, BALANCER_PIPES, BALANCER_ACTIVE,
			BALANCER_NEXT, PIPE_PEER, PIPE_PARENT, SESSION_ADDRESS),

	SUBSCRIPTIONS("subscriptions can neither be counted nor listed", XPUB_SUBSCRIPTIONS, XPUB_DISTRIBUTOR, TRIE_PIPES,
			TRIE_MIN, TRIE_COUNT, TRIE_NEXT, RADIO_SUBSCRIPTIONS),

	INPROC_NAMES("inproc names cannot be bound", OBJECT_CONTEXT, CONTEXT_NAMES, CONTEXT_NAMES_LOCK);

	private final String without;

	private final List<JeroMqInternals> needs;

	Cure(String without, JeroMqInternals... needs) {
		this.without = without;
		this.needs = List.of(needs);
	}

	/** Whether JeroMQ has all that this needs. */
	boolean isAvailable() {
		return this.needs.stream().allMatch(JeroMqInternals::isPresent);
	}

	List<JeroMqInternals> needs() {
		return this.needs;
	}

	/** What an application has to live with without it. */
	String without() {
		return this.without;
	}

	/** What is missing, and what that means. */
	String describe() {
		return this.without + " (" + String.join("; ",
				this.needs.stream().filter((internal) -> !internal.isPresent()).map(JeroMqInternals::toString).toList())
				+ ")";
	}

	/** Return what cannot be put in with the JeroMQ that is on the class path. */
	static List<String> missing() {
		List<String> missing = new ArrayList<>();
		Stream.of(values()).filter((cure) -> !cure.isAvailable()).forEach((cure) -> missing.add(cure.describe()));
		return missing;
	}

}
