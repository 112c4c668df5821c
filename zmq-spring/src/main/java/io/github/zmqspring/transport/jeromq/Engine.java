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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Options;
import zmq.SocketBase;
import zmq.ZError;
import zmq.ZMQ;
import zmq.io.IEngine;
import zmq.io.IOObject;
import zmq.io.IOThread;
import zmq.io.Metadata;
import zmq.io.SessionBase;
import zmq.io.StreamEngine.ErrorReason;
import zmq.io.mechanism.Mechanism;
import zmq.io.mechanism.Mechanisms;
import zmq.io.net.Address;
import zmq.poll.IPollEvents;
import zmq.poll.Poller;
import zmq.util.Utils;

/**
 * Serves one TCP connection, from its first byte to its end, in the place of JeroMQ's
 * {@code StreamEngine}: greeting, security handshake, frames, heartbeats. Whatever is
 * thrown while it does so ends this connection, and no other. Belongs to an I/O thread,
 * which makes all calls.
 */
final class Engine implements IEngine, IPollEvents {

	/** What one connection may write before the others have their turn. */
	private static final int MOST_AT_ONCE = 1024 * 1024;

	private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final EngineThread thread;

	private final SocketChannel channel;

	private final Options options;

	private final String endpoint;

	private final Greeting greeting;

	private final SocketBase socket;

	private final EngineSettings settings;

	private final HandshakePolicy handshake;

	// set by plug, which comes first

	private SessionBase session;

	private Connection connection;

	private IOObject io;

	private Poller.@Nullable Handle handle;

	private Phase phase = Phase.GREETING;

	private @Nullable Mechanism mechanism;

	private @Nullable Heartbeat heartbeat;

	private @Nullable Metadata metadata;

	private @Nullable FrameDecoder decoder;

	private @Nullable FrameEncoder encoder;

	/** What was received, and waits until the socket takes messages again. */
	private @Nullable ByteBuffer unread;

	/** The message that the socket did not take. */
	private @Nullable Msg refused;

	/** What is written, while there is anything. */
	private @Nullable ByteBuffer out;

	/** What is left of a message of raw TCP. */
	private @Nullable ByteBuffer rawRest;

	private boolean outputStopped;

	private boolean pollsOut;

	/** The peer, or the network, has not taken all of the last write. */
	private boolean outputBlocked;

	/** The peer takes nothing more; what it sent before may still be there to be read. */
	private boolean outputBroken;

	/** A peer of ZMTP 3 is not sent a frame of it. */
	private boolean identitySent = true;

	private boolean credentialPushed;

	private boolean signOfLife;

	private boolean closing;

	private boolean ended;

	private Ticks.@Nullable Tick deadline;

	@SuppressWarnings("NullAway.Init") // JeroMQ calls plug before anything else
	Engine(EngineThread thread, SocketBase socket, SocketChannel channel, Options options, String endpoint) {
		this.thread = thread;
		this.socket = socket;
		this.settings = EngineSettings.of(socket);
		this.handshake = this.settings.handshake().apply(options);
		this.channel = channel;
		this.options = options;
		this.endpoint = endpoint;
		this.greeting = new Greeting(options);
	}

	boolean attachesLate() {
		return !isRaw() && this.handshake.attachesLate();
	}

	private boolean isRaw() {
		return this.options.rawSocket;
	}

	boolean isRegistered(Selector selector) {
		return this.ended || MailboxHandler.isRegistered(this.channel, selector);
	}

	@Override
	public void plug(IOThread ioThread, SessionBase session) {
		this.session = session;
		this.connection = new Connection(this.endpoint, this.channel, remote(), !Sessions.connects(session));
		this.io = new IOObject(ioThread, this);
		this.io.plug();
		this.handle = this.io.addFd(this.channel);
		try {
			begin();
			this.io.setPollIn(this.handle);
			pollOut();
			read();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void begin() {
		if (isRaw()) {
			this.phase = Phase.RAW;
			this.metadata = metadata(null);
			// an empty message tells of the connection
			pushRaw(new Msg());
			this.session.flush();
			this.settings.listener().ready(this.connection);
			return;
		}
		long timeout = this.handshake.timeoutMillis();
		if (timeout > 0) {
			this.deadline = this.thread.ticks()
				.schedule(
						() -> end(ErrorReason.TIMEOUT,
								new ConnectionEnd(ConnectionEnd.Reason.HANDSHAKE_TIMEOUT,
										"the handshake was not over after " + timeout + " ms")),
						TimeUnit.MILLISECONDS.toNanos(timeout));
		}
	}

	private @Nullable InetSocketAddress remote() {
		try {
			return (this.channel.getRemoteAddress() instanceof InetSocketAddress address) ? address : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	// ways in, none of which may throw

	@Override
	public void inEvent() {
		if (!this.ended) {
			try {
				read();
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
	}

	@Override
	public void outEvent() {
		if (!this.ended) {
			try {
				write();
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
	}

	/** The socket takes messages again. */
	@Override
	public void restartInput() {
		if (!this.ended && isInputStopped()) {
			try {
				resumeInput();
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
	}

	/** The socket has messages to send. */
	@Override
	public void restartOutput() {
		if (!this.ended) {
			try {
				resumeOutput();
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
	}

	/** The authenticator has answered. */
	@Override
	public void zapMsgAvailable() {
		if (!this.ended) {
			try {
				authenticated();
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
	}

	/** The session ends, and with it the connection. */
	@Override
	public void terminate() {
		if (!this.ended) {
			this.ended = true;
			release();
			tell(new ConnectionEnd(ConnectionEnd.Reason.LOCAL, "the socket was closed on our side"));
		}
	}

	@Override
	public String getEndPoint() {
		return this.endpoint;
	}

	// input

	private void read() throws IOException {
		if (isInputStopped()) {
			return;
		}
		ByteBuffer body = (this.decoder != null) ? this.decoder.target() : null;
		ByteBuffer buffer = (body != null) ? body : this.thread.readBuffer();
		int count;
		try {
			count = this.channel.read(buffer);
		}
		catch (IOException ex) {
			count = -1;
		}
		if (count < 0) {
			end(ErrorReason.CONNECTION, new ConnectionEnd(ConnectionEnd.Reason.PEER, "the peer closed the connection"));
			return;
		}
		if (count == 0) {
			return;
		}
		this.signOfLife = true;
		if (body != null) {
			Msg message = Objects.requireNonNull(this.decoder).filled();
			if (message != null && !receive(message)) {
				stopInput(message, ByteBuffer.allocate(0));
			}
		}
		else {
			decode(buffer.flip());
		}
		if (!this.ended) {
			this.session.flush();
		}
	}

	private void decode(ByteBuffer data) {
		if (this.phase == Phase.RAW) {
			Msg message = new Msg(data.remaining());
			message.put(data);
			if (!pushRaw(message)) {
				stopInput(message, data);
			}
			return;
		}
		if (this.phase == Phase.GREETING) {
			Greeting.Version version = this.greeting.read(data);
			if (version == null) {
				pollOut();
				return;
			}
			greeted(version);
			if (this.ended) {
				return;
			}
			if (version == Greeting.Version.UNVERSIONED) {
				decodeFrames(this.greeting.notGreeting());
			}
		}
		decodeFrames(data);
	}

	private void decodeFrames(ByteBuffer data) {
		FrameDecoder decoder = Objects.requireNonNull(this.decoder);
		while (data.hasRemaining() && !this.ended) {
			Msg message = decoder.decode(data);
			if (message == null) {
				return;
			}
			if (!receive(message)) {
				stopInput(message, data);
				return;
			}
		}
	}

	/** The buffer belongs to all connections of the thread, so the rest is copied. */
	private void stopInput(Msg message, ByteBuffer rest) {
		if (this.ended) {
			return;
		}
		if (this.refused == null) {
			this.refused = message;
		}
		this.unread = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
		if (this.handle != null) {
			this.io.resetPollIn(this.handle);
		}
	}

	private boolean isInputStopped() {
		return this.refused != null;
	}

	private void resumeInput() throws IOException {
		Msg message = Objects.requireNonNull(this.refused);
		this.refused = null;
		if (!push(message)) {
			this.refused = message;
			this.session.flush();
			return;
		}
		ByteBuffer rest = this.unread;
		this.unread = null;
		if (rest != null && this.phase != Phase.RAW) {
			decodeFrames(rest);
		}
		if (this.ended) {
			return;
		}
		this.session.flush();
		if (!isInputStopped() && this.handle != null) {
			this.io.setPollIn(this.handle);
			read();
		}
	}

	/** Returns {@code false} if the socket does not take it now. */
	private boolean receive(Msg message) {
		return switch (this.phase) {
			case READY -> receiveReady(message);
			case HANDSHAKE -> receiveHandshake(message);
			case IDENTITY -> receiveIdentity(message);
			default -> throw new IllegalStateException("A frame in phase " + this.phase);
		};
	}

	private boolean receiveReady(Msg frame) {
		Msg message = frame;
		Mechanism security = this.mechanism;
		if (security != null) {
			if (!this.credentialPushed) {
				pushCredential(security);
			}
			message = security.decode(frame);
			if (message == null) {
				throw new FrameException("a message that the security mechanism cannot read");
			}
			if (message.isCommand() && this.heartbeat != null && this.heartbeat.received(message) && !this.closing) {
				sendHeartbeat();
			}
		}
		if (this.metadata != null) {
			message.setMetadata(this.metadata);
		}
		if (push(message)) {
			return true;
		}
		if (!this.ended) {
			this.refused = message;
		}
		return false;
	}

	private void pushCredential(Mechanism security) {
		this.credentialPushed = true;
		if (security.getUserId() != null && security.getUserId().size() > 0) {
			Msg credential = new Msg(security.getUserId().data());
			credential.setFlags(Msg.CREDENTIAL);
			push(credential);
		}
	}

	/**
	 * Returns {@code false} if the socket does not take it now, or the connection ended.
	 */
	private boolean push(Msg message) {
		if (Sessions.push(this.session, message)) {
			return true;
		}
		if (!this.session.errno.is(ZError.EAGAIN)) {
			throw new FrameException("a message that sockets of this type do not send");
		}
		return false;
	}

	private boolean pushRaw(Msg message) {
		if (this.metadata != null) {
			message.setMetadata(this.metadata);
		}
		return push(message);
	}

	// handshake

	private void greeted(Greeting.Version version) {
		boolean old = version == Greeting.Version.UNVERSIONED || version == Greeting.Version.ZMTP_1;
		this.decoder = new FrameDecoder(this.settings.limits().apply(this.options), this.options.allocator, old);
		this.encoder = new FrameEncoder(old);
		if (version == Greeting.Version.ZMTP_3) {
			if (!this.greeting.isSameMechanism()) {
				end(ErrorReason.PROTOCOL,
						new ConnectionEnd(ConnectionEnd.Reason.MECHANISM,
								"the peer's security mechanism is %s, ours is %s".formatted(this.greeting.mechanism(),
										this.options.mechanism)));
				return;
			}
			this.phase = Phase.HANDSHAKE;
			this.mechanism = this.settings.mechanisms()
				.create(this.session, Utils.getPeerIpAddress(this.channel), this.options);
		}
		else {
			if (this.options.mechanism != Mechanisms.NULL
					|| (this.options.zapDomain != null && !this.options.zapDomain.isEmpty())) {
				end(ErrorReason.PROTOCOL, new ConnectionEnd(ConnectionEnd.Reason.MECHANISM,
						"the peer's version of ZMTP knows no security"));
				return;
			}
			this.phase = Phase.IDENTITY;
			this.identitySent = version == Greeting.Version.UNVERSIONED;
		}
		this.socket.eventHandshaken(this.endpoint, version.ordinal());
		resumeOutput();
	}

	private boolean receiveHandshake(Msg command) {
		Mechanism security = Objects.requireNonNull(this.mechanism);
		proceed(security, security.processHandshakeCommand(command));
		return true;
	}

	private void proceed(Mechanism security, int error) {
		if (error != 0 && error != ZError.EAGAIN) {
			handshakeFailed(error);
		}
		else if (security.status() == Mechanism.Status.ERROR) {
			end(ErrorReason.PROTOCOL,
					new ConnectionEnd(ConnectionEnd.Reason.AUTHENTICATION, "the credentials were refused"));
		}
		else {
			readyIfSo(security);
			// our answer goes first: a peer may send messages in the same breath
			resumeOutput();
		}
	}

	private void readyIfSo(Mechanism security) {
		if (this.phase == Phase.HANDSHAKE && security.status() == Mechanism.Status.READY) {
			ready(security.peerIdentity());
		}
	}

	private void handshakeFailed(int error) {
		end(ErrorReason.PROTOCOL,
				(error == ZError.EINVAL)
						? new ConnectionEnd(ConnectionEnd.Reason.SOCKET_TYPE,
								"the peer's socket type does not fit ours")
						: new ConnectionEnd(ConnectionEnd.Reason.PROTOCOL,
								"the peer sent what its security handshake does not allow"));
	}

	private void authenticated() {
		Mechanism security = Objects.requireNonNull(this.mechanism);
		int error = security.zapMsgAvailable();
		proceed(security, (error != ZError.EFSM) ? error : 0);
	}

	private boolean receiveIdentity(Msg identity) {
		ready(identity);
		resumeOutput();
		return true;
	}

	private void ready(Msg identity) {
		this.phase = Phase.READY;
		this.thread.ticks().cancel(this.deadline);
		this.deadline = null;
		if (!Sessions.isAttached(this.session)) {
			Sessions.attachPipe(this.session, this.options);
		}
		if (this.options.recvIdentity) {
			identity.setFlags(Msg.IDENTITY);
			push(identity);
		}
		this.metadata = metadata(this.mechanism);
		if (this.mechanism != null) {
			this.heartbeat = new Heartbeat(this, this.thread.ticks(), this.settings.liveness().apply(this.options),
					this.greeting.minor());
			this.heartbeat.start();
		}
		else if (isUnversionedSubscriber()) {
			// ZeroMQ 2 filters itself, and says nothing
			push(new Msg(new byte[] { 1 }));
		}
		this.session.flush();
		try {
			this.settings.listener().ready(this.connection);
		}
		catch (RuntimeException ex) {
			this.thread.report("A listener of connections failed", ex);
		}
	}

	private boolean isUnversionedSubscriber() {
		return this.greeting.isUnversioned() && (this.options.type == ZMQ.ZMQ_PUB || this.options.type == ZMQ.ZMQ_XPUB);
	}

	private @Nullable Metadata metadata(@Nullable Mechanism security) {
		Metadata made = new Metadata();
		Address peer = Utils.getPeerIpAddress(this.channel);
		if (peer != null && !peer.address().isEmpty()) {
			made.put(Metadata.PEER_ADDRESS, peer.address());
		}
		String own = this.options.selfAddressPropertyName;
		Address self = (own != null && !own.isEmpty()) ? Utils.getLocalIpAddress(this.channel) : null;
		if (self != null && !self.address().isEmpty()) {
			made.put(own, self.address());
		}
		if (security != null) {
			made.set(security.zapProperties);
			made.set(security.zmtpProperties);
		}
		return (made.isEmpty()) ? null : made;
	}

	// output

	private void resumeOutput() {
		if (this.phase != Phase.GREETING) {
			this.outputStopped = false;
			write();
		}
		if (!this.outputStopped) {
			pollOut();
		}
	}

	/** Each change has the poller look at all of its channels. */
	private void pollOut() {
		if (this.handle != null && !this.outputBroken && !this.pollsOut) {
			this.pollsOut = true;
			this.io.setPollOut(this.handle);
		}
	}

	private void stopPollOut() {
		if (this.handle != null && this.pollsOut) {
			this.pollsOut = false;
			this.io.resetPollOut(this.handle);
		}
	}

	private void write() {
		int written = 0;
		while (!this.outputBroken && !this.ended) {
			ByteBuffer buffer = this.out;
			if (buffer == null || !buffer.hasRemaining()) {
				buffer = load();
				if (buffer == null) {
					this.outputStopped = true;
					stopPollOut();
					return;
				}
			}
			int count;
			try {
				count = this.channel.write(buffer);
			}
			catch (IOException ex) {
				// what the peer sent before it went away is still to be read
				this.outputBroken = true;
				stopPollOut();
				return;
			}
			written += count;
			this.signOfLife |= this.outputBlocked && count > 0;
			this.outputBlocked = buffer.hasRemaining();
			if (this.outputBlocked || buffer.limit() < buffer.capacity() || written >= MOST_AT_ONCE) {
				// the next turn of the poller gathers more
				return;
			}
		}
	}

	/** Fill a buffer with what is to be written, or return {@code null} if nothing is. */
	private @Nullable ByteBuffer load() {
		ByteBuffer buffer = (this.out != null) ? this.out.clear() : this.thread.takeWriteBuffer();
		this.out = buffer;
		if (this.phase != Phase.RAW) {
			this.greeting.write(buffer);
		}
		FrameEncoder frames = this.encoder;
		if (this.phase == Phase.RAW) {
			loadRaw(buffer);
		}
		else if (frames != null && !this.greeting.hasMore()) {
			loadFrames(frames, buffer);
		}
		if (this.ended) {
			return null;
		}
		if (buffer.position() == 0) {
			this.out = null;
			this.thread.giveBack(buffer);
			return null;
		}
		return buffer.flip();
	}

	private void loadFrames(FrameEncoder frames, ByteBuffer buffer) {
		if (frames.isBusy()) {
			frames.proceed(buffer);
		}
		while (buffer.hasRemaining() && !this.ended) {
			Msg message = next();
			if (message == null) {
				return;
			}
			frames.encode(message, buffer);
		}
	}

	private void loadRaw(ByteBuffer buffer) {
		ByteBuffer rest = this.rawRest;
		while (buffer.hasRemaining()) {
			if (rest == null || !rest.hasRemaining()) {
				Msg message = Sessions.pull(this.session);
				if (message == null) {
					rest = null;
					break;
				}
				rest = message.buf();
				rest.limit(message.size()).position(0);
			}
			int limit = rest.limit();
			rest.limit(rest.position() + Math.min(rest.remaining(), buffer.remaining()));
			buffer.put(rest);
			rest.limit(limit);
		}
		this.rawRest = rest;
	}

	private @Nullable Msg next() {
		Mechanism security = this.mechanism;
		if (this.phase == Phase.HANDSHAKE && security != null) {
			return nextHandshake(security);
		}
		if (!this.identitySent) {
			return ownIdentity();
		}
		if (this.phase == Phase.IDENTITY) {
			return null;
		}
		Heartbeat beat = this.heartbeat;
		Msg message = (beat != null && beat.hasNext()) ? beat.next() : Sessions.pull(this.session);
		return (message != null && security != null) ? security.encode(message) : message;
	}

	private @Nullable Msg nextHandshake(Mechanism security) {
		if (security.status() != Mechanism.Status.HANDSHAKING) {
			return null;
		}
		Msg.Builder command = new Msg.Builder();
		if (security.nextHandshakeCommand(command) != 0) {
			return null;
		}
		command.setFlags(Msg.COMMAND);
		Msg built = command.build();
		readyIfSo(security);
		return built;
	}

	private Msg ownIdentity() {
		this.identitySent = true;
		Msg identity = new Msg(this.options.identitySize);
		if (this.options.identitySize > 0) {
			identity.put(this.options.identity, 0, this.options.identitySize);
		}
		return identity;
	}

	// heartbeats

	/** Tell whether the peer gave one since the last call, or none could be seen. */
	boolean takeSignOfLife() {
		boolean given = this.signOfLife || isInputStopped();
		this.signOfLife = false;
		return given;
	}

	void sendHeartbeat() {
		restartOutput();
	}

	void silent(long millis) {
		end(ErrorReason.TIMEOUT,
				new ConnectionEnd(ConnectionEnd.Reason.SILENT, "the peer was silent for " + millis + " ms"));
	}

	/** The socket is being closed: only what it has still to send matters. */
	void closing() {
		this.closing = true;
	}

	boolean isClosing() {
		return this.closing;
	}

	// end

	private void failed(Throwable ex) {
		if (ex instanceof FrameException) {
			end(ErrorReason.PROTOCOL,
					new ConnectionEnd(ConnectionEnd.Reason.PROTOCOL, String.valueOf(ex.getMessage())));
			return;
		}
		this.thread.report("A connection of '" + this.endpoint + "' ends after an error", ex);
		// another reason would keep the session from ever connecting again
		end(ErrorReason.CONNECTION, new ConnectionEnd(ConnectionEnd.Reason.ERROR, ex.toString(), ex));
	}

	boolean isEnded() {
		return this.ended;
	}

	private void end(ErrorReason reason, ConnectionEnd end) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		boolean handshaken = this.phase == Phase.READY || this.phase == Phase.RAW;
		try {
			if (this.phase == Phase.RAW) {
				// an empty message tells of the end
				pushRaw(new Msg());
			}
			this.socket.eventDisconnected(this.endpoint, this.channel);
			this.session.flush();
			this.session.engineError(handshaken, reason);
		}
		catch (Throwable ex) {
			this.thread.report("A connection of '" + this.endpoint + "' ends in stages", ex);
			endLater(handshaken);
		}
		release();
		tell(end);
	}

	/** Most likely there was no memory. */
	private void endLater(boolean handshaken) {
		this.thread.ticks().schedule(() -> {
			if (Sessions.isServedBy(this.session, this)) {
				this.session.engineError(handshaken, ErrorReason.CONNECTION);
			}
			else {
				Sessions.terminate(this.session);
			}
		}, AGAIN_NANOS);
	}

	private void release() {
		this.thread.ticks().cancel(this.deadline);
		if (this.heartbeat != null) {
			this.heartbeat.stop();
		}
		Poller.Handle registered = this.handle;
		this.handle = null;
		try {
			if (registered != null) {
				this.io.removeHandle(registered);
			}
			this.io.unplug();
			if (this.mechanism != null) {
				this.mechanism.destroy();
			}
		}
		finally {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				// gone all the same
			}
			this.thread.giveBack(this.out);
			this.out = null;
			this.unread = null;
			this.decoder = null;
			this.encoder = null;
		}
	}

	private void tell(ConnectionEnd end) {
		try {
			if (this.phase == Phase.READY || this.phase == Phase.RAW) {
				this.settings.listener().closed(this.connection, end);
			}
			else {
				this.settings.listener().refused(this.connection, end);
			}
		}
		catch (RuntimeException ex) {
			this.thread.report("A listener of connections failed", ex);
		}
	}

	@Override
	public String toString() {
		return "Engine[" + this.endpoint + ", " + this.phase + "]";
	}

	/**
	 * How far a connection has come.
	 */
	private enum Phase {

		/** What version of ZMTP the peer speaks is not known yet. */
		GREETING,

		/** The security mechanisms talk to each other. */
		HANDSHAKE,

		/** A peer of ZMTP 1 or 2 sends its identity. */
		IDENTITY,

		READY,

		/** TCP without ZMTP. */
		RAW

	}

}
