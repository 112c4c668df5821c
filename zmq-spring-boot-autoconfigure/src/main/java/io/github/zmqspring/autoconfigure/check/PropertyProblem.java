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

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one property.
 *
 * @param property the property, as its author wrote it
 * @param value the value, or {@code null} where there is none to show
 * @param origin where it was written, if that is known
 * @param reason what is wrong
 * @param action what to write instead
 */
record PropertyProblem(String property, @Nullable String value, @Nullable String origin, String reason, String action) {

	static PropertyProblem of(PropertyKey key, String reason, String action) {
		return new PropertyProblem(key.toString(), key.shownValue(),
				(key.origin() != null) ? key.origin().toString() : null, reason, action);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.property);
		if (this.value != null) {
			text.append(" = \"").append(this.value).append('"');
		}
		text.append(": ").append(this.reason);
		if (this.origin != null) {
			text.append(" (").append(this.origin).append(')');
		}
		return text.toString();
	}

}
