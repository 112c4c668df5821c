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

package io.github.zmqspring.support;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/**
 * Resolves placeholders in texts of annotations. A placeholder may stand for several
 * values: a property with commas, or a list of YAML, which has a property for each
 * element ({@code topics[0]}).
 *
 * @since 0.1.0
 */
public final class Placeholders {

	private static final String ENVIRONMENT = ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME;

	private static final String PREFIX = "${";

	private static final String EXPRESSION = "#{";

	private final ConfigurableBeanFactory beans;

	private final Environment environment;

	/**
	 * Create it.
	 * @param beans resolves placeholders, and has the environment as a bean
	 */
	public Placeholders(ConfigurableBeanFactory beans) {
		this.beans = beans;
		this.environment = (beans.containsBean(ENVIRONMENT)) ? beans.getBean(ENVIRONMENT, Environment.class)
				: new StandardEnvironment();
	}

	/**
	 * Resolve a text that stands for one value.
	 * @param text the text
	 * @return the value
	 * @throws IllegalArgumentException if a property is missing, or is a list of more
	 * than one element
	 */
	public String one(String text) {
		List<String> values = expand(text, false);
		if (values.size() != 1) {
			throw new IllegalArgumentException(
					"'%s' is a list of %d elements, and one is wanted".formatted(text, values.size()));
		}
		return values.get(0);
	}

	/**
	 * Resolve a text that stands for any number of values. Text around a placeholder
	 * belongs to each of its values.
	 * @param text the text
	 * @return the values
	 * @throws IllegalArgumentException if a property is missing
	 */
	public List<String> all(String text) {
		return expand(text, true);
	}

	private List<String> expand(String text, boolean split) {
		int start = text.indexOf(PREFIX);
		int end = (start >= 0 && !text.contains(EXPRESSION)) ? end(text, start + PREFIX.length()) : -1;
		if (end < 0) {
			String resolved = this.beans.resolveEmbeddedValue(text);
			return List.of((resolved != null) ? resolved : "");
		}
		List<String> expanded = new ArrayList<>();
		List<String> tails = expand(text.substring(end + 1), split);
		for (String value : values(text.substring(start + PREFIX.length(), end), split)) {
			tails.forEach((tail) -> expanded.add(text.substring(0, start) + value + tail));
		}
		return expanded;
	}

	/** Return the matching brace, or -1. */
	private static int end(String text, int from) {
		int depth = 0;
		for (int i = from; i < text.length(); i++) {
			if (text.startsWith(PREFIX, i)) {
				depth++;
			}
			else if (text.charAt(i) == '}' && depth-- == 0) {
				return i;
			}
		}
		return -1;
	}

	private List<String> values(String inside, boolean split) {
		String name = inside;
		int colon = inside.indexOf(':');
		if (!this.environment.containsProperty(inside) && colon >= 0) {
			name = inside.substring(0, colon);
		}
		if (!name.contains(PREFIX) && !this.environment.containsProperty(name)) {
			List<String> elements = elements(name);
			if (!elements.isEmpty()) {
				return elements;
			}
		}
		String value = this.beans.resolveEmbeddedValue(PREFIX + inside + "}");
		if (value == null) {
			return List.of("");
		}
		return (split && value.contains(",")) ? List.of(StringUtils.tokenizeToStringArray(value, ",", true, false))
				: List.of(value);
	}

	/** Return the elements of a list of YAML. */
	private List<String> elements(String name) {
		List<String> elements = new ArrayList<>();
		String element = element(name, 0);
		while (element != null) {
			elements.add(element);
			element = element(name, elements.size());
		}
		return elements;
	}

	private @Nullable String element(String name, int index) {
		return this.environment.getProperty("%s[%d]".formatted(name, index));
	}

}
