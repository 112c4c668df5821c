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

package io.github.zmqspring.transport.discovery;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint that names endpoints, taken apart.
 *
 * @param text the endpoint as written
 * @param scheme what stands in front of {@code ://}, in lower case
 * @param server what stands between the slashes: which server to ask, or nothing
 * @param name what is looked up
 */
record NameAddress(String text, String scheme, String server, String name) {

	private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(?:/(.*))?");

	/** Return the parts, or {@code null} if it has no scheme. */
	static @Nullable NameAddress of(String endpoint) {
		Matcher matcher = FORM.matcher(endpoint);
		if (!matcher.matches()) {
			return null;
		}
		String name = matcher.group(3);
		return new NameAddress(endpoint, matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2),
				(name != null) ? name : "");
	}

	/** Return whether it is written with three slashes, or names a server. */
	boolean hasName() {
		return !this.name.isEmpty();
	}

	/** Return what a resolver gets: the name, behind the server that it is asked from. */
	String argument() {
		return (this.server.isEmpty()) ? this.name : "//" + this.server + "/" + this.name;
	}

}
