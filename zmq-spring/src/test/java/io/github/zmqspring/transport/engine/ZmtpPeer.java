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

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.zmqspring.test.Ports;
import io.github.zmqspring.transport.TestSockets;

/**
 * A peer of any version of ZMTP, by hand.
 */
final class ZmtpPeer implements AutoCloseable {

	private final Socket socket;

	private final OutputStream out;

	private final DataInputStream in;

	private int minor;

	ZmtpPeer(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout((int) TestSockets.PATIENCE.toMillis());
		this.out = socket.getOutputStream();
		this.in = new DataInputStream(socket.getInputStream());
	}

	static ZmtpPeer connect(TestSockets sockets, String name) throws IOException {
		return new ZmtpPeer(new Socket("127.0.0.1", Ports.portOf(sockets.endpoint(name))));
	}

	/** Connect with a receive buffer of a size, so that little is on its way. */
	static ZmtpPeer connect(TestSockets sockets, String name, int buffer) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(buffer);
		socket.connect(new InetSocketAddress("127.0.0.1", Ports.portOf(sockets.endpoint(name))));
		return new ZmtpPeer(socket);
	}

	static byte[] greeting(int minor) {
		ByteBuffer greeting = ByteBuffer.allocate(64);
		greeting.put((byte) 0xff).position(9).put((byte) 0x7f).put((byte) 3).put((byte) minor);
		return greeting.put("NULL".getBytes(StandardCharsets.US_ASCII)).array();
	}

	static byte[] ready(String type) {
		ByteBuffer ready = ByteBuffer.allocate(2 + 6 + 12 + 4 + type.length());
		ready.put((byte) 4).put((byte) (ready.capacity() - 2)).put((byte) 5);
		ready.put("READY".getBytes(StandardCharsets.US_ASCII)).put((byte) 11);
		ready.put("Socket-Type".getBytes(StandardCharsets.US_ASCII)).putInt(type.length());
		return ready.put(type.getBytes(StandardCharsets.US_ASCII)).array();
	}

	static byte[] frame(int flags, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
		return ByteBuffer.allocate(2 + bytes.length).put((byte) flags).put((byte) bytes.length).put(bytes).array();
	}

	static byte[] join(byte[]... parts) {
		ByteBuffer all = ByteBuffer.allocate(1000);
		for (byte[] part : parts) {
			all.put(part);
		}
		return Arrays.copyOf(all.array(), all.position());
	}

	/** Take part in the whole handshake, as a peer of ZMTP 3.minor with a routing id. */
	ZmtpPeer handshake(int minor, String type, String id) throws IOException {
		byte[] ready = ready(type);
		if (!id.isEmpty()) {
			byte[] property = ByteBuffer.allocate(9 + 4 + id.length())
				.put((byte) 8)
				.put("Identity".getBytes(StandardCharsets.US_ASCII))
				.putInt(id.length())
				.put(id.getBytes(StandardCharsets.US_ASCII))
				.array();
			ready = join(ready, property);
			ready[1] += (byte) property.length;
		}
		send(join(greeting(minor), ready));
		this.minor = read(64)[11];
		readFrame();
		return this;
	}

	/** Return the minor version that the other side announced in the handshake. */
	int minor() {
		return this.minor;
	}

	/** Return the next frame: its flags, then its body. */
	byte[] readFrame() throws IOException {
		byte flags = read(1)[0];
		byte[] body = read(((flags & 2) != 0) ? (int) this.in.readLong() : this.in.readUnsignedByte());
		return ByteBuffer.allocate(1 + body.length).put(flags).put(body).array();
	}

	/** Whether the other side ends the connection, sooner or later. */
	boolean isEnded() {
		try {
			while (this.in.read() >= 0) {
				// what was sent before
			}
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	void send(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	void slowly(byte[] bytes) throws IOException {
		for (byte next : bytes) {
			this.out.write(next);
			this.out.flush();
			Thread.yield();
		}
	}

	byte[] read(int count) throws IOException {
		byte[] bytes = new byte[count];
		this.in.readFully(bytes);
		return bytes;
	}

	int available() throws IOException {
		return this.in.available();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
