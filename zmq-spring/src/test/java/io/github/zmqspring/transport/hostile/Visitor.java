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

package io.github.zmqspring.transport.hostile;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.test.Ports;
import io.github.zmqspring.transport.mechanism.CurveVisit;
import org.jspecify.annotations.Nullable;

/**
 * A peer of which a test chooses each byte. What it reads and writes never waits for
 * longer than the patience of the tests.
 */
final class Visitor implements AutoCloseable {

	private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

	private final SocketChannel channel;

	private final Site site;

	private @Nullable CurveVisit curve;

	/** Run when the visit is over. */
	private final Runnable end;

	private boolean closed;

	private Visitor(SocketChannel channel, Site site, Runnable end) throws IOException {
		this.channel = channel;
		this.site = site;
		this.end = end;
		if (!site.isIpc()) {
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		}
		channel.configureBlocking(false);
	}

	Site site() {
		return this.site;
	}

	static Visitor connect(String endpoint, Site site) throws IOException {
		SocketAddress address = (endpoint.startsWith("ipc://"))
				? UnixDomainSocketAddress.of(endpoint.substring("ipc://".length()))
				: new InetSocketAddress("127.0.0.1", Ports.portOf(endpoint));
		return new Visitor(SocketChannel.open(address), site, () -> {
		});
	}

	/** Be the server of a connection that a socket made to us. */
	static Visitor accepted(SocketChannel channel, Site site, Runnable end) throws IOException {
		return new Visitor(channel, site, end);
	}

	/** Send, as far as the other side takes it: it may end the connection meanwhile. */
	Visitor send(byte[]... parts) throws IOException {
		for (byte[] part : parts) {
			ByteBuffer data = ByteBuffer.wrap(part);
			long until = System.nanoTime() + Siege.PATIENCE.toNanos();
			while (data.hasRemaining()) {
				try {
					if (this.channel.write(data) == 0) {
						if (System.nanoTime() - until > 0) {
							throw new IOException("nobody reads");
						}
						LockSupport.parkNanos(POLL_NANOS);
					}
				}
				catch (IOException ex) {
					if ("nobody reads".equals(ex.getMessage())) {
						throw ex;
					}
					return this;
				}
			}
		}
		return this;
	}

	/** Send as much as is taken at once; returns how much that was. */
	int offer(byte[] data) {
		try {
			return this.channel.write(ByteBuffer.wrap(data));
		}
		catch (IOException ex) {
			return 0;
		}
	}

	byte[] read(int count) throws IOException {
		ByteBuffer data = ByteBuffer.allocate(count);
		long until = System.nanoTime() + Siege.PATIENCE.toNanos();
		while (data.hasRemaining()) {
			int read = this.channel.read(data);
			if (read < 0) {
				throw new EOFException();
			}
			if (read == 0) {
				if (System.nanoTime() - until > 0) {
					throw new IOException("nothing came");
				}
				LockSupport.parkNanos(POLL_NANOS);
			}
		}
		return data.array();
	}

	/** The next frame as it is on the wire: its flags, then its body. */
	byte[] readFrame() throws IOException {
		byte flags = read(1)[0];
		long size = ((flags & Zmtp.LARGE) != 0) ? ByteBuffer.wrap(read(8)).getLong() : read(1)[0] & 0xff;
		return Zmtp.join(new byte[] { flags }, read((int) size));
	}

	/** Greet as a peer of ZMTP 3, and read the greeting of the other side. */
	Visitor greet(int minor) throws IOException {
		send(Zmtp.greeting(3, minor, this.site.mechanism().name()));
		read(64);
		return this;
	}

	/** Take part in the whole handshake, as the right one. */
	Visitor enter() throws IOException {
		return enter(1, Zmtp.properties(this.site.peerType()));
	}

	Visitor enter(int minor, byte[] properties) throws IOException {
		greet(minor);
		switch (this.site.mechanism()) {
			case NULL -> {
				command(Zmtp.command("READY", properties));
				readFrame();
			}
			case PLAIN -> {
				if (this.site.connects()) {
					readFrame();
					command(Zmtp.command("WELCOME"));
					readFrame();
					command(Zmtp.command("READY", properties));
					break;
				}
				send(Zmtp.frame(Zmtp.COMMAND, Site.plainHello()));
				readFrame();
				send(Zmtp.frame(Zmtp.COMMAND, Zmtp.command("INITIATE", properties)));
				readFrame();
			}
			case CURVE -> {
				if (this.site.connects()) {
					CurveVisit visit = welcome(properties);
					visit.receive(body(readFrame()));
					command(visit.send());
					this.curve = visit;
					break;
				}
				CurveVisit visit = new CurveVisit(Site.CLIENT_KEY, Site.SERVER_KEY, properties);
				send(Zmtp.frame(Zmtp.COMMAND, visit.send()));
				visit.receive(body(readFrame()));
				send(Zmtp.frame(Zmtp.COMMAND, visit.send()));
				visit.receive(body(readFrame()));
				this.curve = visit;
			}
		}
		return this;
	}

	/** Answer HELLO of a client of CURVE, and have INITIATE come. */
	CurveVisit welcome(byte[] properties) throws IOException {
		CurveVisit visit = CurveVisit.ofServer(Site.SERVER_KEY, properties);
		visit.receive(body(readFrame()));
		command(visit.send());
		return visit;
	}

	private void command(byte[] body) throws IOException {
		send(Zmtp.frame(Zmtp.COMMAND, body));
	}

	static byte[] body(byte[] frame) {
		return Arrays.copyOfRange(frame, 1, frame.length);
	}

	/** Make frames that the other side reads as such ones, encrypted or not. */
	byte[] frame(int flags, byte[] body) {
		CurveVisit visit = this.curve;
		if (visit == null) {
			return Zmtp.frame(flags, body);
		}
		return Zmtp.frame(0, visit.seal((flags & Zmtp.MORE) != 0, (flags & Zmtp.COMMAND) != 0, body));
	}

	byte[] frame(int flags, String body) {
		return frame(flags, Zmtp.bytes(body));
	}

	byte[] command(String name, byte[]... parts) {
		return frame(Zmtp.COMMAND, Zmtp.command(name, parts));
	}

	/** Whether the other side answers a ping, and so still serves this connection. */
	boolean isServed() {
		try {
			send(command("PING", new byte[] { 0, 0 }, Zmtp.bytes("hostile")));
			while (true) {
				byte[] frame = readFrame();
				byte[] opened = (this.curve != null) ? this.curve.open(body(frame)) : frame;
				if (Arrays.equals(body(opened), Zmtp.command("PONG", Zmtp.bytes("hostile")))) {
					return true;
				}
			}
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Wait until the other side has ended the connection. */
	boolean isEnded() {
		ByteBuffer rest = ByteBuffer.allocate(8192);
		long until = System.nanoTime() + Siege.PATIENCE.toNanos();
		try {
			while (System.nanoTime() - until < 0) {
				int read = this.channel.read(rest.clear());
				if (read < 0) {
					return true;
				}
				if (read == 0) {
					LockSupport.parkNanos(POLL_NANOS);
				}
			}
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	/** Read what is there, and throw it away. */
	void skim() {
		ByteBuffer rest = ByteBuffer.allocate(8192);
		try {
			while (this.channel.read(rest.clear()) > 0) {
				// more of it
			}
		}
		catch (IOException ex) {
			// ended
		}
	}

	/** End with a reset, where the transport knows it. */
	void reset() throws IOException {
		if (!this.site.isIpc()) {
			this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		this.channel.close();
	}

	/** Say no more, but listen. */
	void shut() {
		try {
			this.channel.shutdownOutput();
		}
		catch (IOException ex) {
			// ended
		}
	}

	@Override
	public void close() throws IOException {
		boolean first = !this.closed;
		this.closed = true;
		this.channel.close();
		if (first) {
			this.end.run();
		}
	}

}
