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

package io.github.zmqspring.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Java of a page as a compilation unit. A snippet with a package is one already. Others
 * are fragments: types, members and statements in any order, separated by empty lines,
 * which may use the types and fields of {@link Reader}.
 *
 * @param name the name of the file
 * @param text the source text
 */
record JavaSource(String name, String text) {

	private static final Pattern TYPE = Pattern
		.compile("^(?:public |final |abstract |sealed )*(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE);

	private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

	private static final Pattern IMPORT = Pattern.compile("^import .*;\\n", Pattern.MULTILINE);

	private static final Pattern METHOD = Pattern.compile(
			"^(?:(?:public|protected|private|static|final) )*[\\w.<>?,\\[\\] ]+ \\w+\\(.*\\) (?:throws \\w+ )?\\{.*");

	/** A method of an interface, annotated, without the interface. */
	private static final Pattern ABSTRACT = Pattern
		.compile("(\\s*(?:@.*\\n)+)(\\w[\\w.<>?,\\[\\] ]* \\w+\\(.*\\);\\s*)");

	private static final String IMPORTS = """
			import java.time.*;
			import java.util.*;
			import java.util.concurrent.*;
			import io.github.zmqspring.annotation.*;
			import io.github.zmqspring.core.*;
			import io.github.zmqspring.event.*;
			import io.github.zmqspring.listener.*;
			import io.github.zmqspring.proxy.*;
			import org.jspecify.annotations.Nullable;
			import org.springframework.context.annotation.*;
			import org.springframework.context.event.EventListener;
			import org.springframework.messaging.Message;
			import org.springframework.messaging.handler.annotation.*;
			import org.springframework.messaging.handler.annotation.Header;
			import org.springframework.stereotype.Component;
			import org.zeromq.SocketType;
			import org.zeromq.ZMsg;
			import reactor.core.publisher.Flux;
			import static org.assertj.core.api.Assertions.*;
			""";

	static JavaSource of(Snippet snippet) {
		String text = snippet.text();
		if (PACKAGE.matcher(text).find()) {
			Matcher type = TYPE.matcher(text);
			if (!type.find()) {
				throw new AssertionError(snippet + ": has a package and no type");
			}
			return new JavaSource(packageName(text).replace('.', '/') + "/" + type.group(1), text);
		}
		String name = "Fragment" + snippet.line();
		StringBuilder imports = new StringBuilder();
		IMPORT.matcher(text).results().forEach((found) -> imports.append(found.group()));
		return new JavaSource(Reader.PACKAGE.replace('.', '/') + "/" + name,
				unit(name, imports.toString(), IMPORT.matcher(text).replaceAll("")));
	}

	private static String packageName(String text) {
		Matcher matcher = PACKAGE.matcher(text);
		return (matcher.find()) ? matcher.group(1) : "";
	}

	private static String unit(String name, String imports, String text) {
		StringBuilder members = new StringBuilder();
		StringBuilder statements = new StringBuilder();
		for (String paragraph : paragraphs(
				text.replace("{ \u2026 }", "{ throw new UnsupportedOperationException(); }"))) {
			if (ABSTRACT.matcher(paragraph).matches()) {
				members.append("abstract class Type").append(members.length()).append(" {\n");
				members.append(ABSTRACT.matcher(paragraph).replaceFirst("$1abstract $2")).append("}\n");
				continue;
			}
			((isMember(paragraph)) ? members : statements).append(paragraph).append('\n');
		}
		return "package " + Reader.PACKAGE + ";\n" + imports + IMPORTS + "abstract class " + name
				+ " extends Reader {\n" + members + "void run() throws Exception {\n" + statements + "}\n}\n";
	}

	private static boolean isMember(String paragraph) {
		String code = paragraph.lines()
			.filter((line) -> !line.isBlank() && !line.startsWith("@") && !line.startsWith("//")
					&& !line.startsWith("\t"))
			.findFirst()
			.orElse("");
		return TYPE.matcher(code).lookingAt() || METHOD.matcher(code).matches();
	}

	/** Split at empty lines outside of braces. */
	private static List<String> paragraphs(String text) {
		List<String> paragraphs = new ArrayList<>();
		StringBuilder paragraph = new StringBuilder();
		for (String line : text.split("\n")) {
			if (line.isBlank() || line.startsWith("@") && endsMember(paragraph)) {
				if (endsMember(paragraph) || paragraph.isEmpty()) {
					paragraphs.add(paragraph.toString());
					paragraph.setLength(0);
				}
			}
			paragraph.append(line).append('\n');
		}
		paragraphs.add(paragraph.toString());
		paragraphs.removeIf(String::isBlank);
		return paragraphs;
	}

	private static boolean endsMember(StringBuilder paragraph) {
		return paragraph.chars().filter((each) -> each == '{').count() == paragraph.chars()
			.filter((each) -> each == '}')
			.count() && !paragraph.toString().isBlank()
				&& !paragraph.toString().strip().lines().reduce((first, second) -> second).orElse("").startsWith("@");
	}

}
