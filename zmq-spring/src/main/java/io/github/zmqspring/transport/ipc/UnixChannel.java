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

package io.github.zmqspring.transport.ipc;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Stands in for the channel of a Unix domain socket until the library's engine serves it:
 * JeroMQ's connecter and the constructor of its engine take channels with IP addresses
 * only. It answers their questions, ignores options of TCP, and connects at once. A
 * selector cannot take it.
 *
 * @since 0.1.0
 */
public final class UnixChannel extends SocketChannel {

	private static final SocketAddress STAND_IN = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

	private final SocketChannel real;

	private final @Nullable UnixDomainSocketAddress target;

	/** For an accepted channel. */
	UnixChannel(SocketChannel real) {
		this(real, null);
	}

	private UnixChannel(SocketChannel real, @Nullable UnixDomainSocketAddress target) {
		super(real.provider());
		this.real = real;
		this.target = target;
	}

	static UnixChannel to(UnixDomainSocketAddress target) throws IOException {
		return new UnixChannel(SocketChannel.open(StandardProtocolFamily.UNIX), target);
	}

	/**
	 * Return the channel that bytes go through.
	 * @param channel any channel of a connection
	 * @return the real one of a stand-in, else the channel itself
	 */
	public static SocketChannel real(SocketChannel channel) {
		return (channel instanceof UnixChannel standIn) ? standIn.real : channel;
	}

	/** A connect is done at once, refused, or refused for now as the backlog is full. */
	@Override
	public boolean connect(SocketAddress remote) throws IOException {
		if (this.target == null || !this.real.connect(this.target)) {
			throw new ConnectException("The backlog is full: " + this.target);
		}
		return true;
	}

	@Override
	public boolean finishConnect() {
		return true;
	}

	@Override
	public boolean isConnected() {
		return this.real.isConnected();
	}

	@Override
	public boolean isConnectionPending() {
		return false;
	}

	@Override
	public SocketAddress getRemoteAddress() {
		return STAND_IN;
	}

	@Override
	public SocketAddress getLocalAddress() {
		return STAND_IN;
	}

	@Override
	public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
		if (this.real.supportedOptions().contains(name)) {
			this.real.setOption(name, value);
		}
		return this;
	}

	@Override
	public <T> T getOption(SocketOption<T> name) throws IOException {
		return this.real.getOption(name);
	}

	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return this.real.supportedOptions();
	}

	@Override
	protected void implConfigureBlocking(boolean block) throws IOException {
		this.real.configureBlocking(block);
	}

	@Override
	protected void implCloseSelectableChannel() throws IOException {
		this.real.close();
	}

	@Override
	public SocketChannel shutdownInput() throws IOException {
		this.real.shutdownInput();
		return this;
	}

	@Override
	public SocketChannel shutdownOutput() throws IOException {
		this.real.shutdownOutput();
		return this;
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		return this.real.read(target);
	}

	@Override
	public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
		return this.real.read(targets, offset, length);
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		return this.real.write(source);
	}

	@Override
	public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
		return this.real.write(sources, offset, length);
	}

	@Override
	public SocketChannel bind(@Nullable SocketAddress local) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket socket() {
		throw new UnsupportedOperationException();
	}

}
