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

package io.github.zmqspring.test;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ZmqLeakExtension}, which run the classes in {@link Fixtures}.
 */
class ZmqLeakExtensionTests {

	@AfterEach
	void close() throws Exception {
		Fixtures.closeLeaked();
	}

	@Test
	void passesWhatClosesItsContext() {
		assertThat(failures(run(Fixtures.Clean.class))).isEmpty();
	}

	@Test
	void passesWhatIsClosedInAfterEachAndAfterAll() {
		assertThat(failures(run(Fixtures.CleanWithCallbacks.class))).isEmpty();
	}

	@Test
	void comparesAfterExtensionsThatWereRegisteredBeforeIt() {
		Events events = run(Fixtures.CleanByExtensionsRegisteredFirst.class);
		assertThat(failures(events)).isEmpty();
	}

	@Test
	void failsTheTestThatLeaksContextAndNotTheNextNorTheClass() {
		Events events = run(Fixtures.LeaksContext.class);
		assertThat(failures(events)).singleElement().satisfies((event) -> {
			assertThat(event.getTestDescriptor().isTest()).isTrue();
			assertThat(throwable(event)).isInstanceOf(AssertionError.class)
				.hasMessageContaining("Test LeaksContext.leaksContext() left behind, 1 s later:")
				.hasMessageContaining("- thread iothread-2 (RUNNABLE)")
				.hasMessageContaining("- thread reaper-1 (RUNNABLE)")
				.hasMessageContaining("zmq.poll.Poller.run(Poller.java:");
		});
	}

	@Test
	void failsTheClassForLeaksOfItsInstances() {
		assertFailsTheClass(Fixtures.LeaksInField.class);
	}

	@Test
	void failsTheClassForLeaksOfBeforeAll() {
		assertFailsTheClass(Fixtures.LeaksFromBeforeAll.class);
	}

	private static void assertFailsTheClass(Class<?> testClass) {
		assertThat(failures(run(testClass))).singleElement().satisfies((event) -> {
			assertThat(event.getTestDescriptor().isContainer()).isTrue();
			assertThat(throwable(event)).hasMessageContaining("Class " + testClass.getName() + " left behind")
				.hasMessageContaining("- thread iothread-2");
		});
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void namesTheListeningPort() {
		assertThat(failures(run(Fixtures.LeaksPort.class))).singleElement()
			.satisfies((event) -> assertThat(throwable(event)).message()
				.containsPattern("- listening port \\d+ on [0:.]+")
				.containsPattern("- descriptor \\d+ -> socket:\\[\\d+]")
				.doesNotContain("- thread"));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void namesTheDescriptor() {
		assertThat(failures(run(Fixtures.LeaksDescriptor.class))).singleElement()
			.satisfies((event) -> assertThat(throwable(event)).message()
				.containsPattern("(- descriptor \\d+ -> pipe:\\[\\d+]\\s*){2}")
				.doesNotContain("- thread")
				.doesNotContain("- listening"));
	}

	@Test
	void addsTheLeakToTheFailureOfTheTest() {
		assertThat(failures(run(Fixtures.FailsAndLeaks.class))).singleElement().satisfies((event) -> {
			Throwable failure = throwable(event);
			assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("its own failure");
			assertThat(failure.getSuppressed()).singleElement()
				.satisfies((leak) -> assertThat(leak).hasMessageContaining("left behind"));
		});
	}

	@Test
	void seesLeaksOfTestsThatLeaveTheThreadInterrupted() {
		List<Event> failures = failures(run(Fixtures.LeaksInterrupted.class));
		assertThat(failures).singleElement()
			.satisfies((event) -> assertThat(throwable(event)).hasMessageContaining("left behind, 1 s later"));
	}

	@Test
	void blamesNestedTestsOnceAndWithTheTimeoutOfTheOuterClass() {
		assertThat(failures(run(Fixtures.Outer.class))).singleElement()
			.satisfies((event) -> assertThat(throwable(event)).hasMessageContaining("left behind, 1 s later"));
	}

	@Test
	void doesNotBlameWhatWasThereBefore() throws Exception {
		Events first = run(Fixtures.LeaksContext.class);
		assertThat(failures(first)).hasSize(1);
		assertThat(failures(run(Fixtures.Clean.class))).isEmpty();
	}

	private static Events run(Class<?> testClass) {
		return EngineTestKit.engine("junit-jupiter")
			.selectors(DiscoverySelectors.selectClass(testClass))
			.execute()
			.allEvents();
	}

	private static List<Event> failures(Events events) {
		assertThat(events.started().count()).isGreaterThan(2);
		return events.failed().list();
	}

	private static Throwable throwable(Event event) {
		return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
	}

}
