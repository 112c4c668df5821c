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

import java.util.Locale;
import java.util.Set;

import io.github.zmqspring.support.RelaxedNames;

/**
 * Finds the property that a variable of the environment sets. A variable has no dashes:
 * all of them are left out, as in {@code ZMQ_SOCKETS_NEWORDERS_BIND}, or all of them
 * become underscores, as in {@code ZMQ_SOCKETS_NEW_ORDERS_BIND}; the latter only for
 * names that are written with dashes elsewhere.
 */
final class EnvironmentNames {

	private final PropertyNode root;

	private final ChosenNames names;

	EnvironmentNames(PropertyNode root, ChosenNames names) {
		this.root = root;
		this.names = names;
	}

	boolean isKnown(PropertyKey key) {
		return matches(key, 1, this.root, this.root.name(), false)
				|| matches(key, 1, this.root, this.root.name(), true);
	}

	private boolean matches(PropertyKey key, int from, PropertyNode node, String path, boolean underscores) {
		if (from == key.size()) {
			return node.kind() != PropertyNode.Kind.GROUP && node.kind() != PropertyNode.Kind.NAMED;
		}
		return switch (node.kind()) {
			case VALUE -> false;
			case VALUES -> true;
			case LIST -> from == key.size() - 1 && key.isIndex(from);
			case GROUP -> node.children()
				.stream()
				.anyMatch((child) -> matches(key, from, child.name(), child, path, underscores));
			case NAMED -> matches(key, from + 1, node.element(), path + "." + key.uniform(from), underscores)
					|| named(key, from, node, path, underscores);
		};
	}

	private boolean named(PropertyKey key, int from, PropertyNode node, String path, boolean underscores) {
		Set<String> spellings = this.names.spellings(path);
		return underscores
				&& spellings.stream().anyMatch((name) -> matches(key, from, name, node.element(), path, true));
	}

	private boolean matches(PropertyKey key, int from, String name, PropertyNode below, String path,
			boolean underscores) {
		String wanted = (underscores) ? name.toLowerCase(Locale.ROOT).replace('-', '_') : RelaxedNames.uniform(name);
		int elements = wanted.split("_").length;
		if (from + elements > key.size()) {
			return false;
		}
		StringBuilder there = new StringBuilder();
		for (int i = from; i < from + elements; i++) {
			there.append((i > from) ? "_" : "").append(key.written(i).toLowerCase(Locale.ROOT));
		}
		return there.toString().equals(wanted)
				&& matches(key, from + elements, below, path + "." + RelaxedNames.uniform(name), underscores);
	}

}
