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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.zmqspring.support.RelaxedNames;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an unknown key was meant to be: a name of another library, a property that
 * stands elsewhere, or the nearest by its letters.
 */
final class Suggestions {

	private static final int MOST = 3;

	private Suggestions() {
	}

	/**
	 * Return the names that may have been meant.
	 * @param depth how many levels below the group are looked through
	 * @param group the group that has no such child
	 * @param key the unknown key, in uniform form
	 * @param rest what follows the key, in uniform form and without separators
	 * @return names relative to the group, the likeliest first; none if nothing is near
	 */
	static Set<String> of(int depth, PropertyNode group, String key, String rest) {
		Set<String> found = new LinkedHashSet<>(existing(group, Aliases.of(key + rest)));
		if (found.isEmpty()) {
			found.addAll(existing(group, Aliases.of(key)));
		}
		Map<String, PropertyNode> below = new LinkedHashMap<>();
		collect(group, "", depth, below);
		if (found.isEmpty()) {
			below.forEach((path, node) -> {
				String uniform = RelaxedNames.uniform(node.name());
				if (uniform.equals(key) || uniform.equals(key + rest)) {
					found.add(path);
				}
			});
		}
		if (found.isEmpty()) {
			found.addAll(nearest(below, key, rest));
		}
		return found.stream().limit(MOST).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static List<String> existing(PropertyNode group, List<String> paths) {
		return paths.stream().filter((path) -> find(group, path) != null).toList();
	}

	static @Nullable PropertyNode find(PropertyNode group, String path) {
		PropertyNode node = group;
		for (String element : path.split("\\.")) {
			if (node.kind() == PropertyNode.Kind.NAMED) {
				node = node.element();
				continue;
			}
			PropertyNode child = (node.kind() == PropertyNode.Kind.GROUP) ? node.child(RelaxedNames.uniform(element))
					: null;
			if (child == null) {
				return null;
			}
			node = child;
		}
		return node;
	}

	private static void collect(PropertyNode group, String path, int depth, Map<String, PropertyNode> into) {
		for (PropertyNode child : group.children()) {
			into.put(path + child.name(), child);
		}
		for (PropertyNode child : group.children()) {
			if (depth > 1 && child.kind() == PropertyNode.Kind.GROUP) {
				collect(child, path + child.name() + ".", depth - 1, into);
			}
		}
	}

	/** The nearest ones, those on the same level first. */
	private static List<String> nearest(Map<String, PropertyNode> below, String key, String rest) {
		List<Near> near = new ArrayList<>();
		below.forEach((path, node) -> {
			String uniform = RelaxedNames.uniform(node.name());
			int level = (int) path.chars().filter((c) -> c == '.').count();
			int distance = Math.min(distance(key, uniform), distance(key + rest, uniform));
			if (distance <= Math.max(1, uniform.length() / 3)) {
				near.add(new Near(path, level, distance));
			}
		});
		int least = near.stream().mapToInt(Near::distance).min().orElse(0);
		return near.stream()
			.filter((one) -> one.distance() == least)
			.sorted(Comparator.comparingInt(Near::level))
			.map(Near::path)
			.toList();
	}

	/** Whether two names are nearly the same: one letter in three may differ. */
	static boolean isNear(String one, String other) {
		return distance(one, other) <= Math.max(1, other.length() / 3);
	}

	/**
	 * The least number of letters to insert, leave out, replace or exchange with their
	 * neighbour.
	 */
	static int distance(String from, String to) {
		int[][] cost = new int[from.length() + 1][to.length() + 1];
		for (int i = 0; i <= from.length(); i++) {
			for (int j = 0; j <= to.length(); j++) {
				if (i == 0 || j == 0) {
					cost[i][j] = i + j;
					continue;
				}
				int replaced = cost[i - 1][j - 1] + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
				if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
						&& from.charAt(i - 2) == to.charAt(j - 1)) {
					cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
				}
			}
		}
		return cost[from.length()][to.length()];
	}

	private record Near(String path, int level, int distance) {
	}

}
