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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.io.Resource;

/**
 * Finds texts that YAML read as a number, a boolean or nothing, and that are not what was
 * written any more: {@code on} becomes {@code true}, {@code 01001} becomes {@code 513},
 * {@code 1.10} becomes {@code 1.1}. Values of {@code .properties} files, variables and
 * arguments are texts, and stay as they are.
 */
final class YamlText {

	/** YAML 1.1 reads a leading zero as octal. */
	private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");

	/** YAML 1.1 reads colons as base 60. */
	private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");

	private static final Pattern ANCHOR = Pattern.compile("^&\\S+\\s+");

	private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?");

	private static final Pattern NOTHING = Pattern.compile("~|null|", Pattern.CASE_INSENSITIVE);

	private YamlText() {
	}

	/**
	 * Return what is wrong with a value.
	 * @param node the property
	 * @param key where it is set
	 * @return the problem, or {@code null}
	 */
	static @Nullable PropertyProblem check(PropertyNode node, PropertyKey key) {
		Object value = key.value();
		if (value instanceof Boolean || value instanceof Number) {
			String written = written(key.origin());
			return isText(node) ? text(key, value, written) : number(node, key, value, written);
		}
		if ("".equals(String.valueOf(value)) && isElement(node, key)) {
			String written = written(key.origin());
			if (written != null && NOTHING.matcher(written).matches()) {
				return PropertyProblem.of(key, "'%s' is nothing in YAML, and would be an empty text".formatted(written),
						"Quote it: \"%s\"; an empty text is \"\"".formatted(written));
			}
		}
		return null;
	}

	/**
	 * Return what is wrong with a switch that is written as libzmq has it, as a number.
	 * @param node the property
	 * @param key where it is set
	 * @return the problem, or {@code null}
	 */
	static @Nullable PropertyProblem flag(PropertyNode node, PropertyKey key) {
		String text = String.valueOf(key.value());
		boolean unset = "-1".equals(text);
		boolean flag = node.type() == Boolean.class || node.type() == boolean.class;
		if (!flag || !(unset || key.value() instanceof Number)) {
			return null;
		}
		return PropertyProblem.of(key, "it is a number, and the property is true or false",
				(unset) ? "Remove it to leave it as it is by default" : "Write " + !"0".equals(text) + " instead");
	}

	private static boolean isText(PropertyNode node) {
		return switch (node.kind()) {
			case VALUES -> node.element().type() == String.class;
			default -> node.type() == String.class || node.type().isEnum();
		};
	}

	private static boolean isElement(PropertyNode node, PropertyKey key) {
		return (node.kind() == PropertyNode.Kind.LIST && key.isIndex(key.size() - 1) && node.type() == String.class)
				|| node.kind() == PropertyNode.Kind.VALUES;
	}

	private static @Nullable PropertyProblem text(PropertyKey key, Object value, @Nullable String written) {
		String kind = (value instanceof Boolean) ? "a boolean" : "a number";
		if (written == null) {
			// JSON has one way to write booleans and integers, and several for the others
			return (value instanceof Double || value instanceof Float)
					? PropertyProblem.of(key, "it is %s, and is read as '%s'".formatted(kind, value), "Quote it")
					: null;
		}
		return (written.equals(String.valueOf(value))) ? null
				: PropertyProblem.of(key, "'%s' is %s in YAML, and is read as '%s'".formatted(written, kind, value),
						"Quote it: \"%s\"".formatted(written));
	}

	private static @Nullable PropertyProblem number(PropertyNode node, PropertyKey key, Object value,
			@Nullable String written) {
		if (written == null || value instanceof Boolean) {
			return null;
		}
		if (SEXAGESIMAL.matcher(written).matches()) {
			return PropertyProblem.of(key,
					"'%s' is a number to the base 60 in YAML, and is read as %s".formatted(written, value),
					(node.type() == Duration.class) ? "Write a time with its unit, such as 90s, 15m or PT12H30M"
							: "Write a plain number");
		}
		if (OCTAL.matcher(written).matches()) {
			return PropertyProblem.of(key,
					"'%s' is an octal number in YAML, and is read as %s".formatted(written, value),
					"Write it without the leading zero");
		}
		return null;
	}

	/**
	 * Return what is wrong with a name below a map: {@code on:} names a socket
	 * {@code true}.
	 * @param key a property below the name
	 * @param element the name
	 * @return the problem, or {@code null}
	 */
	static @Nullable PropertyProblem name(PropertyKey key, int element) {
		String name = key.written(element);
		return (key.isIndexed(element) && ("true".equals(name) || "false".equals(name))) ? PropertyProblem.of(key,
				"the name '%s' is a boolean in YAML, where on, off, yes and no are booleans too".formatted(name),
				"Quote the name, as in \"on\":") : null;
	}

	/**
	 * Return a remark on a name that YAML reads as a number: {@code 010:} names a socket
	 * {@code 8}.
	 * @param key a property below the name
	 * @param element the name
	 * @return the remark, or {@code null}
	 */
	static @Nullable String numberName(PropertyKey key, int element) {
		String name = key.written(element);
		return (key.isIndexed(element) && NUMBER.matcher(name).matches())
				? "The name '%s' in %s is a number: quote it in YAML, where 010 is read as 8".formatted(name,
						key.path(element + 1))
				: null;
	}

	/**
	 * Return a remark on a time without a unit.
	 * @param node the property
	 * @param key where it is set
	 * @return the remark, or {@code null}
	 */
	static @Nullable String remark(PropertyNode node, PropertyKey key) {
		return (node.type() == Duration.class && key.value() instanceof Number number && number.doubleValue() != 0)
				? "%s has no unit and is read as milliseconds: write %sms, or %ss if seconds are meant".formatted(key,
						number, number)
				: null;
	}

	/** What stands at the place, if it is not quoted and can be read. */
	private static @Nullable String written(@Nullable Origin origin) {
		Origin place = (origin instanceof PropertySourceOrigin property) ? property.getOrigin() : origin;
		if (!(place instanceof TextResourceOrigin text) || text.getLocation() == null || text.getResource() == null) {
			return null;
		}
		String line = line(text.getResource(), text.getLocation().getLine());
		if (line == null || text.getLocation().getColumn() > line.length()) {
			return null;
		}
		return plain(line.substring(text.getLocation().getColumn()));
	}

	/** A plain scalar: to the end of the line, of the element or to a comment. */
	private static @Nullable String plain(String text) {
		String rest = ANCHOR.matcher(text).replaceFirst("");
		if (rest.startsWith("\"") || rest.startsWith("'") || rest.startsWith("!") || rest.startsWith("*")
				|| rest.startsWith("|") || rest.startsWith(">")) {
			return null;
		}
		int end = 0;
		while (end < rest.length()) {
			char c = rest.charAt(end);
			boolean comment = c == '#' && (end == 0 || Character.isWhitespace(rest.charAt(end - 1)));
			if (comment || c == ',' || c == ']' || c == '}') {
				break;
			}
			end++;
		}
		return rest.substring(0, end).strip();
	}

	private static @Nullable String line(Resource resource, int number) {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(resource.getInputStream(), StandardCharsets.UTF_8))) {
			return reader.lines().skip(number).findFirst().orElse(null);
		}
		catch (IOException ex) {
			return null;
		}
	}

}
