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

package io.github.zmqspring.autoconfigure.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads key files and directories of certificates, and reads those again that change. A
 * change counts once nothing has changed any more for a moment, so that a file is not
 * read half-written; what cannot be read leaves what was known as it is. Changes are
 * looked for by one thread, which also sees the exchanged links of mounted secrets.
 */
final class KeyFiles implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(KeyFiles.class);

	private static final long PERIOD_MILLIS = 500;

	private final List<Watched<?>> watched = new CopyOnWriteArrayList<>();

	/** Listeners to changes, for as long as they are referenced. */
	private final Map<Object, Runnable> listeners = Collections.synchronizedMap(new WeakHashMap<>());

	private @Nullable ScheduledExecutorService watcher;

	/**
	 * Read a file or directory now, and again when it changes.
	 * @param path the file or directory
	 * @param reader reads it
	 * @return what was read last
	 */
	synchronized <T> Supplier<T> watch(Path path, Supplier<T> reader) {
		Watched<T> file = new Watched<>(path, reader);
		this.watched.add(file);
		if (this.watcher == null) {
			this.watcher = Executors.newSingleThreadScheduledExecutor((task) -> {
				Thread thread = new Thread(task, "zmq-key-files");
				thread.setDaemon(true);
				return thread;
			});
			this.watcher.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
		}
		return file;
	}

	/**
	 * Notify a listener when something was read again, for as long as it is referenced.
	 * @param listener the listener
	 * @param call notifies it
	 */
	<L> void onChange(L listener, Consumer<L> call) {
		WeakReference<L> weak = new WeakReference<>(listener);
		this.listeners.put(listener, () -> {
			L used = weak.get();
			if (used != null) {
				call.accept(used);
			}
		});
	}

	private void look() {
		boolean changed = false;
		for (Watched<?> file : this.watched) {
			changed |= file.look();
		}
		if (changed) {
			List.copyOf(this.listeners.values()).forEach(Runnable::run);
		}
	}

	@Override
	public synchronized void close() {
		if (this.watcher != null) {
			this.watcher.shutdownNow();
		}
	}

	static final class Watched<T> implements Supplier<T> {

		private final Path path;

		private final Supplier<T> reader;

		private volatile T value;

		private String read;

		private String seen;

		/** The state for which there was a warning. */
		private @Nullable String refused;

		Watched(Path path, Supplier<T> reader) {
			this.path = path;
			this.reader = reader;
			this.read = state();
			this.seen = this.read;
			this.value = reader.get();
		}

		@Override
		public T get() {
			return this.value;
		}

		/** Read what is new, and return whether there was anything. */
		boolean look() {
			String now = state();
			boolean quiet = now.equals(this.seen);
			this.seen = now;
			if (!quiet || now.equals(this.read)) {
				return false;
			}
			try {
				this.value = this.reader.get();
				this.read = now;
				this.refused = null;
				logger.info("Read " + this.path + " again, which has changed");
				return true;
			}
			catch (RuntimeException ex) {
				// tried again: a file may become readable without any other change
				if (!now.equals(this.refused)) {
					logger.warn("%s has changed and cannot be used: what was read before stays. %s".formatted(this.path,
							ex.getMessage()));
				}
				this.refused = now;
				return false;
			}
		}

		/** Name, size and time of every file. */
		private String state() {
			try {
				if (!Files.isDirectory(this.path)) {
					return state(this.path);
				}
				TreeMap<String, String> files = new TreeMap<>();
				try (Stream<Path> all = Files.list(this.path)) {
					all.forEach((file) -> files.put(file.getFileName().toString(), state(file)));
				}
				return files.toString();
			}
			catch (IOException | UncheckedIOException ex) {
				return "unreadable";
			}
		}

		private static String state(Path file) {
			try {
				BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
				return attributes.size() + "/" + attributes.lastModifiedTime() + "/" + attributes.fileKey();
			}
			catch (IOException ex) {
				return "unreadable";
			}
		}

	}

}
