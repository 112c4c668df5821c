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

package io.github.zmqspring.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Prints {@code docs/properties.md} from the classes that properties are bound to: their
 * fields, the comments on them, and what a new object has.
 */
final class PropertiesDoc {

	private static final Path SOURCES = Path.of("src", "main", "java", "io", "github", "zmqspring", "autoconfigure");

	private static final String INTRO = """
			# Properties

			Generated from the classes that the properties are bound to; `PropertiesDocTests` fails when this page is out of date, and
			writes it anew with `-Dzmq.docs.write=true`. How they are checked and what names may look like is in
			[configuration.md](configuration.md), the options of sockets are in [options.md](options.md).

			A time is a number with a unit (`500ms`, `10s`, `5m`; without a unit milliseconds), a size likewise (`64KB`, `1MB`; without a unit
			bytes). A list is written as a YAML list or as text with commas.
			""";

	private final StringBuilder page = new StringBuilder(INTRO);

	private PropertiesDoc() {
	}

	static String generate() throws IOException, ReflectiveOperationException {
		PropertiesDoc doc = new PropertiesDoc();
		doc.section("zmq", new ZmqProperties());
		return doc.page.toString();
	}

	/** Values first, then the groups in sections of their own. */
	private void section(String prefix, Object bean) throws IOException, ReflectiveOperationException {
		StringBuilder rows = new StringBuilder();
		for (Field field : fields(bean)) {
			if (!isGroup(field)) {
				rows.append("| `%s.%s` | %s | %s | %s |%n".formatted(prefix, dashed(field.getName()), type(field),
						value(field.get(bean)), comment(field)));
			}
		}
		if (!rows.isEmpty()) {
			this.page.append("\n## %s%n%n| Property | Type | Default | What for |%n|---|---|---|---|%n%s"
				.formatted(prefix, rows));
		}
		for (Field field : fields(bean)) {
			if (field.getType() == OptionsProperties.class) {
				this.page.append("%n## %s.%s%n%n%s All of them are in [options.md](options.md).%n".formatted(prefix,
						dashed(field.getName()), comment(field)));
			}
			else if (field.getType() == SocketProperties.class) {
				this.page.append("%n## %s.%s%n%n%s The properties are those of `zmq.sockets.<name>`.%n"
					.formatted(prefix, dashed(field.getName()), comment(field)));
			}
			else if (isGroup(field)) {
				section(prefix + "." + dashed(field.getName()) + (isMap(field) ? ".<name>" : ""), group(field, bean));
			}
		}
	}

	private static Field[] fields(Object bean) {
		return Arrays.stream(bean.getClass().getDeclaredFields())
			.filter((field) -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
			.peek((field) -> field.setAccessible(true))
			.toArray(Field[]::new);
	}

	private static Object group(Field field, Object bean) throws ReflectiveOperationException {
		Object there = isMap(field) ? null : field.get(bean);
		return (there != null) ? there : element(field).getDeclaredConstructor().newInstance();
	}

	private static boolean isMap(Field field) {
		return Map.class.isAssignableFrom(field.getType());
	}

	/** Return what a map or a list holds, else the type of the field. */
	private static Class<?> element(Field field) {
		if (field.getGenericType() instanceof ParameterizedType generic) {
			Type[] arguments = generic.getActualTypeArguments();
			return (arguments[arguments.length - 1] instanceof Class<?> type) ? type : Object.class;
		}
		return field.getType();
	}

	private static boolean isGroup(Field field) {
		Class<?> type = element(field);
		return type.getPackageName().startsWith(ZmqProperties.class.getPackageName()) && !type.isEnum();
	}

	private static String type(Field field) {
		Class<?> type = element(field);
		String name = simple(type);
		if (Collection.class.isAssignableFrom(field.getType())) {
			return "list of " + name;
		}
		return isMap(field) ? "map to " + ((type == Object.class) ? "maps" : name) : name;
	}

	private static String simple(Class<?> type) {
		if (type == SocketType.class) {
			return "type of socket";
		}
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
				.collect(Collectors.joining(", "));
		}
		return Map
			.of(boolean.class, "boolean", int.class, "integer", double.class, "number", Duration.class, "time",
					DataSize.class, "size", String.class, "text")
			.getOrDefault(type, type.getSimpleName());
	}

	private static String value(@Nullable Object value) {
		if (value == null || value instanceof Map<?, ?> || (value instanceof Collection<?> all && all.isEmpty())) {
			return "";
		}
		if (value instanceof Duration duration) {
			return (duration.toMillis() % 1000 != 0) ? "`" + duration.toMillis() + "ms`"
					: "`" + duration.toSeconds() + "s`";
		}
		if (value instanceof DataSize size) {
			return (size.toMegabytes() > 0) ? "`" + size.toMegabytes() + "MB`" : "`" + size.toKilobytes() + "KB`";
		}
		return "`" + ((value instanceof Enum<?>) ? value.toString().toLowerCase(Locale.ROOT).replace('_', '-') : value)
				+ "`";
	}

	private static String dashed(String field) {
		return field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	/** Return the comment on a field, from the source of its class. */
	private static String comment(Field field) throws IOException {
		Class<?> outer = field.getDeclaringClass();
		String room = outer.getPackageName().substring(ZmqProperties.class.getPackageName().length());
		String source = Files.readString(SOURCES.resolve(room.replaceFirst("^\\.", ""))
			.resolve(((outer.getEnclosingClass() != null) ? outer.getEnclosingClass() : outer).getSimpleName()
					+ ".java"));
		if (outer.getEnclosingClass() != null) {
			source = source.substring(source.indexOf("class " + outer.getSimpleName() + " {"));
		}
		Matcher comment = Pattern
			.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s+)*private [^;=]*\\b" + field.getName() + "( =|;)",
					Pattern.DOTALL)
			.matcher(source);
		if (!comment.find()) {
			throw new IllegalStateException("No comment on " + field);
		}
		return StringUtils.trimAllWhitespace(comment.group(1)).isEmpty() ? ""
				: comment.group(1).replaceAll("\\s*\\n\\s*\\*\\s?", " ").replace("|", "\\|").strip();
	}

}
