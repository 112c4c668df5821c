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

package io.github.zmqspring.autoconfigure.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when {@code management.metrics.distribution} asks for a histogram, percentiles
 * or service-level objectives of a timer, or of all meters with a prefix of its name.
 */
abstract class OnDistributionCondition extends SpringBootCondition {

	private static final String PREFIX = "management.metrics.distribution.";

	private final String meter;

	OnDistributionCondition(String meter) {
		this.meter = meter;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Binder binder = Binder.get(context.getEnvironment());
		ConditionMessage.Builder message = ConditionMessage.forCondition("Distribution of " + this.meter);
		for (String key : new String[] { "percentiles-histogram", "percentiles", "slo" }) {
			Map<String, String> values = binder.bind(PREFIX + key, Bindable.mapOf(String.class, String.class))
				.orElse(Map.of());
			String value = longestMatch(values);
			if (value != null && !"false".equalsIgnoreCase(value)) {
				return ConditionOutcome.match(message.foundExactly(PREFIX + key));
			}
		}
		return ConditionOutcome.noMatch(message.because("no distribution is configured"));
	}

	/** As Boot does: the longest prefix of the meter's name, else {@code all}. */
	private @Nullable String longestMatch(Map<String, String> values) {
		for (String name = this.meter; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('.')))) {
			if (values.containsKey(name)) {
				return values.get(name);
			}
		}
		return values.get("all");
	}

	/** Of the timer of sends. */
	static final class Send extends OnDistributionCondition {

		Send() {
			super("zmq.send");
		}

	}

	/** Of the timer of listeners. */
	static final class Listener extends OnDistributionCondition {

		Listener() {
			super("zmq.listener");
		}

	}

}
