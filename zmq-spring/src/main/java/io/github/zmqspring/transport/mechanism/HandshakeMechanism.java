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

package io.github.zmqspring.transport.mechanism;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.zmqspring.security.SocketAuthentication;
import io.github.zmqspring.security.ZmqAuthenticationDecision;
import io.github.zmqspring.security.ZmqAuthenticationRequest;
import io.github.zmqspring.transport.engine.ConnectionEnd;
import io.github.zmqspring.transport.engine.EngineSettings;
import io.github.zmqspring.transport.engine.PeerAuthentication;
import io.github.zmqspring.transport.engine.SecurityMechanism;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Options;
import zmq.ZError;
import zmq.ZMQ;
import zmq.io.Metadata;
import zmq.io.SessionBase;
import zmq.io.mechanism.Mechanisms;
import zmq.io.net.Address;

/**
 * What the three mechanisms have in common: commands are arrays of bytes, the properties
 * of both peers travel in them, and a server asks whether the client may come in. A ZAP
 * handler that the application has bound to {@code inproc://zeromq.zap.01} (RFC 27) is
 * asked after our own lists, and both must let the client in.
 */
abstract class HandshakeMechanism extends SecurityMechanism {

	private static final Duration HANDLER_TIMEOUT = Duration.ofSeconds(10);

	private static final String MALFORMED = "its handshake is malformed";

	private final String socketName;

	private final @Nullable SocketAuthentication authentication;

	private final boolean secured;

	private final String peerAddress;

	private volatile @Nullable ZmqAuthenticationDecision decision;

	private boolean asksZap;

	private boolean askedZap;

	private boolean ready;

	private @Nullable ZmqAuthenticationRequest request;

	private String userId = "";

	/** Whether the lists let the peer in no more. */
	private volatile boolean revoked;

	/** Run when the connection of a peer that was let in ends. */
	private @Nullable Runnable leaving;

	private @Nullable ConnectionEnd refusal;

	/** Whether the peer still has to get the refusal before the connection ends. */
	private boolean refusalPending;

	HandshakeMechanism(MechanismSettings settings, SessionBase session, Address peer, Options options) {
		super(session, peer, options);
		this.socketName = settings.socket();
		this.authentication = settings.authentication();
		this.secured = settings.isSecured();
		this.peerAddress = (peer != null) ? peer.host() : "";
	}

	/** Take a command of the peer. */
	abstract void receive(byte[] command) throws HandshakeFailure;

	/** Make the next command, or {@code null} if the peer has its turn. */
	abstract byte @Nullable [] send();

	/** Go on with a peer that is let in. */
	abstract void allowed();

	/** Prepare the command that refuses the client, and return whether there is one. */
	abstract boolean tellRefusal(String status);

	/** Write the frames of a ZAP request that are this mechanism's own. */
	abstract void writeCredentials();

	abstract boolean hasCredentials();

	abstract Mechanisms mechanism();

	@Override
	public final int processHandshakeCommand(Msg command) {
		byte[] bytes = new byte[command.size()];
		command.getBytes(0, bytes, 0, bytes.length);
		try {
			receive(bytes);
			return 0;
		}
		catch (HandshakeFailure ex) {
			this.refusal = new ConnectionEnd(ex.reason(), String.valueOf(ex.getMessage()));
			return 0;
		}
	}

	@Override
	public final int nextHandshakeCommand(Msg command) {
		byte[] bytes = send();
		if (bytes == null) {
			return ZError.EAGAIN;
		}
		command.put(bytes);
		this.refusalPending = false;
		return 0;
	}

	@Override
	public final Status status() {
		if (this.refusal != null && !this.refusalPending) {
			return Status.ERROR;
		}
		return (this.ready) ? Status.READY : Status.HANDSHAKING;
	}

	@Override
	protected final @Nullable ConnectionEnd refusal() {
		return this.refusal;
	}

	final void ready() {
		this.ready = true;
		SocketAuthentication lists = this.authentication;
		ZmqAuthenticationRequest admitted = this.request;
		this.request = null;
		if (lists != null && admitted != null) {
			this.leaving = lists.admit(admitted, () -> {
				this.revoked = true;
				resume();
			});
		}
	}

	@Override
	protected final @Nullable PeerAuthentication authentication() {
		return (this.secured || this.askedZap) ? new PeerAuthentication((this.userId.isEmpty()) ? null : this.userId)
				: null;
	}

	@Override
	public final void destroy() {
		Runnable admission = this.leaving;
		this.leaving = null;
		if (admission != null) {
			admission.run();
		}
	}

	/** The server refused us. */
	final void refused(String status) {
		int code = (status.matches("[345]00")) ? Integer.parseInt(status) : 0;
		this.refusal = ConnectionEnd.refused(code,
				"the server refused us" + ((code != 0) ? " (" + code + ")" : " without a known status"));
	}

	// the decision of a server

	final void ask(ZmqAuthenticationRequest request) {
		SocketAuthentication lists = this.authentication;
		if (lists == null) {
			answer(ZmqAuthenticationDecision.allow(""));
			return;
		}
		this.request = request;
		lists.decide(request, this::answer);
	}

	final String socketName() {
		return this.socketName;
	}

	final String peerAddress() {
		return this.peerAddress;
	}

	final String domain() {
		return (this.options.zapDomain != null) ? this.options.zapDomain : "";
	}

	private void answer(ZmqAuthenticationDecision answer) {
		this.decision = answer;
		resume();
	}

	/** Take a decision that came at once, on this thread. */
	final void proceedIfDecided() {
		resumed();
	}

	@Override
	protected final void resumed() {
		if (this.revoked && this.refusal == null) {
			this.refusal = ConnectionEnd.refused(0, "the lists let it in no more: its key or user was removed");
			return;
		}
		ZmqAuthenticationDecision made = this.decision;
		if (made == null || this.asksZap || this.refusal != null || this.ready) {
			return;
		}
		this.decision = null;
		if (!made.isAllowed()) {
			refuse(made.status(), (made.reason() != null) ? made.reason() : "it was refused");
			return;
		}
		this.userId = made.userId();
		if (isZapWanted() && this.session.zapConnect() == 0) {
			this.asksZap = true;
			this.askedZap = true;
			sendZapRequest(mechanism(), hasCredentials());
			writeCredentials();
			zapMsgAvailable();
		}
		else {
			letIn();
		}
	}

	@Override
	protected final boolean awaitsHandler() {
		return this.asksZap;
	}

	@Override
	protected final Duration handlerTimeout() {
		SocketAuthentication lists = this.authentication;
		return (lists != null) ? lists.timeout() : HANDLER_TIMEOUT;
	}

	@Override
	protected final void handlerTimedOut() {
		this.asksZap = false;
		refuse(500, "the ZAP handler did not answer in time");
	}

	private void letIn() {
		if (!this.userId.isEmpty()) {
			this.zapProperties.put(Metadata.USER_ID, this.userId);
		}
		allowed();
	}

	/** As libzmq does: NULL asks only where a domain is set. */
	private boolean isZapWanted() {
		return mechanism() != Mechanisms.NULL || !domain().isEmpty();
	}

	@Override
	public final int zapMsgAvailable() {
		if (!this.asksZap) {
			return ZError.EFSM;
		}
		int error = receiveAndProcessZapReply();
		if (error == ZError.EAGAIN) {
			return 0;
		}
		this.asksZap = false;
		if (error != 0) {
			refuse(500, "the ZAP handler's reply is malformed");
		}
		else if ("200".equals(this.statusCode)) {
			String named = this.zapProperties.get(Metadata.USER_ID);
			if (named != null && !named.isEmpty()) {
				this.userId = named;
			}
			letIn();
		}
		else if (this.statusCode != null && this.statusCode.matches("[345]00")) {
			refuse(Integer.parseInt(this.statusCode), "the ZAP handler refused it");
		}
		else {
			refuse(500, "the ZAP handler's reply has no known status");
		}
		return 0;
	}

	private void refuse(int status, String reason) {
		// libzmq's clients come again after a connection that ends without a word
		this.refusalPending = status != 300 && tellRefusal(String.valueOf(status));
		this.refusal = ConnectionEnd.refused(status, reason);
	}

	final void writeZap(byte[] frame, boolean more) {
		Msg message = new Msg(frame);
		message.setFlags((more) ? Msg.MORE : 0);
		this.session.writeZapMsg(message);
	}

	// properties

	final byte[] ownMetadata() {
		ByteArrayOutputStream properties = new ByteArrayOutputStream();
		property(properties, Metadata.SOCKET_TYPE, socketType().getBytes(StandardCharsets.US_ASCII));
		if (this.options.type == ZMQ.ZMQ_REQ || this.options.type == ZMQ.ZMQ_DEALER
				|| this.options.type == ZMQ.ZMQ_ROUTER) {
			byte[] identity = new byte[this.options.identitySize];
			if (identity.length > 0) {
				System.arraycopy(this.options.identity, 0, identity, 0, identity.length);
			}
			property(properties, Metadata.IDENTITY, identity);
		}
		return properties.toByteArray();
	}

	private static void property(ByteArrayOutputStream properties, String name, byte[] value) {
		byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
		properties.write(bytes.length);
		properties.writeBytes(bytes);
		properties.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
		properties.writeBytes(value);
	}

	/** Take the properties of the peer. As with libzmq, it need not say its type. */
	final void acceptMetadata(byte[] received) throws HandshakeFailure {
		byte[] properties = PeerProperties.named(received);
		int error = parseMetadata(ByteBuffer.wrap(properties), 0, false);
		if (error == ZError.EINVAL) {
			throw new HandshakeFailure(ConnectionEnd.Reason.SOCKET_TYPE,
					"the peer is a %s, which does not fit a %s".formatted(name(typeOf(properties)),
							EngineSettings.socketType(this.session.getSocket(), this.options)));
		}
		if (error != 0) {
			throw new HandshakeFailure(MALFORMED);
		}
	}

	private static @Nullable String typeOf(byte[] properties) {
		Metadata all = new Metadata();
		all.read(ByteBuffer.wrap(properties), 0, null);
		return all.get(Metadata.SOCKET_TYPE);
	}

	/** A stranger's text is shown only if it is a name. */
	private static String name(@Nullable String type) {
		return (type != null && type.matches("[A-Z]{3,7}")) ? type : "socket of a type";
	}

	static HandshakeFailure malformed() {
		return new HandshakeFailure(MALFORMED);
	}

}
