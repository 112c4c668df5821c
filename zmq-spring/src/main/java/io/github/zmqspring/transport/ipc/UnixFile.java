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
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket that listens, and its file. The file is made in a directory that
 * only this user may enter, gets its permissions there, and is moved into its place: it
 * can never be connected to with other permissions. A file that no process serves is
 * replaced, one that a process serves is refused.
 */
final class UnixFile {

	/** What Java connects to: one less than the address has room for. */
	private static final int MOST_BYTES = 106;

	private final ServerSocketChannel server;

	private final Path path;

	/** The directory that was made for it, if one was. */
	private final @Nullable Path own;

	private final @Nullable Object key;

	private UnixFile(ServerSocketChannel server, Path path, @Nullable Path own) throws IOException {
		this.server = server;
		this.path = path;
		this.own = own;
		this.key = key(path);
	}

	static UnixFile bind(String where, int backlog, @Nullable Set<PosixFilePermission> permissions) throws IOException {
		Path own = ("*".equals(where)) ? Files.createTempDirectory("zmq-") : null;
		Path path = (own != null) ? own.resolve("socket") : Path.of(where).toAbsolutePath().normalize();
		try {
			return new UnixFile(open(path, backlog, permissions), path, own);
		}
		catch (NoSuchFileException ex) {
			throw new BindException("there is no directory " + path.getParent());
		}
		catch (AccessDeniedException ex) {
			throw new BindException("this user may not write to " + path.getParent());
		}
	}

	private static ServerSocketChannel open(Path path, int backlog, @Nullable Set<PosixFilePermission> permissions)
			throws IOException {
		// a move would take a longer path, too, and then no peer could connect
		if (length(path) > MOST_BYTES) {
			throw new BindException(
					"the path has %d bytes, and at most %d are possible".formatted(length(path), MOST_BYTES));
		}
		if (isServed(path)) {
			throw new BindException("another process, or another socket of this one, is bound there");
		}
		Path directory = Files.createTempDirectory(path.getParent(), ".z", secret(path));
		Path hidden = directory.resolve("s");
		boolean fits = length(hidden) <= MOST_BYTES;
		Path first = (fits) ? hidden : path;
		ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		try {
			server.configureBlocking(false);
			if (!fits) {
				Files.deleteIfExists(path);
			}
			server.bind(UnixDomainSocketAddress.of(first), backlog);
			if (permissions != null) {
				Files.setPosixFilePermissions(first, permissions);
			}
			if (fits) {
				Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
			}
			return server;
		}
		catch (IOException | RuntimeException ex) {
			server.close();
			throw ex;
		}
		finally {
			Files.deleteIfExists(hidden);
			Files.deleteIfExists(directory);
		}
	}

	private static FileAttribute<?>[] secret(Path path) {
		boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
		return (posix)
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
				: new FileAttribute<?>[0];
	}

	private static int length(Path path) {
		return path.toString().getBytes(StandardCharsets.UTF_8).length;
	}

	private static boolean isServed(Path path) throws IOException {
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		if (!Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
			throw new BindException("a file is there that is no socket");
		}
		try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			// whatever a full backlog answers, it is served
			probe.configureBlocking(false);
			probe.connect(UnixDomainSocketAddress.of(path));
			return true;
		}
		catch (ConnectException ex) {
			// refused: the process that served it is gone
			return false;
		}
	}

	ServerSocketChannel server() {
		return this.server;
	}

	Path path() {
		return this.path;
	}

	/** Close it, and remove the file unless another process has put its own there. */
	void close() throws IOException {
		try {
			if (this.key != null && this.key.equals(key(this.path))) {
				Files.deleteIfExists(this.path);
			}
		}
		catch (NoSuchFileException ex) {
			// it was removed already
		}
		finally {
			this.server.close();
		}
		if (this.own != null) {
			Files.deleteIfExists(this.own);
		}
	}

	private static @Nullable Object key(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
	}

}
