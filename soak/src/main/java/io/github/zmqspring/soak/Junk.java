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

package io.github.zmqspring.soak;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Connections of strangers.
 */
final class Junk {

	private static final int GREETING = 64;

	private static final byte[] READY = { 4, 41, 5, 'R', 'E', 'A', 'D', 'Y', 11, 'S', 'o', 'c', 'k', 'e', 't', '-', 'T',
			'y', 'p', 'e', 0, 0, 0, 4, 'P', 'U', 'S', 'H', 8, 'I', 'd', 'e', 'n', 't', 'i', 't', 'y', 0, 0, 0, 0 };

	/** Connections that are left open for a while. */
	private final List<Socket> held = new ArrayList<>();

	private final Random random;

	Junk(Random random) {
		this.random = random;
	}

	int send(int port) {
		release();
		int connections = 1 + this.random.nextInt(20);
		for (int i = 0; i < connections; i++) {
			try {
				Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
				this.held.add(socket);
				OutputStream output = socket.getOutputStream();
				write(output, this.random.nextInt(6));
				if (this.random.nextInt(4) != 0) {
					socket.close();
				}
			}
			catch (IOException ex) {
				// refused or ended, as it should be
			}
		}
		return connections;
	}

	private void write(OutputStream output, int kind) throws IOException {
		byte[] noise = new byte[1 + this.random.nextInt(2000)];
		this.random.nextBytes(noise);
		switch (kind) {
			case 0 -> output.write(noise);
			case 1 -> output.write(greeting(), 0, this.random.nextInt(GREETING));
			case 2 -> {
				output.write(greeting());
				output.write(noise);
			}
			case 3 -> {
				// a frame of 60 MB, of which nothing comes
				output.write(greeting());
				output.write(READY);
				output.write(new byte[] { 2, 0, 0, 0, 0, 3, (byte) 0x90, 0, 0 });
			}
			case 4 -> {
				// a message that never ends
				output.write(greeting());
				output.write(READY);
				output.write(more(5_000));
			}
			default -> {
				// nothing at all
			}
		}
		output.flush();
	}

	private static byte[] more(int frames) {
		byte[] bytes = new byte[2 * frames];
		for (int i = 0; i < bytes.length; i += 2) {
			bytes[i] = 1;
		}
		return bytes;
	}

	private static byte[] greeting() {
		byte[] greeting = new byte[GREETING];
		greeting[0] = (byte) 0xff;
		greeting[9] = 0x7f;
		greeting[10] = 3;
		greeting[12] = 'N';
		greeting[13] = 'U';
		greeting[14] = 'L';
		greeting[15] = 'L';
		return greeting;
	}

	void release() {
		for (Socket socket : this.held) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				// it is gone
			}
		}
		this.held.clear();
	}

}
