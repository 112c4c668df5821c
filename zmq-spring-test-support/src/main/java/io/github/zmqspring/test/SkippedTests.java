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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Names each test that was skipped, and why, when the run ends: what does not run must
 * not go unseen. Registered as a service, so that each module's run has it.
 *
 * @since 0.1.0
 */
public final class SkippedTests implements TestExecutionListener {

	private final List<String> skipped = new ArrayList<>();

	@Override
	public synchronized void executionSkipped(TestIdentifier test, String reason) {
		this.skipped.add(describe(test) + ": " + reason.lines().findFirst().orElse("no reason given"));
	}

	@Override
	public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
			this.skipped.add(describe(test) + ": " + reason(result.getThrowable()));
		}
	}

	@Override
	public synchronized void testPlanExecutionFinished(TestPlan plan) {
		this.skipped.forEach((line) -> System.out.println("Skipped: " + line));
		this.skipped.clear();
	}

	private static String reason(Optional<Throwable> aborted) {
		return aborted.map(Throwable::getMessage).flatMap((text) -> text.lines().findFirst()).orElse("aborted");
	}

	private static String describe(TestIdentifier test) {
		String place = test.getSource().map((source) -> {
			if (source instanceof MethodSource method) {
				return simpleName(method.getClassName()) + "." + method.getMethodName() + " ";
			}
			return (source instanceof ClassSource type) ? simpleName(type.getClassName()) + " " : "";
		}).orElse("");
		return place + "[" + test.getDisplayName() + "]";
	}

	private static String simpleName(String className) {
		return className.substring(className.lastIndexOf('.') + 1);
	}

}
