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

package io.github.zmqspring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zmqspring.core.SocketOption;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an IDE is told about the properties.
 */
class ConfigurationMetadataTests {

	private static final Set<String> WITHOUT_DEFAULT = Set.of("zmq.sockets", "zmq.proxies", "zmq.security.keys",
			"zmq.security.clients", "zmq.security.users", "zmq.listener.dead-letter", "zmq.listener.executor",
			"zmq.listener.idle-event-interval", "zmq.template.default-socket");

	/** {@code docs/options.md} is checked against real sockets. */
	private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9-]+)` \\|(?: [^|]+ \\|){3} ([^|]+) \\|");

	private static final Set<String> WORDS = Set.of("none", "operating system", "no back-off", "the interval",
			"those of new files of the process");

	private final JsonNode metadata = read();

	private final Map<String, JsonNode> properties = properties();

	@Test
	void everyPropertyHasDescriptionAndType() {
		assertThat(this.properties).hasSizeGreaterThan(60)
			.allSatisfy((name, property) -> assertThat(property.path("description").asString("")).as(name)
				.hasSizeGreaterThan(10)
				.endsWith("."))
			.allSatisfy((name, property) -> assertThat(property.path("type").asString("")).as(name).isNotEmpty());
	}

	@Test
	void everyPropertyOutsideTheOptionsHasItsDefault() {
		Set<String> without = new TreeSet<>();
		this.properties.forEach((name, property) -> {
			if (!name.startsWith("zmq.defaults.") && property.path("defaultValue").isMissingNode()) {
				without.add(name);
			}
		});
		assertThat(WITHOUT_DEFAULT).containsAll(without);
	}

	@Test
	void everyOptionHasItsRealDefault() throws IOException {
		Map<String, String> documented = new LinkedHashMap<>();
		for (String line : Files.readAllLines(Path.of("..", "docs", "options.md"))) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				documented.put(row.group(1), row.group(2).split(";")[0].strip());
			}
		}
		for (SocketOption option : SocketOption.values()) {
			JsonNode property = this.properties.get("zmq.defaults." + option.key());
			assertThat(property).as(option.key()).isNotNull();
			String told = property.path("defaultValue").asString(null);
			String real = documented.get(option.key());
			if (option.refusal() != null) {
				assertThat(told).as(option.key()).isNull();
				assertThat(property.path("deprecation").path("level").asString()).as(option.key()).isEqualTo("error");
				assertThat(property.path("deprecation").path("reason").asString()).as(option.key())
					.contains(option.refusal());
			}
			else if (WORDS.contains(real)) {
				assertThat(told).as(option.key()).isNull();
			}
			else if (real.startsWith("`")) {
				assertThat(told).as(option.key())
					.isEqualTo(this.properties.get(real.replace("`", "")).path("defaultValue").asString());
			}
			else if (option.valueType() == Duration.class) {
				assertThat(DurationStyle.detectAndParse(told)).as(option.key())
					.isEqualTo(DurationStyle.detectAndParse(real));
			}
			else {
				assertThat(told).as(option.key()).isEqualTo(real);
			}
		}
	}

	@Test
	void optionsOfSocketsAreThoseOfTheDefaults() {
		List<String> names = new ArrayList<>();
		for (SocketOption option : SocketOption.values()) {
			names.add("zmq.defaults." + option.key());
		}
		assertThat(this.properties.keySet()).filteredOn((name) -> name.startsWith("zmq.defaults."))
			.containsExactlyInAnyOrderElementsOf(names);
	}

	@Test
	void hintsBelongToProperties() {
		assertThat(this.metadata.path("hints")).isNotEmpty()
			.allSatisfy((hint) -> assertThat(this.properties)
				.containsKey(hint.path("name").asString().replaceFirst("\\.(keys|values)$", "")));
	}

	@Test
	void mapsHaveHintsForTheirKeys() {
		List<String> maps = this.properties.keySet()
			.stream()
			.filter((name) -> type(name).startsWith("java.util.Map<"))
			.toList();
		assertThat(maps).isNotEmpty().allSatisfy((name) -> assertThat(hints()).contains(name + ".keys"));
	}

	@Test
	void propertiesThatTakeANameHaveHints() {
		assertThat(hints()).contains("zmq.template.default-socket", "zmq.listener.dead-letter",
				"zmq.listener.executor");
		this.properties.forEach((name, property) -> {
			if (name.endsWith("-socket") || name.endsWith("dead-letter") || name.endsWith("executor")) {
				assertThat(hints()).contains(name);
			}
		});
	}

	@Test
	void hintsAreDescribedAndLetOtherNamesIn() {
		this.metadata.path("hints").forEach((hint) -> {
			String name = hint.path("name").asString();
			hint.path("values")
				.forEach((value) -> assertThat(value.path("description").asString("")).as(name).endsWith("."));
			if (name.endsWith(".keys") || type(name).equals(String.class.getName())) {
				assertThat(hint.path("providers").findValuesAsString("name")).as(name).contains("any");
			}
		});
	}

	@Test
	void whatIsDeprecatedSaysWhy() {
		this.properties.forEach((name, property) -> {
			JsonNode deprecation = property.path("deprecation");
			if (!deprecation.isMissingNode()) {
				assertThat(deprecation.path("reason").asString("") + deprecation.path("replacement").asString(""))
					.as(name)
					.isNotBlank();
				if (deprecation.has("replacement")) {
					assertThat(this.properties).containsKey(deprecation.path("replacement").asString());
				}
			}
		});
	}

	private String type(String name) {
		return this.properties.getOrDefault(name, this.metadata.path("none")).path("type").asString("");
	}

	private List<String> hints() {
		return this.metadata.path("hints")
			.findValuesAsString("name")
			.stream()
			.filter((name) -> name.startsWith("zmq.") || name.startsWith("management."))
			.toList();
	}

	private Map<String, JsonNode> properties() {
		Map<String, JsonNode> all = new LinkedHashMap<>();
		this.metadata.path("properties").forEach((property) -> all.put(property.path("name").asString(), property));
		return all;
	}

	private static JsonNode read() {
		return JsonMapper.builder()
			.build()
			.readTree(Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json").toFile());
	}

}
