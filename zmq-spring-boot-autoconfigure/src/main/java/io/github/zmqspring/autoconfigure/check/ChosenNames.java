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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.zmqspring.support.RelaxedNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;

/**
 * The names that the user chose for sockets, proxies and other maps below {@code zmq}.
 * Relaxed forms of a name are one name, spelled as in the property source that all others
 * override, but never as in an environment variable, which cannot have dashes.
 */
final class ChosenNames {

	/** By path of the map, then by uniform name. */
	private final Map<String, Map<String, Name>> names = new HashMap<>();

	private final List<PropertyProblem> ambiguous = new ArrayList<>();

	private ChosenNames() {
	}

	static ChosenNames of(PropertyNode root, Iterable<ConfigurationPropertySource> sources) {
		return of(root, PropertyKey.below(ConfigurationPropertyName.of(root.name()), sources));
	}

	static ChosenNames of(PropertyNode root, List<PropertyKey> keys) {
		ChosenNames names = new ChosenNames();
		keys.forEach((key) -> names.add(root, key));
		return names;
	}

	private void add(PropertyNode root, PropertyKey key) {
		PropertyNode node = root;
		String path = root.name();
		for (int i = 1; i < key.size() && node != null; i++) {
			if (node.kind() == PropertyNode.Kind.NAMED) {
				Map<String, Name> all = this.names.computeIfAbsent(path, (first) -> new HashMap<>());
				if (!key.isLink()) {
					all.computeIfAbsent(key.uniform(i), (first) -> new Name()).add(key, i, this.ambiguous);
				}
				node = node.element();
			}
			else {
				node = (node.kind() == PropertyNode.Kind.GROUP) ? node.child(key.uniform(i)) : null;
			}
			path = path + "." + key.uniform(i);
		}
	}

	/** Return the problems of names that differ only in their form within one source. */
	List<PropertyProblem> ambiguous() {
		return this.ambiguous;
	}

	/**
	 * Whether the binder may bind a property: it may not where it is a name that is
	 * spelled otherwise, or that is only there because a variable of a service looks like
	 * it.
	 */
	boolean isBound(ConfigurationPropertyName property) {
		ConfigurationPropertyName parent = property.getParent();
		Map<String, Name> all = this.names.get(uniform(parent));
		if (all == null) {
			return true;
		}
		String written = property.getLastElement(ConfigurationPropertyName.Form.ORIGINAL);
		Name name = all.get(RelaxedNames.uniform(written));
		return name != null && written.equals(name.spelling);
	}

	private static String uniform(ConfigurationPropertyName name) {
		StringBuilder uniform = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			uniform.append((i > 0) ? "." : "")
				.append(RelaxedNames.uniform(name.getElement(i, ConfigurationPropertyName.Form.ORIGINAL)));
		}
		return uniform.toString();
	}

	/** Return the spellings of the names of a map. */
	Set<String> spellings(String path) {
		Set<String> spellings = new TreeSet<>();
		this.names.getOrDefault(path, Map.of()).values().forEach((name) -> spellings.add(name.spelling));
		return spellings;
	}

	private static final class Name {

		private String spelling = "";

		private boolean environment = true;

		private int source = -1;

		private @Nullable PropertyKey first;

		void add(PropertyKey key, int element, List<PropertyProblem> ambiguous) {
			String written = key.written(element);
			PropertyKey before = this.first;
			if (before != null && !key.environment() && key.source() == this.source && !written.equals(this.spelling)) {
				if (ambiguous.stream().noneMatch((problem) -> problem.property().equals(key.path(element + 1)))) {
					ambiguous.add(new PropertyProblem(key.path(element + 1), null,
							(key.origin() != null) ? key.origin().toString() : null,
							"it is the same name as '%s', which stands beside it: dashes, underscores and upper case make no difference"
								.formatted(before.path(element + 1)),
							"Write '%s' in one way, or choose a name that differs in more".formatted(written)));
				}
				return;
			}
			if (this.environment || !key.environment()) {
				this.spelling = (key.environment()) ? written.toLowerCase(Locale.ROOT) : written;
				this.environment = key.environment();
				this.source = key.source();
				this.first = key;
			}
		}

	}

}
