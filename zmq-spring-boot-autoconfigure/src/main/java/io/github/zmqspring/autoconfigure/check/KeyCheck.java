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

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.github.zmqspring.support.RelaxedNames;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys that no property has. Directly below {@code zmq} only those are reported
 * that look like one of ours: applications keep properties of their own there.
 */
final class KeyCheck {

	/** Deeper names would be far from what was written. */
	private static final int DEEPEST = 3;

	private final PropertyNode root;

	private final EnvironmentNames environment;

	private final List<PropertyProblem> problems = new ArrayList<>();

	/** What is worth a line in the log. */
	private final Set<String> remarks = new LinkedHashSet<>();

	/** Told of each value of a known property. */
	private final BiConsumer<PropertyNode, PropertyKey> values;

	KeyCheck(PropertyNode root, ChosenNames names, BiConsumer<PropertyNode, PropertyKey> values) {
		this.root = root;
		this.environment = new EnvironmentNames(root, names);
		this.values = values;
	}

	List<PropertyProblem> problems() {
		return this.problems;
	}

	Set<String> remarks() {
		return this.remarks;
	}

	void check(PropertyKey key) {
		if (key.isLink() || (key.environment() && this.environment.isKnown(key))) {
			return;
		}
		PropertyNode node = this.root;
		boolean named = false;
		for (int i = 1; i < key.size(); i++) {
			PropertyNode next = next(node, key, i);
			if (next == null) {
				unknown(node, key, i, named);
				return;
			}
			if (next == node && node.kind() == PropertyNode.Kind.VALUES) {
				break;
			}
			named = node.kind() == PropertyNode.Kind.NAMED;
			if (named) {
				name(key, i);
			}
			node = next;
		}
		end(node, key);
	}

	/** The node of the next element: the same where the rest belongs to the node. */
	private static @Nullable PropertyNode next(PropertyNode node, PropertyKey key, int element) {
		return switch (node.kind()) {
			case GROUP -> (key.isIndexed(element)) ? null : node.child(key.uniform(element));
			case NAMED -> node.element();
			case VALUES -> node;
			case LIST -> (element == key.size() - 1 && key.isIndex(element)) ? node : null;
			case VALUE -> null;
		};
	}

	private void name(PropertyKey key, int element) {
		PropertyProblem problem = YamlText.name(key, element);
		if (problem != null) {
			this.problems.add(problem);
		}
		String remark = YamlText.numberName(key, element);
		if (remark != null) {
			this.remarks.add(remark);
		}
	}

	private void end(PropertyNode node, PropertyKey key) {
		switch (node.kind()) {
			case GROUP, NAMED -> {
				// an empty map is nothing at all
				if (!String.valueOf(key.value()).isBlank()) {
					problem(key, "it is a group of properties and has no value of its own",
							"Set one of the properties below it: " + names(below(node)));
				}
			}
			default -> this.values.accept(node, key);
		}
	}

	private static PropertyNode below(PropertyNode node) {
		return (node.kind() == PropertyNode.Kind.NAMED) ? node.element() : node;
	}

	private void unknown(PropertyNode node, PropertyKey key, int element, boolean afterName) {
		String path = key.path(element);
		if (node.kind() == PropertyNode.Kind.VALUE) {
			problem(key, "'" + path + "' has a value, and nothing stands below it", "Remove what follows " + path);
			return;
		}
		if (node.kind() == PropertyNode.Kind.LIST) {
			problem(key, "'" + path + "' is a list of values",
					"Write %s: [first, second], or %s[0] and so on".formatted(path, path));
			return;
		}
		if (node == this.root) {
			unknownGroup(key);
			return;
		}
		Set<String> meant = Suggestions.of(DEEPEST, node, key.uniform(element), rest(key, element + 1));
		if (afterName && isDotted(node, key, element)) {
			String name = key.written(element - 1) + "." + key.written(element);
			problem(key, "there is no such property, unless '%s' is a name with a dot".formatted(name),
					"Write a name with a dot in brackets, in YAML \"[%s]\":, or choose a name without a dot"
						.formatted(name));
		}
		else if (!meant.isEmpty()) {
			problem(key, "there is no such property",
					"Did you mean " + meant.stream()
						.map((name) -> path + "." + name + tail(Suggestions.find(node, name), key, element + 1))
						.collect(Collectors.joining(" or ")) + "?");
		}
		else if (key.environment()) {
			problem(key, "there is no such property",
					"A variable has no dashes: leave them out, as in ZMQ_SOCKETS_NEWORDERS_BIND for zmq.sockets.new-orders.bind. "
							+ "Below " + path + " there are " + names(node));
		}
		else {
			problem(key, "there is no such property", "Remove it, or use one of " + names(node));
		}
	}

	/**
	 * Applications and tools keep properties of their own here: what is not ours looks
	 * like it, or makes sense below what it looks like.
	 */
	private void unknownGroup(PropertyKey key) {
		String written = key.uniform(1);
		Set<String> meant = (key.environment()) ? Set.of() : Suggestions.of(1, this.root, written, rest(key, 2));
		List<String> ours = meant.stream().filter((name) -> {
			PropertyNode node = Suggestions.find(this.root, name);
			return node != null && (Suggestions.isNear(written, RelaxedNames.uniform(name)) || fits(node, key, 2));
		}).toList();
		if (!ours.isEmpty()) {
			problem(key, "there is no such property",
					"Did you mean " + ours.stream()
						.map((name) -> this.root.name() + "." + name + tail(Suggestions.find(this.root, name), key, 2))
						.collect(Collectors.joining(" or ")) + "?");
		}
	}

	private static boolean fits(PropertyNode group, PropertyKey key, int from) {
		PropertyNode node = group;
		for (int i = from; i < key.size(); i++) {
			PropertyNode next = next(node, key, i);
			if (next == null) {
				return false;
			}
			node = next;
		}
		return from < key.size() && node.kind() != PropertyNode.Kind.GROUP && node.kind() != PropertyNode.Kind.NAMED;
	}

	/** What is written below a group stays as it is. */
	private static String tail(@Nullable PropertyNode node, PropertyKey key, int from) {
		if (node == null || from >= key.size()) {
			return "";
		}
		return switch (node.kind()) {
			case GROUP, NAMED, VALUES -> key.path(key.size()).substring(key.path(from).length());
			default -> "";
		};
	}

	/** Whether the name was parted at a dot, and its properties follow. */
	private static boolean isDotted(PropertyNode node, PropertyKey key, int element) {
		return !key.environment() && element + 1 < key.size() && node.child(key.uniform(element + 1)) != null;
	}

	private static String rest(PropertyKey key, int from) {
		StringBuilder rest = new StringBuilder();
		for (int i = from; i < key.size() && !key.isIndex(i); i++) {
			rest.append(key.uniform(i));
		}
		return rest.toString();
	}

	private static String names(PropertyNode group) {
		return group.children().stream().map(PropertyNode::name).sorted().collect(Collectors.joining(", "));
	}

	private void problem(PropertyKey key, String reason, String action) {
		this.problems.add(PropertyProblem.of(key, reason, action));
	}

}
