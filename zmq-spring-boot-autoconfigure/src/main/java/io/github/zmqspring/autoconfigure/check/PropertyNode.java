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

import java.beans.PropertyDescriptor;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import io.github.zmqspring.support.RelaxedNames;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/**
 * A known property, and what may stand below it. The tree follows the classes that the
 * properties are bound to.
 */
final class PropertyNode {

	private static final String OWN_CLASSES = "io.github.zmqspring.";

	private final String name;

	private final Kind kind;

	private final Class<?> type;

	/** By uniform name; found out when first asked for, as most groups never are. */
	private @Nullable Map<String, PropertyNode> children;

	private final @Nullable PropertyNode element;

	private PropertyNode(String name, Kind kind, Class<?> type, @Nullable PropertyNode element) {
		this.name = name;
		this.kind = kind;
		this.type = type;
		this.element = element;
	}

	static PropertyNode of(String name, ResolvableType type) {
		Class<?> resolved = type.resolve(Object.class);
		if (Map.class.isAssignableFrom(resolved)) {
			PropertyNode value = of("<name>", type.asMap().getGeneric(1));
			return new PropertyNode(name, (value.kind == Kind.VALUE) ? Kind.VALUES : Kind.NAMED, resolved, value);
		}
		if (Collection.class.isAssignableFrom(resolved)) {
			return new PropertyNode(name, Kind.LIST, type.asCollection().getGeneric(0).resolve(String.class), null);
		}
		if (!resolved.getName().startsWith(OWN_CLASSES) || resolved.isEnum() || resolved.isInterface()) {
			return new PropertyNode(name, Kind.VALUE, resolved, null);
		}
		return new PropertyNode(name, Kind.GROUP, resolved, null);
	}

	private synchronized Map<String, PropertyNode> byName() {
		Map<String, PropertyNode> known = this.children;
		if (known == null) {
			known = (this.kind == Kind.GROUP) ? properties(this.type) : Map.of();
			this.children = known;
		}
		return known;
	}

	private static Map<String, PropertyNode> properties(Class<?> type) {
		Map<String, PropertyNode> properties = new TreeMap<>();
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			if (property.getReadMethod() != null && property.getReadMethod().getDeclaringClass() != Object.class) {
				PropertyNode child = of(dashed(property.getName()),
						ResolvableType.forMethodParameter(new MethodParameter(property.getReadMethod(), -1)));
				properties.put(RelaxedNames.uniform(child.name), child);
			}
		}
		return properties;
	}

	private static String dashed(String property) {
		StringBuilder dashed = new StringBuilder();
		for (char c : property.toCharArray()) {
			if (Character.isUpperCase(c) && dashed.length() > 0) {
				dashed.append('-');
			}
			dashed.append(Character.toLowerCase(c));
		}
		return dashed.toString();
	}

	String name() {
		return this.name;
	}

	Kind kind() {
		return this.kind;
	}

	/** The type of the value, or of the elements of a list. */
	Class<?> type() {
		return this.type;
	}

	Collection<PropertyNode> children() {
		return byName().values();
	}

	@Nullable PropertyNode child(String uniformName) {
		return byName().get(uniformName);
	}

	/** What each name of a map stands for. */
	PropertyNode element() {
		if (this.element == null) {
			throw new IllegalStateException(this.name + " is no map");
		}
		return this.element;
	}

	enum Kind {

		/** Properties of fixed names. */
		GROUP,

		/** Groups by a name that the user chooses. */
		NAMED,

		/** Values by a name that the user chooses, dots included. */
		VALUES,

		/** Values in order. */
		LIST,

		/** One value. */
		VALUE

	}

}
