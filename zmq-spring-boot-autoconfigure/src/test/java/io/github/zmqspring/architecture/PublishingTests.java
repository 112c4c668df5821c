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

package io.github.zmqspring.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the POMs to what Maven Central accepts: coordinates, name, description, URL,
 * licenses, developers and SCM of each artifact that is published, sources and javadoc
 * beside each jar, and nothing needed that is not published itself.
 */
class PublishingTests {

	private static final Path ROOT = Path.of("..");

	private static final Set<String> NOT_PUBLISHED = Set.of("zmq-spring-test-support", "sample-app", "benchmarks",
			"soak");

	static List<String> modules() {
		return children(child(pom("."), "modules")).stream().map(Element::getTextContent).toList();
	}

	static List<String> published() {
		return Stream.concat(Stream.of("."), modules().stream())
			.filter((module) -> !NOT_PUBLISHED.contains(module))
			.toList();
	}

	@Test
	void whatIsNotPublishedIsSkipped() {
		for (String module : modules()) {
			String skip = value(pom(module), "properties", "maven.deploy.skip");
			assertThat("true".equals(skip)).as(module).isEqualTo(NOT_PUBLISHED.contains(module));
		}
	}

	@ParameterizedTest
	@MethodSource("published")
	void mavenCentralAcceptsThePom(String module) {
		Element pom = pom(module);
		assertThat(value(pom, "name")).as("name").isNotBlank();
		assertThat(value(pom, "description")).as("description").hasSizeGreaterThan(20);
		assertThat(inherited(module, "url")).as("url").startsWith("https://");
		assertThat(inherited(module, "groupId")).as("groupId").isEqualTo("io.github.zmqspring");
		assertThat(inherited(module, "version")).as("version").matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
		assertThat(inherited(module, "licenses", "license", "name")).as("license").isNotBlank();
		assertThat(inherited(module, "licenses", "license", "url")).as("license").startsWith("https://");
		assertThat(inherited(module, "developers", "developer", "name")).as("developer").isNotBlank();
		assertThat(inherited(module, "scm", "connection")).as("scm").startsWith("scm:git:");
		assertThat(inherited(module, "scm", "developerConnection")).as("scm").startsWith("scm:git:");
		assertThat(inherited(module, "scm", "url")).as("scm").startsWith("https://");
		assertThat(child(pom, "repositories")).as("repositories").isNull();
		assertThat(child(pom, "pluginRepositories")).as("pluginRepositories").isNull();
	}

	@ParameterizedTest
	@MethodSource("published")
	void nothingIsNeededThatIsNotPublished(String module) {
		Set<String> needed = new TreeSet<>();
		children(child(pom(module), "dependencies")).forEach((dependency) -> {
			String scope = value(dependency, "scope");
			String artifact = String.valueOf(value(dependency, "artifactId"));
			String version = value(dependency, "version");
			if (!"test".equals(scope)) {
				needed.add(artifact);
				assertThat(scope).as(artifact).isNotEqualTo("system");
				assertThat(version).as("the version of %s comes from the parent", artifact).isNull();
			}
		});
		assertThat(needed).doesNotContainAnyElementsOf(NOT_PUBLISHED);
	}

	@Test
	void thePropertyReleaseTurnsEachProfileOfAReleaseOn() {
		assertThat(published().stream()
			.flatMap((module) -> profiles(module).stream())
			.filter((profile) -> "release".equals(value(profile, "id")))
			.map((profile) -> value(profile, "activation", "property", "name"))).hasSize(2).containsOnly("release");
	}

	@ParameterizedTest
	@MethodSource("published")
	void aReleaseHasNoJarsOfTests(String module) {
		Element pom = pom(module);
		for (Element profile : children(child(pom, "profiles"))) {
			if ("!release".equals(value(profile, "activation", "property", "name"))) {
				profile.getParentNode().removeChild(profile);
			}
		}
		List<Element> left = new ArrayList<>(children(child(pom, "profiles")));
		left.add(pom);
		for (Element part : left) {
			assertThat(String.valueOf(value(part, "build"))).doesNotContain("test-jar");
			assertThat(String.valueOf(value(part, "dependencies"))).doesNotContain("test-jar");
		}
	}

	@Test
	void sourcesJavadocAndBillOfMaterialsAreBuiltForARelease() {
		Element release = profiles(".").stream()
			.filter((profile) -> "release".equals(value(profile, "id")))
			.findFirst()
			.orElseThrow();
		assertThat(children(child(child(release, "build"), "plugins")).stream()
			.map((plugin) -> value(plugin, "artifactId")))
			.contains("maven-source-plugin", "maven-javadoc-plugin", "cyclonedx-maven-plugin");
	}

	@Test
	void thePluginsOfAReleaseHaveVersions() {
		Element plugins = child(child(child(pom("."), "build"), "pluginManagement"), "plugins");
		assertThat(children(plugins).stream()
			.filter((plugin) -> value(plugin, "version") != null)
			.map((plugin) -> value(plugin, "artifactId")))
			.contains("maven-gpg-plugin", "versions-maven-plugin", "maven-deploy-plugin", "maven-install-plugin");
	}

	@Test
	void whatIsNeededHasNoSnapshotButThisProject() {
		for (String module : published()) {
			assertThat(child(pom(module), "properties")).as(module)
				.satisfiesAnyOf((properties) -> assertThat(properties).isNull(),
						(properties) -> assertThat(properties.getTextContent()).doesNotContain("SNAPSHOT"));
		}
	}

	@Test
	void buildsTellATimeOfTheirOwn() {
		assertThat(value(pom("."), "properties", "project.build.outputTimestamp")).isNotBlank();
	}

	@Test
	void theBomHasAllThatIsPublished() {
		Set<String> managed = new TreeSet<>();
		children(child(child(pom("zmq-spring-boot-dependencies"), "dependencyManagement"), "dependencies"))
			.forEach((dependency) -> managed.add(String.valueOf(value(dependency, "artifactId"))));
		assertThat(managed).containsAll(published().stream()
			.filter((module) -> Files.exists(ROOT.resolve(module).resolve("src")) && !module.equals("."))
			.filter((module) -> !module.equals("zmq-spring-boot-parent"))
			.toList());
	}

	private static @Nullable String inherited(String module, String... path) {
		String own = value(pom(module), path);
		if (own != null || module.equals(".")) {
			return own;
		}
		Element parent = child(pom(module), "parent");
		String of = (parent != null) ? value(parent, "artifactId") : null;
		return inherited("zmq-spring-build".equals(of) ? "." : String.valueOf(of), path);
	}

	private static List<Element> profiles(String module) {
		return children(child(pom(module), "profiles"));
	}

	private static Element pom(String module) {
		try {
			return DocumentBuilderFactory.newInstance()
				.newDocumentBuilder()
				.parse(ROOT.resolve(module).resolve("pom.xml").toFile())
				.getDocumentElement();
		}
		catch (Exception ex) {
			throw new IllegalStateException(module, ex);
		}
	}

	private static @Nullable String value(Element element, String... path) {
		Element found = element;
		for (String name : path) {
			found = (found != null) ? child(found, name) : null;
		}
		return (found != null) ? found.getTextContent().strip() : null;
	}

	private static @Nullable Element child(@Nullable Element element, String name) {
		return children(element).stream().filter((child) -> child.getTagName().equals(name)).findFirst().orElse(null);
	}

	private static List<Element> children(@Nullable Element element) {
		if (element == null) {
			return List.of();
		}
		return IntStream.range(0, element.getChildNodes().getLength())
			.mapToObj(element.getChildNodes()::item)
			.filter((node) -> node.getNodeType() == Node.ELEMENT_NODE)
			.map(Element.class::cast)
			.toList();
	}

}
