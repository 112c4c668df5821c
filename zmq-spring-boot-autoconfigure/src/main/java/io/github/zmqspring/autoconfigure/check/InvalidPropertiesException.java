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

package io.github.zmqspring.autoconfigure.check;

import java.util.List;
import java.util.stream.Collectors;

import io.github.zmqspring.core.ZmqConfigurationException;

/**
 * Properties that cannot be what their author wanted: all of them at once.
 */
final class InvalidPropertiesException extends ZmqConfigurationException {

	InvalidPropertiesException(List<PropertyProblem> problems) {
		super(subject(problems), reason(problems), action(problems));
	}

	private static String subject(List<PropertyProblem> problems) {
		return (problems.size() == 1) ? problems.get(0).property() : problems.size() + " properties below 'zmq'";
	}

	private static String reason(List<PropertyProblem> problems) {
		return (problems.size() == 1) ? details(problems.get(0))
				: problems.stream()
					.map((problem) -> "\n\n    " + problem.property() + ": " + details(problem))
					.collect(Collectors.joining());
	}

	private static String details(PropertyProblem problem) {
		StringBuilder details = new StringBuilder(problem.reason());
		if (problem.value() != null || problem.origin() != null) {
			details.append(" (")
				.append((problem.value() != null) ? "value \"" + problem.value() + "\"" : "value not shown")
				.append((problem.origin() != null) ? ", from " + problem.origin() : "")
				.append(')');
		}
		return details.toString();
	}

	private static String action(List<PropertyProblem> problems) {
		return (problems.size() == 1) ? problems.get(0).action()
				: problems.stream()
					.map((problem) -> "\n    " + problem.property() + ": " + problem.action())
					.collect(Collectors.joining("", "Correct all of them:", ""));
	}

}
