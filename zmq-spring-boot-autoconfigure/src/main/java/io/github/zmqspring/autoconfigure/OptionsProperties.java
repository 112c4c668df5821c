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

	public @Nullable Duration getLinger() {
		return this.linger;
	}

	public void setLinger(@Nullable Duration linger) {
		this.linger = linger;
	}

	public @Nullable Duration getSendTimeout() {
		return this.sendTimeout;
	}

	public void setSendTimeout(@Nullable Duration sendTimeout) {
		this.sendTimeout = sendTimeout;
	}

	public @Nullable Duration getReceiveTimeout() {
		return this.receiveTimeout;
	}

	public void setReceiveTimeout(@Nullable Duration receiveTimeout) {
		this.receiveTimeout = receiveTimeout;
	}

	public @Nullable Integer getSendHwm() {
		return this.sendHwm;
	}

	public void setSendHwm(@Nullable Integer sendHwm) {
		this.sendHwm = sendHwm;
	}

	public @Nullable Integer getReceiveHwm() {
		return this.receiveHwm;
	}

	public void setReceiveHwm(@Nullable Integer receiveHwm) {
		this.receiveHwm = receiveHwm;
	}

	public @Nullable DataSize getMaxMessageSize() {
		return this.maxMessageSize;
	}

	public void setMaxMessageSize(@Nullable DataSize maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	public @Nullable Integer getMaxFrames() {
		return this.maxFrames;
	}

	public void setMaxFrames(@Nullable Integer maxFrames) {
		this.maxFrames = maxFrames;
	}

	public @Nullable DataSize getMaxCommandSize() {
		return this.maxCommandSize;
	}

	public void setMaxCommandSize(@Nullable DataSize maxCommandSize) {
		this.maxCommandSize = maxCommandSize;
	}

	public @Nullable DataSize getMaxTopicSize() {
		return this.maxTopicSize;
	}

	public void setMaxTopicSize(@Nullable DataSize maxTopicSize) {
		this.maxTopicSize = maxTopicSize;
	}

	public @Nullable Integer getMaxSubscriptions() {
		return this.maxSubscriptions;
	}

	public void setMaxSubscriptions(@Nullable Integer maxSubscriptions) {
		this.maxSubscriptions = maxSubscriptions;
	}

	public @Nullable Duration getReconnectInterval() {
		return this.reconnectInterval;
	}

	public void setReconnectInterval(@Nullable Duration reconnectInterval) {
		this.reconnectInterval = reconnectInterval;
	}

	public @Nullable Duration getReconnectIntervalMax() {
		return this.reconnectIntervalMax;
	}

	public void setReconnectIntervalMax(@Nullable Duration reconnectIntervalMax) {
		this.reconnectIntervalMax = reconnectIntervalMax;
	}

	public @Nullable Integer getBacklog() {
		return this.backlog;
	}

	public void setBacklog(@Nullable Integer backlog) {
		this.backlog = backlog;
	}

	public @Nullable Duration getHandshakeInterval() {
		return this.handshakeInterval;
	}

	public void setHandshakeInterval(@Nullable Duration handshakeInterval) {
		this.handshakeInterval = handshakeInterval;
	}

	public @Nullable Duration getHeartbeatInterval() {
		return this.heartbeatInterval;
	}

	public void setHeartbeatInterval(@Nullable Duration heartbeatInterval) {
		this.heartbeatInterval = heartbeatInterval;
	}

	public @Nullable Duration getHeartbeatTimeout() {
		return this.heartbeatTimeout;
	}

	public void setHeartbeatTimeout(@Nullable Duration heartbeatTimeout) {
		this.heartbeatTimeout = heartbeatTimeout;
	}

	public @Nullable Duration getHeartbeatTtl() {
		return this.heartbeatTtl;
	}

	public void setHeartbeatTtl(@Nullable Duration heartbeatTtl) {
		this.heartbeatTtl = heartbeatTtl;
	}

	public @Nullable String getHeartbeatContext() {
		return this.heartbeatContext;
	}

	public void setHeartbeatContext(@Nullable String heartbeatContext) {
		this.heartbeatContext = heartbeatContext;
	}

	public @Nullable Boolean getConflate() {
		return this.conflate;
	}

	public void setConflate(@Nullable Boolean conflate) {
		this.conflate = conflate;
	}

	public @Nullable Long getAffinity() {
		return this.affinity;
	}

	public void setAffinity(@Nullable Long affinity) {
		this.affinity = affinity;
	}

	public @Nullable String getRoutingId() {
		return this.routingId;
	}

	public void setRoutingId(@Nullable String routingId) {
		this.routingId = routingId;
	}

	public @Nullable String getConnectRoutingId() {
		return this.connectRoutingId;
	}

	public void setConnectRoutingId(@Nullable String connectRoutingId) {
		this.connectRoutingId = connectRoutingId;
	}

	public @Nullable Boolean getRouterMandatory() {
		return this.routerMandatory;
	}

	public void setRouterMandatory(@Nullable Boolean routerMandatory) {
		this.routerMandatory = routerMandatory;
	}

	public @Nullable Boolean getRouterHandover() {
		return this.routerHandover;
	}

	public void setRouterHandover(@Nullable Boolean routerHandover) {
		this.routerHandover = routerHandover;
	}

	public @Nullable Boolean getRouterRaw() {
		return this.routerRaw;
	}

	public void setRouterRaw(@Nullable Boolean routerRaw) {
		this.routerRaw = routerRaw;
	}

	public @Nullable Boolean getProbeRouter() {
		return this.probeRouter;
	}

	public void setProbeRouter(@Nullable Boolean probeRouter) {
		this.probeRouter = probeRouter;
	}

	public @Nullable Boolean getXpubVerbose() {
		return this.xpubVerbose;
	}

	public void setXpubVerbose(@Nullable Boolean xpubVerbose) {
		this.xpubVerbose = xpubVerbose;
	}

	public @Nullable Boolean getXpubVerboser() {
		return this.xpubVerboser;
	}

	public void setXpubVerboser(@Nullable Boolean xpubVerboser) {
		this.xpubVerboser = xpubVerboser;
	}

	public @Nullable Boolean getXpubNoDrop() {
		return this.xpubNoDrop;
	}

	public void setXpubNoDrop(@Nullable Boolean xpubNoDrop) {
		this.xpubNoDrop = xpubNoDrop;
	}

	public @Nullable String getXpubManual() {
		return this.xpubManual;
	}

	public void setXpubManual(@Nullable String xpubManual) {
		this.xpubManual = xpubManual;
	}

	public @Nullable Boolean getImmediate() {
		return this.immediate;
	}

	public void setImmediate(@Nullable Boolean immediate) {
		this.immediate = immediate;
	}

	public @Nullable Boolean getIpv6() {
		return this.ipv6;
	}

	public void setIpv6(@Nullable Boolean ipv6) {
		this.ipv6 = ipv6;
	}

	public @Nullable Boolean getTcpKeepAlive() {
		return this.tcpKeepAlive;
	}

	public void setTcpKeepAlive(@Nullable Boolean tcpKeepAlive) {
		this.tcpKeepAlive = tcpKeepAlive;
	}

	public @Nullable Integer getTcpKeepAliveCount() {
		return this.tcpKeepAliveCount;
	}

	public void setTcpKeepAliveCount(@Nullable Integer tcpKeepAliveCount) {
		this.tcpKeepAliveCount = tcpKeepAliveCount;
	}

	public @Nullable Duration getTcpKeepAliveIdle() {
		return this.tcpKeepAliveIdle;
	}

	public void setTcpKeepAliveIdle(@Nullable Duration tcpKeepAliveIdle) {
		this.tcpKeepAliveIdle = tcpKeepAliveIdle;
	}

	public @Nullable Duration getTcpKeepAliveInterval() {
		return this.tcpKeepAliveInterval;
	}

	public void setTcpKeepAliveInterval(@Nullable Duration tcpKeepAliveInterval) {
		this.tcpKeepAliveInterval = tcpKeepAliveInterval;
	}

	public @Nullable DataSize getSendBufferSize() {
		return this.sendBufferSize;
	}

	public void setSendBufferSize(@Nullable DataSize sendBufferSize) {
		this.sendBufferSize = sendBufferSize;
	}

	public @Nullable String getIpcPermissions() {
		return this.ipcPermissions;
	}

	public void setIpcPermissions(@Nullable String ipcPermissions) {
		this.ipcPermissions = ipcPermissions;
	}

	public @Nullable DataSize getReceiveBufferSize() {
		return this.receiveBufferSize;
	}

	public void setReceiveBufferSize(@Nullable DataSize receiveBufferSize) {
		this.receiveBufferSize = receiveBufferSize;
	}

	public @Nullable DataSize getMsgAllocationHeapThreshold() {
		return this.msgAllocationHeapThreshold;
	}

	public void setMsgAllocationHeapThreshold(@Nullable DataSize msgAllocationHeapThreshold) {
		this.msgAllocationHeapThreshold = msgAllocationHeapThreshold;
	}

	public @Nullable String getSelfAddressPropertyName() {
		return this.selfAddressPropertyName;
	}

	public void setSelfAddressPropertyName(@Nullable String selfAddressPropertyName) {
		this.selfAddressPropertyName = selfAddressPropertyName;
	}

	public @Nullable String getHelloMessage() {
		return this.helloMessage;
	}

	public void setHelloMessage(@Nullable String helloMessage) {
		this.helloMessage = helloMessage;
	}

	public @Nullable String getDisconnectMessage() {
		return this.disconnectMessage;
	}

	public void setDisconnectMessage(@Nullable String disconnectMessage) {
		this.disconnectMessage = disconnectMessage;
	}

	public @Nullable String getHiccupMessage() {
		return this.hiccupMessage;
	}

	public void setHiccupMessage(@Nullable String hiccupMessage) {
		this.hiccupMessage = hiccupMessage;
	}

	public @Nullable String getTos() {
		return this.tos;
	}

	public void setTos(@Nullable String tos) {
		this.tos = tos;
	}

	public @Nullable String getSocksProxy() {
		return this.socksProxy;
	}

	public void setSocksProxy(@Nullable String socksProxy) {
		this.socksProxy = socksProxy;
	}

	public @Nullable String getRate() {
		return this.rate;
	}

	public void setRate(@Nullable String rate) {
		this.rate = rate;
	}

	public @Nullable String getRecoveryInterval() {
		return this.recoveryInterval;
	}

	public void setRecoveryInterval(@Nullable String recoveryInterval) {
		this.recoveryInterval = recoveryInterval;
	}

	public @Nullable String getMulticastHops() {
		return this.multicastHops;
	}

	public void setMulticastHops(@Nullable String multicastHops) {
		this.multicastHops = multicastHops;
	}

	public @Nullable String getMulticastLoop() {
		return this.multicastLoop;
	}

	public void setMulticastLoop(@Nullable String multicastLoop) {
		this.multicastLoop = multicastLoop;
	}

	public @Nullable Boolean getReqCorrelate() {
		return this.reqCorrelate;
	}

	public void setReqCorrelate(@Nullable Boolean reqCorrelate) {
		this.reqCorrelate = reqCorrelate;
	}

	public @Nullable String getReqRelaxed() {
		return this.reqRelaxed;
	}

	public void setReqRelaxed(@Nullable String reqRelaxed) {
		this.reqRelaxed = reqRelaxed;
	}

	public @Nullable String getSwap() {
		return this.swap;
	}

	public void setSwap(@Nullable String swap) {
		this.swap = swap;
	}

}
