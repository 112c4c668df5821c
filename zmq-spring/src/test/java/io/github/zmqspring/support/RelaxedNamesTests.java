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

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RelaxedNames}.
 */
class RelaxedNamesTests {

	@Test
	void allFormsOfANameAreOne() {
		assertThat(RelaxedNames.uniform("new-orders")).isEqualTo("neworders");
		assertThat(RelaxedNames.uniform("NEW_ORDERS")).isEqualTo("neworders");
		assertThat(RelaxedNames.uniform("newOrders")).isEqualTo("neworders");
		assertThat(RelaxedNames.uniform("new.orders")).isEqualTo("new.orders");
	}

	@Test
	void anExactNameIsFoundFirstAndAnAmbiguousOneNotAtAll() {
		Map<String, Integer> map = Map.of("new-orders", 1, "newOrders", 2, "other", 3);
		assertThat(RelaxedNames.find(map, "new-orders")).isEqualTo(1);
		assertThat(RelaxedNames.find(map, "newOrders")).isEqualTo(2);
		assertThat(RelaxedNames.find(map, "new_orders")).isNull();
		assertThat(RelaxedNames.find(map, "OTHER")).isEqualTo(3);
		assertThat(RelaxedNames.find(map, "none")).isNull();
	}

}
