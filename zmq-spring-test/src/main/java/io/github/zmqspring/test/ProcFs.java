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

package io.github.zmqspring.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads the descriptors and listening ports of a process from Linux's {@code /proc}.
 * Empty elsewhere.
 *
 * @param process the directory of the process
 */
record ProcFs(Path process) {

	private static final String LISTEN = "0A";

	static ProcFs self() {
		return new ProcFs(Path.of("/proc/self"));
	}

	/**
	 * Returns the open descriptors of the kinds that sockets, selectors and wake-ups use.
	 * Unix domain sockets do not count: those that a JVM opens for itself (to attach, to
	 * close channels) stay for good, and JeroMQ has none.
	 * @return the descriptors, by number
	 */
	Set<Descriptor> descriptors() {
		Set<Descriptor> all = open();
		if (all.isEmpty()) {
			return all;
		}
		Set<String> unix = columns("unix").map((columns) -> "socket:[" + columns[6] + "]").collect(Collectors.toSet());
		all.removeIf((descriptor) -> unix.contains(descriptor.target()));
		return all;
	}

	/**
	 * Returns the TCP ports on which the process listens, and not those of others in the
	 * same network.
	 * @return the ports
	 */
	Set<ListeningPort> listeningPorts() {
		Set<String> own = open().stream().map(Descriptor::target).collect(Collectors.toSet());
		Set<ListeningPort> ports = new HashSet<>();
		Stream.of("tcp", "tcp6")
			.flatMap(this::columns)
			.filter((columns) -> LISTEN.equals(columns[3]) && own.contains("socket:[" + columns[9] + "]"))
			.forEach((columns) -> ports.add(ListeningPort.parse(columns[1], columns[9])));
		return ports;
	}

	private Set<Descriptor> open() {
		Set<Descriptor> found = new TreeSet<>();
		Path directory = this.process.resolve("fd");
		if (!Files.isDirectory(directory)) {
			return found;
		}
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
			for (Path path : stream) {
				Descriptor descriptor = read(path);
				if (descriptor != null) {
					found.add(descriptor);
				}
			}
			return found;
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + directory, ex);
		}
	}

	private static @Nullable Descriptor read(Path path) {
		try {
			String target = Files.readSymbolicLink(path).toString();
			Kind kind = Kind.of(target);
			return (kind != null) ? new Descriptor(Integer.parseInt(path.getFileName().toString()), kind, target)
					: null;
		}
		catch (IOException ex) {
			// closed since it was listed
			return null;
		}
	}

	private Stream<String[]> columns(String table) {
		Path file = this.process.resolve("net").resolve(table);
		try {
			List<String> lines = (Files.isReadable(file)) ? Files.readAllLines(file) : List.of();
			return lines.stream().skip(1).map((line) -> line.trim().split("\\s+"));
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + file, ex);
		}
	}

	enum Kind {

		SOCKET, PIPE, EVENTPOLL, EVENTFD;

		static @Nullable Kind of(String target) {
			for (Kind kind : values()) {
				String name = kind.name().toLowerCase(Locale.ROOT);
				if (target.startsWith(name + ":") || target.equals("anon_inode:[" + name + "]")) {
					return kind;
				}
			}
			return null;
		}

	}

	record Descriptor(int number, Kind kind, String target) implements Comparable<Descriptor> {

		@Override
		public int compareTo(Descriptor other) {
			return Integer.compare(this.number, other.number);
		}

		@Override
		public String toString() {
			return this.number + " -> " + this.target;
		}

	}

	record ListeningPort(String address, int port, String inode) {

		static ListeningPort parse(String local, String inode) {
			int colon = local.indexOf(':');
			return new ListeningPort(address(local.substring(0, colon)),
					Integer.parseInt(local.substring(colon + 1), 16), inode);
		}

		/**
		 * Words of 32 bits, each in the order of the machine.
		 */
		private static String address(String hex) {
			ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2).order(ByteOrder.nativeOrder());
			for (int start = 0; start < hex.length(); start += 8) {
				bytes.putInt(Integer.parseUnsignedInt(hex.substring(start, start + 8), 16));
			}
			try {
				return InetAddress.getByAddress(bytes.array()).getHostAddress();
			}
			catch (UnknownHostException ex) {
				return hex;
			}
		}

		@Override
		public String toString() {
			return this.port + " on " + this.address;
		}

	}

}
