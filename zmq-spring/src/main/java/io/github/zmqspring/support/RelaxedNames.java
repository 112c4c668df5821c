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

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Relaxed forms of the names that users choose: {@code new-orders}, {@code newOrders},
 * {@code new_orders} and {@code NEWORDERS} are one name. A variable of the environment
 * cannot have dashes, and other places have customs of their own.
 *
 * @since 0.1.0
 */
public final class RelaxedNames {

	private RelaxedNames() {
	}

	/**
	 * Return the form in which names are compared.
	 * @param name a name
	 * @return the name in lower case, without dashes and underscores
	 */
	public static String uniform(String name) {
		StringBuilder uniform = new StringBuilder(name.length());
		for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
			if (c != '-' && c != '_') {
				uniform.append(c);
			}
		}
		return uniform.toString();
	}

	/**
	 * Return what a name stands for. The exact name wins; otherwise there must be one
	 * name alone of which it is a form.
	 * @param <V> the type of the values
	 * @param map values by name
	 * @param name the name in any form
	 * @return the value, or {@code null} if there is none or more than one
	 */
	public static <V> @Nullable V find(Map<String, V> map, String name) {
		V exact = map.get(name);
		if (exact != null) {
			return exact;
		}
		String uniform = uniform(name);
		V found = null;
		for (Map.Entry<String, V> entry : map.entrySet()) {
			if (uniform(entry.getKey()).equals(uniform)) {
				if (found != null) {
					return null;
				}
				found = entry.getValue();
			}
		}
		return found;
	}

}
