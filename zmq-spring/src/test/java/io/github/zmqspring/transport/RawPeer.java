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

package io.github.zmqspring.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.zmqspring.test.Ports;

/**
 * A peer that speaks ZMTP 3 by hand, and may do so badly.
 */
public final class RawPeer implements AutoCloseable {

	public static final int MORE = 1;

	public static final int LARGE = 2;

	public static final int COMMAND = 4;

	private final Socket socket;

	private final DataInputStream in;

	private final DataOutputStream out;

	public RawPeer(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setSoTimeout((int) TestSockets.PATIENCE.toMillis());
		this.socket.setTcpNoDelay(true);
		this.in = new DataInputStream(socket.getInputStream());
		this.out = new DataOutputStream(socket.getOutputStream());
	}

	public static RawPeer connect(String endpoint) throws IOException {
		return new RawPeer(new Socket("127.0.0.1", Ports.portOf(endpoint)));
	}

	/** Signature, version, mechanism NULL. */
	public RawPeer greet() throws IOException {
		return greet("NULL");
	}

	/** Signature, version, this mechanism. */
	public RawPeer greet(String mechanism) throws IOException {
		byte[] greeting = new byte[64];
		greeting[0] = (byte) 0xff;
		greeting[9] = 0x7f;
		greeting[10] = 3;
		System.arraycopy(mechanism.getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, mechanism.length());
		this.out.write(greeting);
		this.in.readFully(greeting);
		return this;
	}

	/** The whole handshake, as a socket of this type. */
	public RawPeer handshake(String type) throws IOException {
		greet();
		ByteArrayOutputStream ready = new ByteArrayOutputStream();
		DataOutputStream body = new DataOutputStream(ready);
		shortString(body, "READY");
		shortString(body, "Socket-Type");
		body.writeInt(type.length());
		body.writeBytes(type);
		frame(COMMAND, ready.toByteArray());
		// the other's READY
		readFrame();
		return this;
	}

	private static void shortString(DataOutputStream out, String text) throws IOException {
		out.writeByte(text.length());
		out.writeBytes(text);
	}

	public void frame(int flags, byte[] body) throws IOException {
		if (body.length > 255) {
			header(flags, body.length);
		}
		else {
			this.out.writeByte(flags);
			this.out.writeByte(body.length);
		}
		this.out.write(body);
	}

	/** A header without the body that it announces. */
	public void header(int flags, long size) throws IOException {
		this.out.writeByte(flags | LARGE);
		this.out.writeLong(size);
	}

	/** A frame of any size, with a long header. */
	public void largeFrame(int flags, byte[] body) throws IOException {
		header(flags, body.length);
		this.out.write(body);
	}

	/** The beginning of a body, or anything else. */
	public void bytes(byte[] bytes) throws IOException {
		this.out.write(bytes);
	}

	public byte[] readFrame() throws IOException {
		int flags = this.in.readUnsignedByte();
		long size = ((flags & LARGE) != 0) ? this.in.readLong() : this.in.readUnsignedByte();
		byte[] body = new byte[(int) size];
		this.in.readFully(body);
		return body;
	}

	/** How much of what the other side sent can be read. */
	public int available() throws IOException {
		return this.in.available();
	}

	/** Returns once the other side has ended the connection. */
	public boolean isEnded() throws IOException {
		byte[] rest = new byte[1000];
		Arrays.fill(rest, (byte) 0);
		try {
			while (this.in.read(rest) >= 0) {
				// what had been sent before
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

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
