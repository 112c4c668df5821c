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
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The counts of one process, in a mapped file: they are there when the process was killed
 * in the middle of something.
 */
final class Tally {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final int SIZE = Traffic.values().length * Count.values().length * Long.BYTES;

	private final ByteBuffer counts;

	private Tally(ByteBuffer counts) {
		this.counts = counts;
	}

	static Tally open(Path file) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			return new Tally(channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void add(Traffic traffic, Count count) {
		LONGS.getAndAdd(this.counts, index(traffic, count), 1L);
	}

	void set(Traffic traffic, Count count, long value) {
		LONGS.setVolatile(this.counts, index(traffic, count), value);
	}

	long get(Traffic traffic, Count count) {
		return (long) LONGS.getVolatile(this.counts, index(traffic, count));
	}

	private static int index(Traffic traffic, Count count) {
		return (traffic.ordinal() * Count.values().length + count.ordinal()) * Long.BYTES;
	}

}
