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

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.security.ZmqKeys;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.NestedRuntimeException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that hold the packages apart.
 */
class ArchitectureTests {

	private static final String ROOT = "io.github.zmqspring";

	/** What each room may use besides itself; autoconfigure may use them all. */
	private static final Map<String, Set<String>> ROOMS = Map.ofEntries(Map.entry("annotation", Set.of()),
			Map.entry("security", Set.of()), Map.entry("support", Set.of()),
			Map.entry("core", Set.of("security", "support")), Map.entry("event", Set.of("core", "support")),
			Map.entry("message", Set.of("core", "support")),
			Map.entry("transport", Set.of("core", "event", "message", "security", "support")),
			Map.entry("request", Set.of("annotation", "core", "message", "transport", "support")),
			Map.entry("proxy", Set.of("core", "message", "transport", "support")),
			Map.entry("listener", Set.of("annotation", "core", "message", "security", "transport", "support")),
			Map.entry("observation", Set.of("core", "message")),
			Map.entry("logging", Set.of("core", "transport", "listener", "security")),
			Map.entry("config", Set.of("core", "listener", "message", "proxy", "request", "transport")));

	/** What each room inside the transport may use of the others; the top may use all. */
	private static final Map<String, Set<String>> TRANSPORT = Map.ofEntries(Map.entry("endpoint", Set.of()),
			Map.entry("discovery", Set.of("endpoint")), Map.entry("mechanism", Set.of("engine")),
			Map.entry("jeromq", Set.of()), Map.entry("ipc", Set.of("jeromq")), Map.entry("zmtp", Set.of("jeromq")),
			Map.entry("limit", Set.of("jeromq", "zmtp")), Map.entry("engine", Set.of("jeromq", "ipc", "zmtp", "limit")),
			Map.entry("wire", Set.of("jeromq")), Map.entry("peer", Set.of("jeromq", "engine", "wire")),
			Map.entry("poll", Set.of()), Map.entry("lane", Set.of("poll", "wire")),
			Map.entry("socket", Set.of("jeromq", "wire", "peer", "poll", "lane")));

	/** What the rooms above use of those inside the transport. */
	private static final Set<String> FROM_INSIDE_THE_TRANSPORT = Set.of("socket.ManagedSocket", "socket.RequestPort",
			"socket.TakeBacks$Requests", "lane.LaneGate", "lane.LaneHandler", "lane.LaneSettings",
			"lane.LaneSettings$IdleAction", "lane.MessageFlow", "poll.PollerStatus", "discovery.Discovery",
			"engine.ContextFactory", "jeromq.ContextFailures", "jeromq.ContextTerminator", "jeromq.Descriptors",
			"jeromq.IoThreadWatch");

	/** The enum and the values of JeroMQ that are no sockets. */
	private static final Set<String> VALUES = Set.of("org.zeromq.SocketType", "org.zeromq.ZMsg", "org.zeromq.ZFrame");

	/** The library's and the auto-configuration's, wherever they were compiled to. */
	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption((location) -> !location.contains("/zmqspring/test/"))
		.importUrls(List.of(location(ZmqTemplate.class), location(ZmqAutoConfiguration.class)));

	@Test
	void thereIsSomethingToLookAt() {
		assertThat(rooms()).contains("annotation", "core", "transport", "request", "listener", "autoconfigure");
	}

	@Test
	void everyRoomIsKnown() {
		Set<String> unknown = rooms();
		unknown.removeAll(ROOMS.keySet());
		assertThat(unknown).containsExactly("autoconfigure");
	}

	@Test
	void roomsUseOnlyWhatIsBelowThem() {
		ROOMS.forEach((room, below) -> {
			if (!rooms().contains(room)) {
				return;
			}
			List<String> allowed = new ArrayList<>(List.of(ROOT + "." + room + ".."));
			below.forEach((other) -> allowed.add(ROOT + "." + other + ".."));
			ArchRuleDefinition.noClasses()
				.that(Predicates.resideInAPackage(ROOT + "." + room + ".."))
				.should()
				.dependOnClassesThat(Predicates.resideInAPackage(ROOT + "..")
					.and(DescribedPredicate.not(Predicates.resideInAnyPackage(allowed.toArray(String[]::new)))))
				.because("'" + room + "' may use " + below)
				.check(CLASSES);
		});
	}

	@Test
	void thereAreNoCycles() {
		SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void roomsInsideTheTransportUseOnlyWhatIsBelowThem() {
		Set<String> known = new TreeSet<>(TRANSPORT.keySet());
		CLASSES.forEach((type) -> {
			if (type.getPackageName().startsWith(ROOT + ".transport.")) {
				assertThat(known).contains(type.getPackageName().substring((ROOT + ".transport.").length()));
			}
		});
		TRANSPORT.forEach((room, below) -> {
			List<String> allowed = new ArrayList<>(List.of(ROOT + ".transport." + room));
			below.forEach((other) -> allowed.add(ROOT + ".transport." + other));
			ArchRuleDefinition.noClasses()
				.that(Predicates.resideInAPackage(ROOT + ".transport." + room))
				.should()
				.dependOnClassesThat(Predicates.resideInAPackage(ROOT + ".transport..")
					.and(DescribedPredicate.not(Predicates.resideInAnyPackage(allowed.toArray(String[]::new)))))
				.because("'transport." + room + "' may use " + below)
				.check(CLASSES);
		});
	}

	@Test
	void roomsInsideTheTransportAreUsedOnlyByTheTransport() {
		ArchRuleDefinition.noClasses()
			.that(Predicates.resideInAPackage(ROOT + "..")
				.and(DescribedPredicate.not(Predicates.resideInAPackage(ROOT + ".transport.."))))
			.should()
			.dependOnClassesThat(DescribedPredicate.describe("are inside the transport", (type) -> {
				String name = type.getBaseComponentType().getName();
				String inside = ROOT + ".transport.";
				return name.startsWith(inside) && name.indexOf('.', inside.length()) > 0
						&& !FROM_INSIDE_THE_TRANSPORT.contains(name.substring(inside.length()));
			}))
			.check(CLASSES);
		assertThat(FROM_INSIDE_THE_TRANSPORT).allMatch(
				(name) -> CLASSES.get(ROOT + ".transport." + name)
					.getDirectDependenciesToSelf()
					.stream()
					.anyMatch((use) -> !use.getOriginClass().getPackageName().startsWith(ROOT + ".transport")),
				"is used");
	}

	@Test
	void onlyTheTransportTouchesJeroMqsSockets() {
		ArchRuleDefinition.noClasses()
			.that(Predicates.resideInAPackage(ROOT + "..")
				.and(DescribedPredicate.not(Predicates.resideInAPackage(ROOT + ".transport.."))))
			.should()
			.dependOnClassesThat(jeroMqExcept(Set.of("org.zeromq.ZContext")))
			.check(CLASSES);
		ArchRuleDefinition.noClasses()
			.that(Predicates.resideInAPackage(ROOT + "..")
				.and(DescribedPredicate.not(Predicates.resideInAnyPackage(ROOT + ".transport..",
						ROOT + ".autoconfigure", ROOT + ".autoconfigure.actuate", ROOT + ".config"))))
			.should()
			.dependOnClassesThat(jeroMqExcept(Set.of()))
			.check(CLASSES);
	}

	private static DescribedPredicate<JavaClass> jeroMqExcept(Set<String> more) {
		return Predicates.resideInAnyPackage("org.zeromq..", "zmq..")
			.and(DescribedPredicate.describe("that are no values of JeroMQ", (type) -> {
				String name = type.getBaseComponentType().getName();
				return !VALUES.contains(name) && !more.contains(name);
			}));
	}

	@Test
	void onlyTheRoomForJeroMqsInsideOpensIt() {
		ArchRuleDefinition.noClasses()
			.that(Predicates.resideInAPackage(ROOT + ".transport..")
				.and(DescribedPredicate.not(Predicates.resideInAPackage(ROOT + ".transport.jeromq"))))
			.should()
			.callMethodWhere(JavaCall.Predicates
				.target(HasName.Predicates.nameMatching("setAccessible|trySetAccessible|privateLookupIn"
						+ "|getDeclared(Field|Method|Constructor)s?|findVarHandle|findStaticVarHandle")))
			.check(CLASSES);
	}

	@Test
	void noRoomIsTooLarge() {
		Map<String, Integer> sizes = new TreeMap<>();
		CLASSES.forEach((type) -> {
			// files of Kotlin functions are not counted
			if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")
					&& !type.isAnnotatedWith("kotlin.Metadata")) {
				sizes.merge(type.getPackageName(), 1, Integer::sum);
			}
		});
		assertThat(sizes)
			.allSatisfy((room, size) -> assertThat(size).as("classes of %s", room).isLessThanOrEqualTo(35));
	}

	@Test
	void noClassIsTooLong() throws IOException {
		// properties are a table
		Set<String> tables = Set.of("ZmqProperties.java", "OptionsProperties.java");
		Map<String, Integer> lines = new TreeMap<>();
		for (String module : List.of("zmq-spring", "zmq-spring-boot-autoconfigure", "zmq-spring-boot-starter-test",
				"zmq-spring-test")) {
			try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main"))) {
				for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
					lines.put(file.getFileName().toString(), Files.readAllLines(file).size());
				}
			}
		}
		lines.keySet().removeAll(tables);
		assertThat(lines).hasSizeGreaterThan(300)
			.allSatisfy((file, count) -> assertThat(count).as("lines of %s", file).isLessThanOrEqualTo(450));
	}

	@Test
	void onlyTheAutoConfigurationKnowsBoot() {
		ArchRuleDefinition.noClasses()
			.that(Predicates.resideInAPackage(ROOT + "..")
				.and(DescribedPredicate.not(Predicates.resideInAPackage(ROOT + ".autoconfigure.."))))
			.should()
			.dependOnClassesThat(Predicates.resideInAPackage("org.springframework.boot.."))
			.check(CLASSES);
	}

	@Test
	void whatIsPublicInsideIsUsedOutside() {
		// annotation, core, event and listener are what applications speak to; these are
		// not,
		// interceptors and events of proxies aside
		ArchRuleDefinition.classes()
			.that(Predicates.resideInAnyPackage(ROOT + ".transport..", ROOT + ".request..", ROOT + ".message..",
					ROOT + ".proxy..", ROOT + ".listener.invoke", ROOT + ".listener.config", ROOT + ".listener.order",
					ROOT + ".listener.dispatch", ROOT + ".support.."))
			.and()
			.arePublic()
			.and()
			.areTopLevelClasses()
			.and()
			.areNotAnnotations()
			.and()
			.haveSimpleNameNotStartingWith("ZmqProxy")
			.and()
			// code that is generated ahead of time makes it
			.doNotHaveSimpleName("ZmqClientFactoryBean")
			.should(new ArchCondition<>("be used by another package") {
				@Override
				public void check(JavaClass type, ConditionEvents events) {
					boolean used = type.getDirectDependenciesToSelf()
						.stream()
						.anyMatch((use) -> !use.getOriginClass().getPackageName().equals(type.getPackageName()));
					events.add(new SimpleConditionEvent(type, used,
							type.getName() + " is public, but only its own package uses it"));
				}
			})
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsAreFinalAndKeepTheirBeanMethodsToThemselves() {
		ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.haveModifier(JavaModifier.FINAL)
			.check(CLASSES);
		ArchRuleDefinition.methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(CLASSES);
	}

	@Test
	void autoConfigurationsAreListed() throws Exception {
		Set<String> listed = new TreeSet<>();
		try (var stream = getClass()
			.getResourceAsStream("/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports")) {
			assertThat(stream).isNotNull();
			new String(stream.readAllBytes()).lines().filter((line) -> !line.isBlank()).forEach(listed::add);
		}
		assertThat(CLASSES.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)).containsExactlyInAnyOrderElementsOf(listed);
	}

	@Test
	void everyPackageIsNullMarked() {
		Set<String> packages = new TreeSet<>();
		CLASSES.forEach((type) -> packages.add(type.getPackageName()));
		assertThat(packages).allMatch((name) -> CLASSES.getPackage(name)
			.getAnnotations()
			.stream()
			.map(JavaAnnotation::getRawType)
			.anyMatch((type) -> type.isEquivalentTo(NullMarked.class)), "is @NullMarked");
	}

	@Test
	void exceptionsAreSpringsAndNameTheLibrary() {
		ArchRuleDefinition.classes()
			.that()
			.areAssignableTo(Throwable.class)
			.and()
			.arePublic()
			.and()
			// between the rooms of the transport, and caught there
			.resideOutsideOfPackage(ROOT + ".transport.zmtp")
			.should()
			.beAssignableTo(NestedRuntimeException.class)
			.andShould()
			.haveSimpleNameStartingWith("Zmq")
			.andShould()
			.haveSimpleNameEndingWith("Exception")
			.check(CLASSES);
	}

	@Test
	void noClassPrints() {
		// a program for the command line
		GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
			.check(CLASSES.that(DescribedPredicate.not(Predicates.equivalentTo(ZmqKeys.class))));
		GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
	}

	@Test
	void nothingWaitsForTheFinalizerOrTheLockOfAClass() {
		ArchRuleDefinition.methods().should(new ArchCondition<JavaMethod>("not be static and synchronized") {
			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				boolean locksClass = method.getModifiers().contains(JavaModifier.STATIC)
						&& method.getModifiers().contains(JavaModifier.SYNCHRONIZED);
				events.add(new SimpleConditionEvent(method, !locksClass, method.getFullName() + " locks its class"));
			}
		}).check(CLASSES);
	}

	private static Set<String> rooms() {
		Set<String> rooms = new TreeSet<>();
		CLASSES.forEach((type) -> {
			String name = type.getPackageName();
			if (name.startsWith(ROOT + ".")) {
				rooms.add(name.substring(ROOT.length() + 1).split("\\.")[0]);
			}
		});
		return rooms;
	}

	private static URL location(Class<?> type) {
		return type.getProtectionDomain().getCodeSource().getLocation();
	}

}
