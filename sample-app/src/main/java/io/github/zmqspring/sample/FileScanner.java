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
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds the regular files below a directory. Symbolic links are not followed.
 */
class FileScanner {

	private static final Set<String> SKIPPED_DIRECTORIES = Set.of(".git", "target", "node_modules");

	private final Path directory;

	private final long maxBytes;

	FileScanner(Path directory, long maxBytes) {
		this.directory = directory;
		this.maxBytes = maxBytes;
	}

	FileScan scan() throws IOException {
		Visitor visitor = new Visitor();
		Files.walkFileTree(this.directory, visitor);
		visitor.files.sort(Comparator.comparing(FileEntry::path));
		return new FileScan(visitor.files, visitor.skipped);
	}

	private final class Visitor extends SimpleFileVisitor<Path> {

		private final List<FileEntry> files = new ArrayList<>();

		private int skipped;

		@Override
		public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
			boolean skip = !dir.equals(FileScanner.this.directory)
					&& SKIPPED_DIRECTORIES.contains(dir.getFileName().toString());
			return (skip) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
			if (attributes.isRegularFile() && attributes.size() <= FileScanner.this.maxBytes
					&& Files.isReadable(file)) {
				String path = FileScanner.this.directory.relativize(file).toString().replace('\\', '/');
				this.files.add(new FileEntry(path, file, attributes.size()));
			}
			else {
				this.skipped++;
			}
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
			if (file.equals(FileScanner.this.directory)) {
				throw ex;
			}
			this.skipped++;
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException ex) {
			return FileVisitResult.CONTINUE;
		}

	}

}
