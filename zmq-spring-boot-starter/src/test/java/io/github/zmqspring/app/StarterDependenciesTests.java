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

package io.github.zmqspring.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds what the starter brings to an application that adds nothing else: more of it is a
 * decision, and not the by-product of another one.
 */
class StarterDependenciesTests {

	/** What {@code spring-boot-starter} brings alone. */
	private static final Set<String> OF_SPRING_BOOT = Set.of("spring-boot-starter", "spring-boot-starter-logging",
			"spring-boot", "spring-boot-autoconfigure", "spring-aop", "spring-beans", "spring-context", "spring-core",
			"spring-expression", "commons-logging", "jakarta.annotation-api", "jspecify", "snakeyaml",
			"micrometer-observation", "micrometer-commons", "logback-classic", "logback-core", "slf4j-api",
			"log4j-to-slf4j", "log4j-api", "jul-to-slf4j");

	private static final List<String> ADDED = List.of("jeromq", "jnacl", "reactive-streams", "spring-messaging");

	@Test
	void itAddsJeroMqAndMessagingAndNothingElse() throws IOException {
		Set<String> added = new TreeSet<>(names(Files.readString(Path.of("target", "starter.classpath"))));
		assertThat(added).contains("spring-boot-starter");
		added.removeAll(OF_SPRING_BOOT);
		assertThat(added).containsExactlyElementsOf(ADDED);
	}

	private static Set<String> names(String classPath) {
		return Stream.of(classPath.strip().split(Pattern.quote(File.pathSeparator)))
			.map((entry) -> Path.of(entry).getFileName().toString())
			// this project's own, which are directories before they are packed
			.filter((name) -> name.endsWith(".jar") && !name.startsWith("zmq-spring"))
			.map((name) -> name.replaceFirst("-\\d.*", ""))
			.collect(Collectors.toSet());
	}

}
