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

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

import io.github.zmqspring.transport.limit.IncomingLimits;
import io.github.zmqspring.transport.limit.SubscribedTopics;
import io.github.zmqspring.transport.zmtp.FrameLimits;
import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.SocketBase;
import zmq.socket.Sockets;

/**
 * How the connections of one socket are served. Each part is made of the socket's options
 * when a connection begins, so that options count that are set before the socket binds or
 * connects. A socket that nothing was said of has defaults.
 *
 * @since 0.1.0
 */
public final class EngineSettings {

	private static final Map<SocketBase, EngineSettings> SETTINGS = Collections.synchronizedMap(new WeakHashMap<>());

	private final RoutingIds routingIds = new RoutingIds();

	private final SubscribedTopics topics = new SubscribedTopics();

	private IncomingLimits incoming = IncomingLimits.DEFAULT;

	private Function<Options, Liveness> liveness = Liveness::of;

	private Function<Options, HandshakePolicy> handshake = HandshakePolicy::of;

	private MechanismFactory mechanisms = MechanismFactory.JEROMQ;

	private ConnectionListener listener = ConnectionListener.NONE;

	private @Nullable String socketType;

	/** Return what holds for a socket. */
	static EngineSettings of(SocketBase socket) {
		return SETTINGS.computeIfAbsent(socket, (key) -> new EngineSettings());
	}

	/**
	 * Serve the connections of a socket so.
	 * @param socket the socket, which neither binds nor connects yet
	 */
	public void use(SocketBase socket) {
		SETTINGS.put(socket, this);
	}

	/**
	 * Set the listener that is told of connections.
	 * @param listener the listener, which must not refer to the socket
	 * @return these settings
	 */
	public EngineSettings listener(ConnectionListener listener) {
		this.listener = listener;
		return this;
	}

	/**
	 * Set how the socket's type is called, where JeroMQ knows it by another one.
	 * @param socketType the name of the type
	 * @return these settings
	 */
	public EngineSettings socketType(String socketType) {
		this.socketType = socketType;
		return this;
	}

	/**
	 * Return the type of a socket as its user calls it, who may have declared a REQ or
	 * REP that is a DEALER or ROUTER on the wire.
	 * @param socket the socket
	 * @param options its options
	 * @return the name of the type
	 */
	public static String socketType(SocketBase socket, Options options) {
		return of(socket).socketType(options);
	}

	String socketType(Options options) {
		return (this.socketType != null) ? this.socketType : Sockets.name(options.type);
	}

	/**
	 * Set what makes the security mechanisms of connections.
	 * @param mechanisms the factory
	 * @return these settings
	 */
	public EngineSettings mechanisms(MechanismFactory mechanisms) {
		this.mechanisms = mechanisms;
		return this;
	}

	/**
	 * Set what peers may send.
	 * @param limits the limits
	 * @return these settings
	 */
	public EngineSettings incoming(IncomingLimits limits) {
		this.incoming = limits;
		return this;
	}

	IncomingLimits incoming() {
		return this.incoming;
	}

	FrameLimits limits(Options options) {
		return this.incoming.frames(options);
	}

	/** The topics that the peers of the socket subscribe to. */
	SubscribedTopics topics() {
		return this.topics;
	}

	Liveness liveness(Options options) {
		return this.liveness.apply(options);
	}

	HandshakePolicy handshake(Options options) {
		return this.handshake.apply(options);
	}

	MechanismFactory mechanisms() {
		return this.mechanisms;
	}

	ConnectionListener listener() {
		return this.listener;
	}

	/** The routing ids of the socket's peers. */
	RoutingIds routingIds() {
		return this.routingIds;
	}

}
