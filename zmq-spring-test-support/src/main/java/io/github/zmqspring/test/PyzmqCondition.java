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

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Decides whether tests with {@link RequiresPyzmq} run.
 */
final class PyzmqCondition implements ExecutionCondition {

	static final String VARIABLE = "ZMQ_TEST_PEERS";

	private final UnaryOperator<@Nullable String> environment;

	private final Supplier<PythonInterpreter> interpreter;

	PyzmqCondition() {
		this(System::getenv, PythonInterpreter::get);
	}

	PyzmqCondition(UnaryOperator<@Nullable String> environment, Supplier<PythonInterpreter> interpreter) {
		this.environment = environment;
		this.interpreter = interpreter;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		PythonInterpreter python = this.interpreter.get();
		if (python.command() != null) {
			return ConditionEvaluationResult.enabled("pyzmq found for " + python.command());
		}
		if ("required".equals(this.environment.apply(VARIABLE))) {
			throw new AssertionError(VARIABLE + "=required forbids to skip this: " + python.absence());
		}
		return ConditionEvaluationResult.disabled(python.absence());
	}

}
