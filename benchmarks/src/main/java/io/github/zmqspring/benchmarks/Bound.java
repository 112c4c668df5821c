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

package io.github.zmqspring.benchmarks;

import java.util.Locale;

/**
 * The bounds of a result.
 *
 * @param atLeast the least value
 * @param atMost the greatest value
 */
record Bound(double atLeast, double atMost) {

	static final Bound NONE = new Bound(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

	static Bound atLeast(double value) {
		return new Bound(value, Double.POSITIVE_INFINITY);
	}

	static Bound atMost(double value) {
		return new Bound(Double.NEGATIVE_INFINITY, value);
	}

	boolean isMetBy(double value) {
		return value >= this.atLeast && value <= this.atMost;
	}

	@Override
	public String toString() {
		if (this.equals(NONE)) {
			return "";
		}
		return Double.isFinite(this.atLeast) ? String.format(Locale.ROOT, ">= %.2f", this.atLeast)
				: String.format(Locale.ROOT, "<= %.2f", this.atMost);
	}

}
