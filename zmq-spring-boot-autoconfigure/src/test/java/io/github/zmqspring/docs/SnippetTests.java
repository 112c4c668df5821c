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
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.xml.parsers.DocumentBuilderFactory;

import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProperties;
import io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the code of README and docs to the library: Java compiles, YAML starts, Python
 * and XML can be parsed.
 */
class SnippetTests {

	private static final Map<String, List<Snippet>> PAGES = Snippet.all()
		.stream()
		.collect(Collectors.groupingBy(Snippet::page, LinkedHashMap::new, Collectors.toList()));

	static List<String> pagesWithJava() {
		return PAGES.entrySet()
			.stream()
			.filter((page) -> page.getValue().stream().anyMatch((snippet) -> snippet.isIn("java")))
			.map(Map.Entry::getKey)
			.toList();
	}

	@ParameterizedTest
	@MethodSource("pagesWithJava")
	void javaCompiles(String page, @TempDir Path classes) throws IOException {
		List<JavaSource> sources = PAGES.get(page)
			.stream()
			.filter((snippet) -> snippet.isIn("java"))
			.map(JavaSource::of)
			.toList();
		try (URLClassLoader loader = PageCompiler.compile(sources, classes)) {
			assertThat(loader).isNotNull();
		}
	}

	static List<Snippet> yaml() {
		return Snippet.all().stream().filter((snippet) -> snippet.isIn("yaml", "yml")).toList();
	}

	@ParameterizedTest
	@MethodSource("yaml")
	void yamlHasOnlyPropertiesThatExist(Snippet snippet) {
		List<PropertySource<?>> sources = load(snippet.text());
		Binder binder = new Binder(ConfigurationPropertySources.from(sources),
				(value) -> (value.toString().contains("${")) ? "placeholder" : value);
		binder.bind("zmq", Bindable.of(ZmqProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
	}

	/** Examples of security need keys and files of the reader. */
	static List<Snippet> yamlThatStandsAlone() {
		return yaml().stream().filter((snippet) -> !snippet.text().contains("security:")).toList();
	}

	@ParameterizedTest
	@MethodSource("yamlThatStandsAlone")
	void yamlStartsAnApplication(Snippet snippet) {
		// ports of the docs may be taken here
		String text = snippet.text().replaceAll("(bind: \"tcp://[^:]+:)\\d+", "$1*");
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqProxyAutoConfiguration.class))
			.withInitializer((context) -> load(text)
				.forEach((source) -> context.getEnvironment().getPropertySources().addLast(source)))
			.run((context) -> assertThat(context).as("%s", snippet).hasNotFailed());
	}

	private static List<PropertySource<?>> load(String yaml) {
		try {
			return new YamlPropertySourceLoader().load("page",
					new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	@RequiresPyzmq
	void pythonCanBeParsed() {
		List<Snippet> snippets = Snippet.all().stream().filter((snippet) -> snippet.isIn("python")).toList();
		assertThat(snippets).isNotEmpty();
		String sources = JsonMapper.builder()
			.build()
			.writeValueAsString(
					snippets.stream().map((snippet) -> List.of(snippet.toString(), snippet.text())).toList());
		try (PythonPeer peer = PythonPeer.start("""
				import json
				for name, text in json.loads(sys.argv[1]):
				    compile(text, name, "exec")
				""", sources)) {
			assertThat(peer.awaitExit()).isZero();
		}
	}

	@Test
	void kotlinIsPartOfSourcesThatAreCompiled() throws IOException {
		Path sources = Path.of("src/test/kotlin/io/github/zmqspring/docs/KotlinSnippets.kt");
		List<String> compiled = Files.readAllLines(sources).stream().map(String::strip).toList();
		for (Snippet snippet : Snippet.all()) {
			if (snippet.isIn("kotlin")) {
				assertThat(snippet.text().lines().map(String::strip).filter((line) -> !line.isEmpty()))
					.as("%s", snippet)
					.allMatch(compiled::contains);
			}
		}
	}

	@Test
	void xmlIsWellFormed() throws Exception {
		for (Snippet snippet : Snippet.all()) {
			if (snippet.isIn("xml")) {
				DocumentBuilderFactory.newInstance()
					.newDocumentBuilder()
					.parse(new InputSource(new StringReader("<page>" + snippet.text() + "</page>")));
			}
		}
	}

	@Test
	void everyBlockOfCodeSaysItsLanguage() {
		for (Snippet snippet : Snippet.all()) {
			if (snippet.language().isEmpty()) {
				assertThat(snippet.text()).as("%s", snippet).doesNotContain("import ", "@Zmq", "zmq:\n");
			}
		}
	}

}
