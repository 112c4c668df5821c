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

package io.github.zmqspring.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Options of a socket, by the names of ZeroMQ.
 *
 * @since 0.1.0
 */
public class OptionsProperties {

	/**
	 * How long unsent messages are kept when the socket closes.
	 */
	private @Nullable Duration linger;

	/**
	 * How long a send waits for a peer that can take the message.
	 */
	private @Nullable Duration sendTimeout;

	/**
	 * How long a receive by the template waits for a message.
	 */
	private @Nullable Duration receiveTimeout;

	/**
	 * Messages that may wait for each peer before sends are held back (or dropped, on
	 * publishing sockets). 0 is no limit.
	 */
	private @Nullable Integer sendHwm;

	/**
	 * Messages that may wait to be received from each peer. 0 is no limit.
	 */
	private @Nullable Integer receiveHwm;

	/**
	 * Largest message that a peer may send, all of its frames together. A larger one is
	 * thrown away.
	 */
	private @Nullable DataSize maxMessageSize;

	/**
	 * Most frames of a message. More end the connection.
	 */
	private @Nullable Integer maxFrames;

	/**
	 * Largest command, and largest frame of a handshake. A larger one ends the
	 * connection.
	 */
	private @Nullable DataSize maxCommandSize;

	/**
	 * Longest topic that a peer may subscribe to, up to 2KB. A longer one ends its
	 * connection.
	 */
	private @Nullable DataSize maxTopicSize;

	/**
	 * Number of topics, or groups, that a peer may subscribe to. More end its connection.
	 */
	private @Nullable Integer maxSubscriptions;

	/**
	 * First wait before a lost connection is tried again.
	 */
	private @Nullable Duration reconnectInterval;

	/**
	 * Longest wait between reconnects. The wait doubles up to this.
	 */
	private @Nullable Duration reconnectIntervalMax;

	/**
	 * Length of the queue of connections that are not accepted yet.
	 */
	private @Nullable Integer backlog;

	/**
	 * How long a connection may take for all of its handshake, from the greeting on. 30s
	 * if it is not set.
	 */
	private @Nullable Duration handshakeInterval;

	/**
	 * Interval between ZMTP pings. None are sent if it is 0 or not set.
	 */
	private @Nullable Duration heartbeatInterval;

	/**
	 * How long a peer that is pinged may say nothing after an interval before its
	 * connection is dropped. 0 never drops it. The interval if it is not set.
	 */
	private @Nullable Duration heartbeatTimeout;

	/**
	 * How long the peer shall wait for pings of this side.
	 */
	private @Nullable Duration heartbeatTtl;

	/**
	 * Context that is sent with each ping and returned by the pong, up to 16 bytes.
	 */
	private @Nullable String heartbeatContext;

	/**
	 * Whether only the newest message is kept. Single-frame messages only.
	 */
	private @Nullable Boolean conflate;

	/**
	 * Bit mask of the I/O threads that new connections may use.
	 */
	private @Nullable Long affinity;

	/**
	 * Identity that the socket announces to ROUTER peers, 1 to 255 bytes.
	 */
	private @Nullable String routingId;

	/**
	 * Identity that the first connected peer gets on this ROUTER or STREAM.
	 */
	private @Nullable String connectRoutingId;

	/**
	 * Whether a message for an unknown peer is an error rather than dropped.
	 */
	private @Nullable Boolean routerMandatory;

	/**
	 * Whether a second peer of the same identity takes over from the first.
	 */
	private @Nullable Boolean routerHandover;

	/**
	 * Whether a ROUTER speaks raw TCP.
	 */
	private @Nullable Boolean routerRaw;

	/**
	 * Whether an empty message goes to each new peer.
	 */
	private @Nullable Boolean probeRouter;

	/**
	 * Whether repeated subscriptions reach the listener of an XPUB.
	 */
	private @Nullable Boolean xpubVerbose;

	/**
	 * Whether repeated subscriptions and unsubscriptions reach the listener of an XPUB.
	 */
	private @Nullable Boolean xpubVerboser;

	/**
	 * Whether a full subscriber makes the send wait rather than lose the message.
	 */
	private @Nullable Boolean xpubNoDrop;

	/**
	 * Whether requests carry an id in their return path, so that many may be pending at
	 * once. Without it a req socket sends what ZeroMQ's REQ sends by default, one request
	 * a connection at a time.
	 */
	private @Nullable Boolean reqCorrelate;

	/**
	 * Refused: JeroMQ loses subscriptions in manual mode.
	 */
	private @Nullable String xpubManual;

	/**
	 * Whether messages go to completed connections only.
	 */
	private @Nullable Boolean immediate;

	/**
	 * Whether IPv6 is used.
	 */
	private @Nullable Boolean ipv6;

	/**
	 * Whether TCP keep-alive is on, which notices peers that are gone without a word. On
	 * if it is not set.
	 */
	private @Nullable Boolean tcpKeepAlive;

	/**
	 * Number of TCP keep-alive probes. 6 if it is not set.
	 */
	private @Nullable Integer tcpKeepAliveCount;

	/**
	 * Idle time before TCP keep-alive probes, in whole seconds. 60s if it is not set.
	 */
	private @Nullable Duration tcpKeepAliveIdle;

	/**
	 * Time between TCP keep-alive probes, in whole seconds. 10s if it is not set.
	 */
	private @Nullable Duration tcpKeepAliveInterval;

	/**
	 * Send buffer of the kernel. Only for sockets that do not bind.
	 */
	private @Nullable DataSize sendBufferSize;

	/**
	 * Permissions of the files of ipc endpoints that are bound, such as rw-rw----.
	 */
	private @Nullable String ipcPermissions;

	/**
	 * Receive buffer of the kernel.
	 */
	private @Nullable DataSize receiveBufferSize;

	/**
	 * Size from which on received frames are held outside the heap.
	 */
	private @Nullable DataSize msgAllocationHeapThreshold;

	/**
	 * Metadata property under which the view that the peer has of our address is kept.
	 */
	private @Nullable String selfAddressPropertyName;

	/**
	 * Message that is sent to each new peer by itself.
	 */
	private @Nullable String helloMessage;

	/**
	 * Message that is received when a peer that had connected goes away.
	 */
	private @Nullable String disconnectMessage;

	/**
	 * Message that is received when a connection that this side made is lost.
	 */
	private @Nullable String hiccupMessage;

	/**
	 * Refused: JeroMQ writes it into the send buffer size.
	 */
	private @Nullable String tos;

	/**
	 * Refused: JeroMQ has no SOCKS client.
	 */
	private @Nullable String socksProxy;

	/**
	 * Refused: JeroMQ has no multicast transport.
	 */
	private @Nullable String rate;

	/**
	 * Refused: JeroMQ has no multicast transport.
	 */
	private @Nullable String recoveryInterval;

	/**
	 * Refused: JeroMQ has no multicast transport.
	 */
	private @Nullable String multicastHops;

	/**
	 * Refused: JeroMQ has no multicast transport.
	 */
	private @Nullable String multicastLoop;

	/**
	 * Refused: a req socket takes any number of requests at once.
	 */
	private @Nullable String reqRelaxed;

	/**
	 * Refused: ZeroMQ has no disk offload.
	 */
	private @Nullable String swap;

	/**
	 * Return how long unsent messages are kept when the socket closes.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getLinger() {
		return this.linger;
	}

	/**
	 * Set how long unsent messages are kept when the socket closes.
	 * @param linger the time, or {@code null} to leave it unset
	 */
	public void setLinger(@Nullable Duration linger) {
		this.linger = linger;
	}

	/**
	 * Return how long a send waits for a peer that can take the message.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getSendTimeout() {
		return this.sendTimeout;
	}

	/**
	 * Set how long a send waits for a peer that can take the message.
	 * @param sendTimeout the time, or {@code null} to leave it unset
	 */
	public void setSendTimeout(@Nullable Duration sendTimeout) {
		this.sendTimeout = sendTimeout;
	}

	/**
	 * Return how long a receive by the template waits for a message.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getReceiveTimeout() {
		return this.receiveTimeout;
	}

	/**
	 * Set how long a receive by the template waits for a message.
	 * @param receiveTimeout the time, or {@code null} to leave it unset
	 */
	public void setReceiveTimeout(@Nullable Duration receiveTimeout) {
		this.receiveTimeout = receiveTimeout;
	}

	/**
	 * Return the messages that may wait for each peer before sends are held back (or
	 * dropped, on publishing sockets).
	 * @return the number, or {@code null} if it is not set
	 */
	public @Nullable Integer getSendHwm() {
		return this.sendHwm;
	}

	/**
	 * Set the messages that may wait for each peer before sends are held back (or
	 * dropped, on publishing sockets). 0 is no limit.
	 * @param sendHwm the number, or {@code null} to leave it unset
	 */
	public void setSendHwm(@Nullable Integer sendHwm) {
		this.sendHwm = sendHwm;
	}

	/**
	 * Return the messages that may wait to be received from each peer.
	 * @return the number, or {@code null} if it is not set
	 */
	public @Nullable Integer getReceiveHwm() {
		return this.receiveHwm;
	}

	/**
	 * Set the messages that may wait to be received from each peer. 0 is no limit.
	 * @param receiveHwm the number, or {@code null} to leave it unset
	 */
	public void setReceiveHwm(@Nullable Integer receiveHwm) {
		this.receiveHwm = receiveHwm;
	}

	/**
	 * Return the largest message that a peer may send, all of its frames together.
	 * @return the size, or {@code null} if it is not set
	 */
	public @Nullable DataSize getMaxMessageSize() {
		return this.maxMessageSize;
	}

	/**
	 * Set the largest message that a peer may send, all of its frames together. A larger
	 * one is thrown away.
	 * @param maxMessageSize the size, or {@code null} to leave it unset
	 */
	public void setMaxMessageSize(@Nullable DataSize maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	/**
	 * Return the largest number of frames that a message may have.
	 * @return the number, or {@code null} if it is not set
	 */
	public @Nullable Integer getMaxFrames() {
		return this.maxFrames;
	}

	/**
	 * Set the largest number of frames that a message may have. More end the connection.
	 * @param maxFrames the number, or {@code null} to leave it unset
	 */
	public void setMaxFrames(@Nullable Integer maxFrames) {
		this.maxFrames = maxFrames;
	}

	/**
	 * Return the largest command, and largest frame of a handshake.
	 * @return the size, or {@code null} if it is not set
	 */
	public @Nullable DataSize getMaxCommandSize() {
		return this.maxCommandSize;
	}

	/**
	 * Set the largest command, and largest frame of a handshake. A larger one ends the
	 * connection.
	 * @param maxCommandSize the size, or {@code null} to leave it unset
	 */
	public void setMaxCommandSize(@Nullable DataSize maxCommandSize) {
		this.maxCommandSize = maxCommandSize;
	}

	/**
	 * Return the longest topic that a peer may subscribe to, up to 2KB.
	 * @return the size, or {@code null} if it is not set
	 */
	public @Nullable DataSize getMaxTopicSize() {
		return this.maxTopicSize;
	}

	/**
	 * Set the longest topic that a peer may subscribe to, up to 2KB. A longer one ends
	 * its connection.
	 * @param maxTopicSize the size, or {@code null} to leave it unset
	 */
	public void setMaxTopicSize(@Nullable DataSize maxTopicSize) {
		this.maxTopicSize = maxTopicSize;
	}

	/**
	 * Return the number of topics, or groups, that a peer may subscribe to.
	 * @return the number, or {@code null} if it is not set
	 */
	public @Nullable Integer getMaxSubscriptions() {
		return this.maxSubscriptions;
	}

	/**
	 * Set the number of topics, or groups, that a peer may subscribe to. More end its
	 * connection.
	 * @param maxSubscriptions the number, or {@code null} to leave it unset
	 */
	public void setMaxSubscriptions(@Nullable Integer maxSubscriptions) {
		this.maxSubscriptions = maxSubscriptions;
	}

	/**
	 * Return the first wait before a lost connection is tried again.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getReconnectInterval() {
		return this.reconnectInterval;
	}

	/**
	 * Set the first wait before a lost connection is tried again.
	 * @param reconnectInterval the time, or {@code null} to leave it unset
	 */
	public void setReconnectInterval(@Nullable Duration reconnectInterval) {
		this.reconnectInterval = reconnectInterval;
	}

	/**
	 * Return the longest wait between reconnects.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getReconnectIntervalMax() {
		return this.reconnectIntervalMax;
	}

	/**
	 * Set the longest wait between reconnects. The wait doubles up to this.
	 * @param reconnectIntervalMax the time, or {@code null} to leave it unset
	 */
	public void setReconnectIntervalMax(@Nullable Duration reconnectIntervalMax) {
		this.reconnectIntervalMax = reconnectIntervalMax;
	}

	/**
	 * Return the length of the queue of connections that are not accepted yet.
	 * @return the number, or {@code null} if it is not set
	 */
	public @Nullable Integer getBacklog() {
		return this.backlog;
	}

	/**
	 * Set the length of the queue of connections that are not accepted yet.
	 * @param backlog the number, or {@code null} to leave it unset
	 */
	public void setBacklog(@Nullable Integer backlog) {
		this.backlog = backlog;
	}

	/**
	 * Return how long a connection may take for all of its handshake, from the greeting
	 * on.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getHandshakeInterval() {
		return this.handshakeInterval;
	}

	/**
	 * Set how long a connection may take for all of its handshake, from the greeting on.
	 * 30s if it is not set.
	 * @param handshakeInterval the time, or {@code null} to leave it unset
	 */
	public void setHandshakeInterval(@Nullable Duration handshakeInterval) {
		this.handshakeInterval = handshakeInterval;
	}

	/**
	 * Return the interval between ZMTP pings.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getHeartbeatInterval() {
		return this.heartbeatInterval;
	}

	/**
	 * Set the interval between ZMTP pings. None are sent if it is 0 or not set.
	 * @param heartbeatInterval the time, or {@code null} to leave it unset
	 */
	public void setHeartbeatInterval(@Nullable Duration heartbeatInterval) {
		this.heartbeatInterval = heartbeatInterval;
	}

	/**
	 * Return how long a peer that is pinged may say nothing after an interval before its
	 * connection is dropped.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getHeartbeatTimeout() {
		return this.heartbeatTimeout;
	}

	/**
	 * Set how long a peer that is pinged may say nothing after an interval before its
	 * connection is dropped. 0 never drops it. The interval if it is not set.
	 * @param heartbeatTimeout the time, or {@code null} to leave it unset
	 */
	public void setHeartbeatTimeout(@Nullable Duration heartbeatTimeout) {
		this.heartbeatTimeout = heartbeatTimeout;
	}

	/**
	 * Return how long the peer shall wait for pings of this side.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getHeartbeatTtl() {
		return this.heartbeatTtl;
	}

	/**
	 * Set how long the peer shall wait for pings of this side.
	 * @param heartbeatTtl the time, or {@code null} to leave it unset
	 */
	public void setHeartbeatTtl(@Nullable Duration heartbeatTtl) {
		this.heartbeatTtl = heartbeatTtl;
	}

	/**
	 * Return the context that is sent with each ping and returned by the pong, up to 16
	 * bytes.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getHeartbeatContext() {
		return this.heartbeatContext;
	}

	/**
	 * Set the context that is sent with each ping and returned by the pong, up to 16
	 * bytes.
	 * @param heartbeatContext the text, or {@code null} to leave it unset
	 */
	public void setHeartbeatContext(@Nullable String heartbeatContext) {
		this.heartbeatContext = heartbeatContext;
	}

	/**
	 * Return whether only the newest message is kept.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getConflate() {
		return this.conflate;
	}

	/**
	 * Set whether only the newest message is kept. Single-frame messages only.
	 * @param conflate {@code true} if so, or {@code null} to leave it unset
	 */
	public void setConflate(@Nullable Boolean conflate) {
		this.conflate = conflate;
	}

	/**
	 * Return the bit mask of the I/O threads that new connections may use.
	 * @return the number, or {@code null} if it is not set
	 */
	public @Nullable Long getAffinity() {
		return this.affinity;
	}

	/**
	 * Set the bit mask of the I/O threads that new connections may use.
	 * @param affinity the number, or {@code null} to leave it unset
	 */
	public void setAffinity(@Nullable Long affinity) {
		this.affinity = affinity;
	}

	/**
	 * Return the identity that the socket announces to ROUTER peers, 1 to 255 bytes.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getRoutingId() {
		return this.routingId;
	}

	/**
	 * Set the identity that the socket announces to ROUTER peers, 1 to 255 bytes.
	 * @param routingId the text, or {@code null} to leave it unset
	 */
	public void setRoutingId(@Nullable String routingId) {
		this.routingId = routingId;
	}

	/**
	 * Return the identity that the first connected peer gets on this ROUTER or STREAM.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getConnectRoutingId() {
		return this.connectRoutingId;
	}

	/**
	 * Set the identity that the first connected peer gets on this ROUTER or STREAM.
	 * @param connectRoutingId the text, or {@code null} to leave it unset
	 */
	public void setConnectRoutingId(@Nullable String connectRoutingId) {
		this.connectRoutingId = connectRoutingId;
	}

	/**
	 * Return whether a message for an unknown peer is an error rather than dropped.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getRouterMandatory() {
		return this.routerMandatory;
	}

	/**
	 * Set whether a message for an unknown peer is an error rather than dropped.
	 * @param routerMandatory {@code true} if so, or {@code null} to leave it unset
	 */
	public void setRouterMandatory(@Nullable Boolean routerMandatory) {
		this.routerMandatory = routerMandatory;
	}

	/**
	 * Return whether a second peer of the same identity takes over from the first.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getRouterHandover() {
		return this.routerHandover;
	}

	/**
	 * Set whether a second peer of the same identity takes over from the first.
	 * @param routerHandover {@code true} if so, or {@code null} to leave it unset
	 */
	public void setRouterHandover(@Nullable Boolean routerHandover) {
		this.routerHandover = routerHandover;
	}

	/**
	 * Return whether a ROUTER speaks raw TCP.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getRouterRaw() {
		return this.routerRaw;
	}

	/**
	 * Set whether a ROUTER speaks raw TCP.
	 * @param routerRaw {@code true} if so, or {@code null} to leave it unset
	 */
	public void setRouterRaw(@Nullable Boolean routerRaw) {
		this.routerRaw = routerRaw;
	}

	/**
	 * Return whether an empty message goes to each new peer.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getProbeRouter() {
		return this.probeRouter;
	}

	/**
	 * Set whether an empty message goes to each new peer.
	 * @param probeRouter {@code true} if so, or {@code null} to leave it unset
	 */
	public void setProbeRouter(@Nullable Boolean probeRouter) {
		this.probeRouter = probeRouter;
	}

	/**
	 * Return whether repeated subscriptions reach the listener of an XPUB.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getXpubVerbose() {
		return this.xpubVerbose;
	}

	/**
	 * Set whether repeated subscriptions reach the listener of an XPUB.
	 * @param xpubVerbose {@code true} if so, or {@code null} to leave it unset
	 */
	public void setXpubVerbose(@Nullable Boolean xpubVerbose) {
		this.xpubVerbose = xpubVerbose;
	}

	/**
	 * Return whether repeated subscriptions and unsubscriptions reach the listener of an
	 * XPUB.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getXpubVerboser() {
		return this.xpubVerboser;
	}

	/**
	 * Set whether repeated subscriptions and unsubscriptions reach the listener of an
	 * XPUB.
	 * @param xpubVerboser {@code true} if so, or {@code null} to leave it unset
	 */
	public void setXpubVerboser(@Nullable Boolean xpubVerboser) {
		this.xpubVerboser = xpubVerboser;
	}

	/**
	 * Return whether a full subscriber makes the send wait rather than lose the message.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getXpubNoDrop() {
		return this.xpubNoDrop;
	}

	/**
	 * Set whether a full subscriber makes the send wait rather than lose the message.
	 * @param xpubNoDrop {@code true} if so, or {@code null} to leave it unset
	 */
	public void setXpubNoDrop(@Nullable Boolean xpubNoDrop) {
		this.xpubNoDrop = xpubNoDrop;
	}

	/**
	 * Return a value that is refused when the application starts: JeroMQ loses
	 * subscriptions in manual mode.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getXpubManual() {
		return this.xpubManual;
	}

	/**
	 * Set a value that is refused when the application starts: JeroMQ loses subscriptions
	 * in manual mode.
	 * @param xpubManual the text, or {@code null} to leave it unset
	 */
	public void setXpubManual(@Nullable String xpubManual) {
		this.xpubManual = xpubManual;
	}

	/**
	 * Return whether messages go to completed connections only.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getImmediate() {
		return this.immediate;
	}

	/**
	 * Set whether messages go to completed connections only.
	 * @param immediate {@code true} if so, or {@code null} to leave it unset
	 */
	public void setImmediate(@Nullable Boolean immediate) {
		this.immediate = immediate;
	}

	/**
	 * Return whether IPv6 is used.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getIpv6() {
		return this.ipv6;
	}

	/**
	 * Set whether IPv6 is used.
	 * @param ipv6 {@code true} if so, or {@code null} to leave it unset
	 */
	public void setIpv6(@Nullable Boolean ipv6) {
		this.ipv6 = ipv6;
	}

	/**
	 * Return whether TCP keep-alive is on, which notices peers that are gone without a
	 * word.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getTcpKeepAlive() {
		return this.tcpKeepAlive;
	}

	/**
	 * Set whether TCP keep-alive is on, which notices peers that are gone without a word.
	 * On if it is not set.
	 * @param tcpKeepAlive {@code true} if so, or {@code null} to leave it unset
	 */
	public void setTcpKeepAlive(@Nullable Boolean tcpKeepAlive) {
		this.tcpKeepAlive = tcpKeepAlive;
	}

	/**
	 * Return the number of TCP keep-alive probes.
	 * @return the number, or {@code null} if it is not set
	 */
	public @Nullable Integer getTcpKeepAliveCount() {
		return this.tcpKeepAliveCount;
	}

	/**
	 * Set the number of TCP keep-alive probes. 6 if it is not set.
	 * @param tcpKeepAliveCount the number, or {@code null} to leave it unset
	 */
	public void setTcpKeepAliveCount(@Nullable Integer tcpKeepAliveCount) {
		this.tcpKeepAliveCount = tcpKeepAliveCount;
	}

	/**
	 * Return the idle time before TCP keep-alive probes, in whole seconds.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getTcpKeepAliveIdle() {
		return this.tcpKeepAliveIdle;
	}

	/**
	 * Set the idle time before TCP keep-alive probes, in whole seconds. 60s if it is not
	 * set.
	 * @param tcpKeepAliveIdle the time, or {@code null} to leave it unset
	 */
	public void setTcpKeepAliveIdle(@Nullable Duration tcpKeepAliveIdle) {
		this.tcpKeepAliveIdle = tcpKeepAliveIdle;
	}

	/**
	 * Return the time between TCP keep-alive probes, in whole seconds.
	 * @return the time, or {@code null} if it is not set
	 */
	public @Nullable Duration getTcpKeepAliveInterval() {
		return this.tcpKeepAliveInterval;
	}

	/**
	 * Set the time between TCP keep-alive probes, in whole seconds. 10s if it is not set.
	 * @param tcpKeepAliveInterval the time, or {@code null} to leave it unset
	 */
	public void setTcpKeepAliveInterval(@Nullable Duration tcpKeepAliveInterval) {
		this.tcpKeepAliveInterval = tcpKeepAliveInterval;
	}

	/**
	 * Return the send buffer of the kernel.
	 * @return the size, or {@code null} if it is not set
	 */
	public @Nullable DataSize getSendBufferSize() {
		return this.sendBufferSize;
	}

	/**
	 * Set the send buffer of the kernel. Only for sockets that do not bind.
	 * @param sendBufferSize the size, or {@code null} to leave it unset
	 */
	public void setSendBufferSize(@Nullable DataSize sendBufferSize) {
		this.sendBufferSize = sendBufferSize;
	}

	/**
	 * Return the permissions of the files of ipc endpoints that are bound, such as
	 * rw-rw----.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getIpcPermissions() {
		return this.ipcPermissions;
	}

	/**
	 * Set the permissions of the files of ipc endpoints that are bound, such as
	 * rw-rw----.
	 * @param ipcPermissions the text, or {@code null} to leave it unset
	 */
	public void setIpcPermissions(@Nullable String ipcPermissions) {
		this.ipcPermissions = ipcPermissions;
	}

	/**
	 * Return the receive buffer of the kernel.
	 * @return the size, or {@code null} if it is not set
	 */
	public @Nullable DataSize getReceiveBufferSize() {
		return this.receiveBufferSize;
	}

	/**
	 * Set the receive buffer of the kernel.
	 * @param receiveBufferSize the size, or {@code null} to leave it unset
	 */
	public void setReceiveBufferSize(@Nullable DataSize receiveBufferSize) {
		this.receiveBufferSize = receiveBufferSize;
	}

	/**
	 * Return the size from which on received frames are held outside the heap.
	 * @return the size, or {@code null} if it is not set
	 */
	public @Nullable DataSize getMsgAllocationHeapThreshold() {
		return this.msgAllocationHeapThreshold;
	}

	/**
	 * Set the size from which on received frames are held outside the heap.
	 * @param msgAllocationHeapThreshold the size, or {@code null} to leave it unset
	 */
	public void setMsgAllocationHeapThreshold(@Nullable DataSize msgAllocationHeapThreshold) {
		this.msgAllocationHeapThreshold = msgAllocationHeapThreshold;
	}

	/**
	 * Return the metadata property under which the view that the peer has of our address
	 * is kept.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getSelfAddressPropertyName() {
		return this.selfAddressPropertyName;
	}

	/**
	 * Set the metadata property under which the view that the peer has of our address is
	 * kept.
	 * @param selfAddressPropertyName the text, or {@code null} to leave it unset
	 */
	public void setSelfAddressPropertyName(@Nullable String selfAddressPropertyName) {
		this.selfAddressPropertyName = selfAddressPropertyName;
	}

	/**
	 * Return the message that is sent to each new peer by itself.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getHelloMessage() {
		return this.helloMessage;
	}

	/**
	 * Set the message that is sent to each new peer by itself.
	 * @param helloMessage the text, or {@code null} to leave it unset
	 */
	public void setHelloMessage(@Nullable String helloMessage) {
		this.helloMessage = helloMessage;
	}

	/**
	 * Return the message that is received when a peer that had connected goes away.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getDisconnectMessage() {
		return this.disconnectMessage;
	}

	/**
	 * Set the message that is received when a peer that had connected goes away.
	 * @param disconnectMessage the text, or {@code null} to leave it unset
	 */
	public void setDisconnectMessage(@Nullable String disconnectMessage) {
		this.disconnectMessage = disconnectMessage;
	}

	/**
	 * Return the message that is received when a connection that this side made is lost.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getHiccupMessage() {
		return this.hiccupMessage;
	}

	/**
	 * Set the message that is received when a connection that this side made is lost.
	 * @param hiccupMessage the text, or {@code null} to leave it unset
	 */
	public void setHiccupMessage(@Nullable String hiccupMessage) {
		this.hiccupMessage = hiccupMessage;
	}

	/**
	 * Return a value that is refused when the application starts: JeroMQ writes it into
	 * the send buffer size.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getTos() {
		return this.tos;
	}

	/**
	 * Set a value that is refused when the application starts: JeroMQ writes it into the
	 * send buffer size.
	 * @param tos the text, or {@code null} to leave it unset
	 */
	public void setTos(@Nullable String tos) {
		this.tos = tos;
	}

	/**
	 * Return a value that is refused when the application starts: JeroMQ has no SOCKS
	 * client.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getSocksProxy() {
		return this.socksProxy;
	}

	/**
	 * Set a value that is refused when the application starts: JeroMQ has no SOCKS
	 * client.
	 * @param socksProxy the text, or {@code null} to leave it unset
	 */
	public void setSocksProxy(@Nullable String socksProxy) {
		this.socksProxy = socksProxy;
	}

	/**
	 * Return a value that is refused when the application starts: JeroMQ has no multicast
	 * transport.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getRate() {
		return this.rate;
	}

	/**
	 * Set a value that is refused when the application starts: JeroMQ has no multicast
	 * transport.
	 * @param rate the text, or {@code null} to leave it unset
	 */
	public void setRate(@Nullable String rate) {
		this.rate = rate;
	}

	/**
	 * Return a value that is refused when the application starts: JeroMQ has no multicast
	 * transport.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getRecoveryInterval() {
		return this.recoveryInterval;
	}

	/**
	 * Set a value that is refused when the application starts: JeroMQ has no multicast
	 * transport.
	 * @param recoveryInterval the text, or {@code null} to leave it unset
	 */
	public void setRecoveryInterval(@Nullable String recoveryInterval) {
		this.recoveryInterval = recoveryInterval;
	}

	/**
	 * Return a value that is refused when the application starts: JeroMQ has no multicast
	 * transport.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getMulticastHops() {
		return this.multicastHops;
	}

	/**
	 * Set a value that is refused when the application starts: JeroMQ has no multicast
	 * transport.
	 * @param multicastHops the text, or {@code null} to leave it unset
	 */
	public void setMulticastHops(@Nullable String multicastHops) {
		this.multicastHops = multicastHops;
	}

	/**
	 * Return a value that is refused when the application starts: JeroMQ has no multicast
	 * transport.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getMulticastLoop() {
		return this.multicastLoop;
	}

	/**
	 * Set a value that is refused when the application starts: JeroMQ has no multicast
	 * transport.
	 * @param multicastLoop the text, or {@code null} to leave it unset
	 */
	public void setMulticastLoop(@Nullable String multicastLoop) {
		this.multicastLoop = multicastLoop;
	}

	/**
	 * Return whether requests carry an id in their return path, so that many may be
	 * pending at once.
	 * @return {@code true} if so, or {@code null} if it is not set
	 */
	public @Nullable Boolean getReqCorrelate() {
		return this.reqCorrelate;
	}

	/**
	 * Set whether requests carry an id in their return path, so that many may be pending
	 * at once. Without it a req socket sends what ZeroMQ's REQ sends by default, one
	 * request a connection at a time.
	 * @param reqCorrelate {@code true} if so, or {@code null} to leave it unset
	 */
	public void setReqCorrelate(@Nullable Boolean reqCorrelate) {
		this.reqCorrelate = reqCorrelate;
	}

	/**
	 * Return a value that is refused when the application starts: a req socket takes any
	 * number of requests at once.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getReqRelaxed() {
		return this.reqRelaxed;
	}

	/**
	 * Set a value that is refused when the application starts: a req socket takes any
	 * number of requests at once.
	 * @param reqRelaxed the text, or {@code null} to leave it unset
	 */
	public void setReqRelaxed(@Nullable String reqRelaxed) {
		this.reqRelaxed = reqRelaxed;
	}

	/**
	 * Return a value that is refused when the application starts: ZeroMQ has no disk
	 * offload.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getSwap() {
		return this.swap;
	}

	/**
	 * Set a value that is refused when the application starts: ZeroMQ has no disk
	 * offload.
	 * @param swap the text, or {@code null} to leave it unset
	 */
	public void setSwap(@Nullable String swap) {
		this.swap = swap;
	}

}
