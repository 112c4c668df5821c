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

package io.github.zmqspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of README or of a page of docs. Code of other libraries is marked so
 * behind its language: {@code java other}. {@code java test} is the code of tests, which
 * needs the test starter: the tests of that compile and run it.
 *
 * @param page the page, relative to the root of the project
 * @param line the line of its first line
 * @param language what stands behind the fence, in lower case
 * @param text the content
 */
record Snippet(String page, int line, String language, String text) {

	private static final Path ROOT = Path.of("..");

	private static final Pattern FENCE = Pattern.compile("^\\s*```(\\w*)( other| test)?\\n(.*?)^\\s*```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	/**
	 * Return the blocks of all pages, in order.
	 * @return the blocks
	 */
	static List<Snippet> all() {
		try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.of(ROOT.resolve("README.md"), ROOT.resolve("README.ko.md")), docs.sorted())
				.filter((file) -> file.toString().endsWith(".md") && Files.exists(file))
				.flatMap((file) -> of(file).stream())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<Snippet> of(String page) {
		return of(ROOT.resolve(page));
	}

	private static List<Snippet> of(Path file) {
		try {
			String text = Files.readString(file);
			String page = ROOT.relativize(file).toString();
			return FENCE.matcher(text).results().map((block) -> {
				int line = (int) text.substring(0, block.start(3)).lines().count() + 1;
				String language = (block.group(2) == null) ? block.group(1) : block.group(2).strip();
				return new Snippet(page, line, language, block.group(3));
			}).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isIn(String... languages) {
		return List.of(languages).contains(this.language);
	}

	@Override
	public String toString() {
		return this.page + ":" + this.line;
	}

}
