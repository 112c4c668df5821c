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
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of when {@link KeyFiles} reads a file again.
 */
class KeyFilesTests {

	@TempDir
	private Path directory;

	private Path file;

	private int reads;

	@BeforeEach
	void writeFirst() throws IOException {
		this.file = this.directory.resolve("keys");
		Files.writeString(this.file, "one");
	}

	private KeyFiles.Watched<String> watch() {
		return new KeyFiles.Watched<>(this.file, () -> {
			this.reads++;
			try {
				String text = Files.readString(this.file);
				if (text.isEmpty()) {
					throw new IllegalStateException("nothing in it");
				}
				return text;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	@Test
	void aFileThatIsStillWrittenIsNotRead() throws IOException {
		KeyFiles.Watched<String> watched = watch();
		Files.writeString(this.file, "one and a half");
		assertThat(watched.look()).isFalse();
		Files.writeString(this.file, "one, a half and more");
		assertThat(watched.look()).isFalse();
		assertThat(watched.get()).isEqualTo("one");
		assertThat(this.reads).isOne();
		// the same at two looks
		assertThat(watched.look()).isTrue();
		assertThat(watched.get()).isEqualTo("one, a half and more");
		assertThat(watched.look()).isFalse();
		assertThat(this.reads).isEqualTo(2);
	}

	@Test
	void whatCannotBeUsedLeavesWhatWasReadBefore() throws IOException {
		KeyFiles.Watched<String> watched = watch();
		Files.writeString(this.file, "");
		watched.look();
		assertThat(watched.look()).isFalse();
		assertThat(watched.get()).isEqualTo("one");
		Files.writeString(this.file, "three");
		watched.look();
		assertThat(watched.look()).isTrue();
		assertThat(watched.get()).isEqualTo("three");
	}

}
