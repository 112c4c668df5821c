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

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Finding the files.
 */
class FileScannerTests {

	@TempDir
	Path directory;

	@Test
	void findsRegularFilesAndCountsThoseLeftOut() throws Exception {
		TreeMap<String, String> files = SampleFiles.create(this.directory, 3);
		FileScan scan = new FileScanner(this.directory, 1_000_000).scan();
		assertThat(scan.files()).extracting(FileEntry::path).containsExactlyElementsOf(files.keySet());
		assertThat(scan.skipped()).isEqualTo(SampleFiles.SKIPPED);
	}

	@Test
	void aDirectoryThatIsNotThereIsAnError() {
		FileScanner scanner = new FileScanner(this.directory.resolve("none"), 1);
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(scanner::scan);
	}

}
