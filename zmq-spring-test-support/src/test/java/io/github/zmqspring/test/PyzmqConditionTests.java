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

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PyzmqCondition}.
 */
class PyzmqConditionTests {

	private static final String ABSENCE = "no Python interpreter with pyzmq found (tried no-python, /bin/false); "
			+ "install Debian's python3-zmq";

	private static final PythonInterpreter ABSENT = PythonInterpreter.find(List.of("no-python", "/bin/false"));

	private final ExtensionContext context = mock(ExtensionContext.class);

	@Test
	void enablesWherePyzmqIs() {
		PythonInterpreter present = new PythonInterpreter("python3", List.of("python3"));
		assertThat(evaluate(null, present).isDisabled()).isFalse();
		assertThat(evaluate("required", present).isDisabled()).isFalse();
	}

	@Test
	void skipsWithTheReasonWherePyzmqIsNot() {
		assertThat(evaluate(null, ABSENT)).satisfies((result) -> {
			assertThat(result.isDisabled()).isTrue();
			assertThat(result.getReason()).hasValue(ABSENCE);
		});
	}

	@Test
	void failsWherePyzmqIsNotButRequired() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> evaluate("required", ABSENT))
			.withMessage("ZMQ_TEST_PEERS=required forbids to skip this: " + ABSENCE);
	}

	@Test
	void failsTheTestInJunitInsteadOfSkippingIt() {
		Events events = run(Forbidding.class);
		events.assertStatistics((counts) -> counts.skipped(0).failed(1));
		assertThat(events.failed().list()).singleElement()
			.satisfies((event) -> assertThat(event.getRequiredPayload(TestExecutionResult.class).getThrowable()).get()
				.satisfies((failure) -> assertThat(failure).hasMessageContaining("forbids to skip this")));
	}

	@Test
	void skipsTheTestInJunit() {
		run(Skipping.class).assertStatistics((counts) -> counts.skipped(1).failed(0));
	}

	@Test
	void interpreterThatIsNotThereSaysWhatWasTried() {
		assertThatIllegalStateException().isThrownBy(ABSENT::required).withMessage(ABSENCE);
	}

	private ConditionEvaluationResult evaluate(@Nullable String variable, PythonInterpreter interpreter) {
		return new PyzmqCondition((name) -> name.equals("ZMQ_TEST_PEERS") ? variable : null, () -> interpreter)
			.evaluateExecutionCondition(this.context);
	}

	private static Events run(Class<?> testClass) {
		return EngineTestKit.engine("junit-jupiter")
			.selectors(DiscoverySelectors.selectClass(testClass))
			.execute()
			.allEvents();
	}

	static class Skipping {

		@RegisterExtension
		static final PyzmqCondition condition = new PyzmqCondition((name) -> null, () -> ABSENT);

		@Test
		void runs() {
		}

	}

	static class Forbidding {

		@RegisterExtension
		static final PyzmqCondition condition = new PyzmqCondition((name) -> "required", () -> ABSENT);

		@Test
		void runs() {
		}

	}

}
