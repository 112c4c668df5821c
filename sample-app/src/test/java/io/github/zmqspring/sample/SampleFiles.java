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

package io.github.zmqspring.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;

/**
 * A directory with files of all kinds, and the digests that they should have.
 */
final class SampleFiles {

	static final int SKIPPED = 2;

	private SampleFiles() {
	}

	/**
	 * Create files below a directory.
	 * @param directory the directory
	 * @param count how many small files there are beside the special ones
	 * @return the digests of those that are not skipped, by their paths
	 * @throws IOException if a file cannot be written
	 */
	static TreeMap<String, String> create(Path directory, int count) throws IOException {
		Random random = new Random(42);
		TreeMap<String, String> digests = new TreeMap<>();
		for (int i = 0; i < count; i++) {
			byte[] content = new byte[random.nextInt(20_000)];
			random.nextBytes(content);
			add(directory, "some/file-%03d.bin".formatted(i), content, digests);
		}
		byte[] large = new byte[700_000];
		random.nextBytes(large);
		add(directory, "large.bin", large, digests);
		add(directory, "empty", new byte[0], digests);
		add(directory, "deep/er/ünïcode ‒ name.txt", "Grüße".getBytes(StandardCharsets.UTF_8), digests);
		add(directory, ".git/config", new byte[10], new TreeMap<>());
		add(directory, "module/target/classes/A.class", new byte[10], new TreeMap<>());
		add(directory, "node_modules/a/index.js", new byte[10], new TreeMap<>());
		add(directory, "too-large.bin", new byte[1_100_000], new TreeMap<>());
		Files.createSymbolicLink(directory.resolve("link"), directory.resolve("large.bin"));
		return digests;
	}

	private static void add(Path directory, String path, byte[] content, TreeMap<String, String> digests)
			throws IOException {
		Path file = directory.resolve(path);
		Files.createDirectories(file.getParent());
		Files.write(file, content);
		digests.put(path, Sha256.hex(content));
	}

	/**
	 * Digests as {@code /digests.sha256} gives them.
	 * @param lines its text
	 * @return the digests by their paths
	 */
	static TreeMap<String, String> parse(String lines) {
		TreeMap<String, String> digests = new TreeMap<>();
		lines.lines().forEach((line) -> digests.put(line.substring(66), line.substring(0, 64)));
		return digests;
	}

}
