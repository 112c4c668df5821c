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
import java.util.List;
import java.util.regex.Pattern;

import io.github.zmqspring.support.RelaxedNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A property as it was written in one property source.
 *
 * @param name the name as Boot reads it
 * @param value the value before placeholders are resolved
 * @param origin where it was written, if that is known
 * @param source the place of the property source, 0 for the one that wins over all others
 * @param environment whether it is a variable of the environment
 */
record PropertyKey(ConfigurationPropertyName name, Object value, @Nullable Origin origin, int source,
		boolean environment) {

	/**
	 * Variables that Kubernetes and Docker set for services and links of any name, also
	 * of the name "zmq" or "zmq-sockets".
	 */
	private static final Pattern LINK = Pattern.compile(
			".+_SERVICE_HOST|.+_SERVICE_PORT(_[A-Z0-9_]+)?|.+_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?|.+_ENV_.+");

	private static final Pattern LINK_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*", Pattern.CASE_INSENSITIVE);

	private static final Pattern SECRET = Pattern.compile("secret|passw|token|credential|security|key",
			Pattern.CASE_INSENSITIVE);

	private static final int LONGEST = 80;

	/** Return all properties below a prefix, from the source that wins to the last. */
	static List<PropertyKey> below(ConfigurationPropertyName prefix, Iterable<ConfigurationPropertySource> sources) {
		List<PropertyKey> keys = new ArrayList<>();
		int place = 0;
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource all) {
				boolean environment = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				for (ConfigurationPropertyName name : all) {
					ConfigurationProperty property = prefix.isAncestorOf(name) ? source.getConfigurationProperty(name)
							: null;
					if (property != null) {
						keys.add(new PropertyKey(name, property.getValue(), property.getOrigin(), place, environment));
					}
				}
			}
			place++;
		}
		return keys;
	}

	/** Whether the element can be an index of a list. */
	boolean isIndex(int element) {
		return this.name.isNumericIndex(element);
	}

	int size() {
		return this.name.getNumberOfElements();
	}

	String written(int element) {
		return this.name.getElement(element, Form.ORIGINAL);
	}

	/** The element in the form in which names are compared. */
	String uniform(int element) {
		return RelaxedNames.uniform(written(element));
	}

	/** Whether the element stands in brackets. */
	boolean isIndexed(int element) {
		return path(element + 1).endsWith("]");
	}

	/** The first elements of the name, as they were written. */
	String path(int elements) {
		return this.name.chop(elements).toString();
	}

	/** The name, as a variable where it is one. */
	@Override
	public String toString() {
		return (this.environment && this.name.toString().indexOf('_') < 0) ? variable(0) : path(size());
	}

	/** The name from an element on in the form of a variable of the environment. */
	String variable(int from) {
		StringBuilder variable = new StringBuilder();
		for (int i = from; i < size(); i++) {
			variable.append((variable.isEmpty()) ? "" : "_").append(written(i));
		}
		return variable.toString().toUpperCase(java.util.Locale.ROOT);
	}

	boolean isLink() {
		if (!this.environment) {
			return false;
		}
		String variable = variable(0);
		String text = String.valueOf(this.value);
		return LINK.matcher(variable).matches() || (variable.endsWith("_PORT") && LINK_ADDRESS.matcher(text).matches())
				|| (variable.endsWith("_NAME") && text.startsWith("/"));
	}

	/** The value for a report, or {@code null} where it may be secret. */
	@Nullable String shownValue() {
		if (SECRET.matcher(this.name.toString()).find()) {
			return null;
		}
		String text = String.valueOf(this.value);
		return (text.length() <= LONGEST) ? text : text.substring(0, LONGEST) + "...";
	}

}
