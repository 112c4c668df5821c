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

package io.github.zmqspring.transport.discovery;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers questions for A, AAAA and SRV records over UDP.
 */
final class FakeDnsServer implements AutoCloseable {

	private static final int A = 1;

	private static final int AAAA = 28;

	private static final int SRV = 33;

	private final DatagramSocket socket;

	private final Thread thread = new Thread(this::serve, "fake-dns");

	/** By type and name. */
	private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();

	FakeDnsServer() throws IOException {
		this.socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
		this.thread.start();
	}

	String address() {
		return "127.0.0.1:" + this.socket.getLocalPort();
	}

	FakeDnsServer host(String name, String... addresses) throws IOException {
		this.records.remove(A + name);
		this.records.remove(AAAA + name);
		for (String address : addresses) {
			byte[] bytes = InetAddress.getByName(address).getAddress();
			add(((bytes.length == 4) ? A : AAAA) + name, bytes);
		}
		return this;
	}

	FakeDnsServer service(String name, int priority, int port, String host) {
		ByteBuffer record = ByteBuffer.allocate(512)
			.putShort((short) priority)
			.putShort((short) 1)
			.putShort((short) port);
		for (String label : host.split("\\.")) {
			record.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
		}
		record.put((byte) 0).flip();
		byte[] bytes = new byte[record.remaining()];
		record.get(bytes);
		add(SRV + name, bytes);
		return this;
	}

	private void add(String key, byte[] record) {
		this.records.computeIfAbsent(key, (any) -> new ArrayList<>()).add(record);
	}

	private void serve() {
		byte[] buffer = new byte[512];
		while (!this.socket.isClosed()) {
			DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
			try {
				this.socket.receive(packet);
				byte[] reply = reply(ByteBuffer.wrap(buffer, 0, packet.getLength()));
				this.socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
			}
			catch (IOException ex) {
				if (!this.socket.isClosed()) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	private byte[] reply(ByteBuffer question) throws IOException {
		short id = question.getShort(0);
		question.position(12);
		StringBuilder name = new StringBuilder();
		for (int length = question.get(); length > 0; length = question.get()) {
			byte[] label = new byte[length];
			question.get(label);
			name.append((name.isEmpty()) ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
		}
		int type = question.getShort();
		int end = question.position() + 2;
		List<byte[]> found = this.records.getOrDefault(type + name.toString(), List.of());
		boolean known = this.records.keySet()
			.stream()
			.anyMatch((key) -> key.replaceFirst("^\\d+", "").contentEquals(name));
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream reply = new DataOutputStream(bytes);
		reply.writeShort(id);
		reply.writeShort((known) ? 0x8580 : 0x8583);
		reply.writeShort(1);
		reply.writeShort(found.size());
		reply.writeInt(0);
		reply.write(question.array(), 12, end - 12);
		for (byte[] record : found) {
			reply.writeShort(0xC00C);
			reply.writeShort(type);
			reply.writeShort(1);
			reply.writeInt(0);
			reply.writeShort(record.length);
			reply.write(record);
		}
		return bytes.toByteArray();
	}

	@Override
	public void close() throws InterruptedException {
		this.socket.close();
		this.thread.join();
	}

}
