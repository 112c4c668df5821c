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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the names in the docs to what exists: classes on the pages for contributors, and
 * the links of all pages.
 */
class PageTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final Pattern CLASS_NAME = Pattern.compile("(?<![\\w.$])(?:[a-z]+\\.)*([A-Z][a-z]\\w*[a-z]\\w*)");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)");

	/** Classes of others, and words that look like classes. */
	private static final Set<String> OTHERS = Set.of("StreamEngine", "Poller", "SocketBase", "Signaler", "ZContext",
			"SmartLifecycle", "Integer", "RuntimeException", "Error", "Selector", "ReentrantLock", "Config",
			"SocketType", "CompletableFuture", "Socket", "Peers", "Proxies", "ErrorReason", "IEngine", "TcpListener");

	static Stream<String> pagesForContributors() throws IOException {
		try (Stream<Path> decisions = Files.list(ROOT.resolve("docs/decisions"))) {
			return Stream.concat(Stream.of("docs/architecture.md", "docs/socket-lock.md", "docs/jeromq.md"),
					decisions.map((file) -> ROOT.relativize(file).toString()).sorted().toList().stream());
		}
	}

	@ParameterizedTest
	@MethodSource("pagesForContributors")
	void everyClassOfThePageExists(String page) throws IOException {
		Set<String> classes = classes();
		Set<String> missing = new TreeSet<>();
		CODE.matcher(Files.readString(ROOT.resolve(page)))
			.results()
			.flatMap((code) -> CLASS_NAME.matcher(code.group(1)).results())
			.map((name) -> name.group(1))
			.filter((name) -> !classes.contains(name) && !OTHERS.contains(name))
			.forEach(missing::add);
		assertThat(missing).isEmpty();
	}

	/** The names of all sources: of the library, its tests, and the other modules. */
	private static Set<String> classes() throws IOException {
		Set<String> names = new TreeSet<>();
		try (Stream<Path> modules = Files.list(ROOT)) {
			for (Path sources : modules.map((module) -> module.resolve("src")).filter(Files::exists).toList()) {
				try (Stream<Path> files = Files.walk(sources)) {
					files.map((file) -> file.getFileName().toString())
						.filter((name) -> name.endsWith(".java"))
						.forEach((name) -> names.add(name.substring(0, name.length() - ".java".length())));
				}
			}
		}
		return names;
	}

	@Test
	void everyPromiseHasATestThatExists() throws IOException {
		Set<String> missing = new TreeSet<>();
		int tests = 0;
		for (String line : Files.readAllLines(ROOT.resolve("docs/reliability.md"))) {
			if (!line.startsWith("| ") || line.endsWith("| Test |")) {
				continue;
			}
			String cell = line.substring(line.lastIndexOf(" | ") + 3);
			List<String> named = CODE.matcher(cell).results().map((code) -> code.group(1)).toList();
			assertThat(named).as(line).isNotEmpty();
			for (String test : named) {
				tests++;
				if (!isTest(test)) {
					missing.add(test);
				}
			}
		}
		assertThat(missing).isEmpty();
		assertThat(tests).isGreaterThan(30);
	}

	private static boolean isTest(String test) throws IOException {
		int dot = test.indexOf('.');
		String file = "src/test/java/io/github/zmqspring/" + test.substring(0, dot) + ".java";
		try (Stream<Path> modules = Files.list(ROOT)) {
			for (Path source : modules.map((module) -> module.resolve(file)).filter(Files::exists).toList()) {
				if (Files.readString(source).contains("void " + test.substring(dot + 1) + "(")) {
					return true;
				}
			}
		}
		return false;
	}

	static Stream<Path> pages() throws IOException {
		try (Stream<Path> docs = Files.walk(ROOT.resolve("docs")); Stream<Path> root = Files.list(ROOT)) {
			return Stream.concat(docs, root)
				.filter((file) -> file.toString().endsWith(".md"))
				.sorted()
				.toList()
				.stream();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsSomewhere(Path page) throws IOException {
		Set<String> broken = new TreeSet<>();
		for (MatchResult link : LINK.matcher(prose(page)).results().toList()) {
			String target = link.group(1);
			if (target.contains("://") || target.startsWith("mailto:")) {
				continue;
			}
			Path file = (target.isEmpty()) ? page : page.resolveSibling(target).normalize();
			if (!Files.exists(file) || (link.group(2) != null && !anchors(file).contains(link.group(2)))) {
				broken.add(link.group());
			}
		}
		assertThat(broken).isEmpty();
	}

	private static String prose(Path page) throws IOException {
		return Files.readString(page).replaceAll("(?ms)^```.*?^```", "").replaceAll("`[^`]*`", "");
	}

	private static Set<String> anchors(Path page) throws IOException {
		return Files.readAllLines(page)
			.stream()
			.filter((line) -> line.startsWith("#"))
			.map((line) -> line.replaceFirst("^#+ ", "").toLowerCase().replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	@Test
	void theReadmeInKoreanHasTheSameCode() {
		List<String> english = Snippet.of("README.md")
			.stream()
			.filter((snippet) -> snippet.isIn("java"))
			.map(Snippet::text)
			.toList();
		assertThat(Snippet.of("README.ko.md").stream().filter((snippet) -> snippet.isIn("java")).map(Snippet::text))
			.containsExactlyElementsOf(english);
	}

	@Test
	void everyPageIsLinkedFromTheReadme() throws IOException {
		String readme = Files.readString(ROOT.resolve("README.md"));
		try (Stream<Path> pages = Files.list(ROOT.resolve("docs"));
				Stream<Path> guides = Files.list(ROOT.resolve("docs/guides"))) {
			assertThat(Stream.concat(pages, guides)
				.map((page) -> ROOT.resolve("docs").relativize(page).toString())
				.filter((name) -> name.endsWith(".md")))
				.allSatisfy((name) -> assertThat(readme).contains("docs/" + name));
		}
	}

}
