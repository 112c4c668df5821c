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

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Placeholders}.
 */
class PlaceholdersTests {

	private final Placeholders placeholders = placeholders(
			Map.of("one", "1", "several", "a, b", "list[0]", "x", "list[1]", "y", "with:colon", "c", "name", "one"));

	private static Placeholders placeholders(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, environment);
		beans.addEmbeddedValueResolver(environment::resolveRequiredPlaceholders);
		return new Placeholders(beans);
	}

	@Test
	void aTextStandsForItselfAndAPlaceholderForItsValue() {
		assertThat(this.placeholders.all("plain, text")).containsExactly("plain, text");
		assertThat(this.placeholders.all("tcp://${one}:5")).containsExactly("tcp://1:5");
		assertThat(this.placeholders.one("${several}")).isEqualTo("a, b");
	}

	@Test
	void listsOfBothFormsStandForEachOfTheirElements() {
		assertThat(this.placeholders.all("-${several}-")).containsExactly("-a-", "-b-");
		assertThat(this.placeholders.all("${list}${one}")).containsExactly("x1", "y1");
		assertThatIllegalArgumentException().isThrownBy(() -> this.placeholders.one("${list}"))
			.withMessageContaining("a list of 2 elements");
	}

	@Test
	void aDefaultIsForWhatIsNotThere() {
		assertThat(this.placeholders.all("${none:d}")).containsExactly("d");
		assertThat(this.placeholders.all("${none:}")).containsExactly("");
		assertThat(this.placeholders.all("${one:d}")).containsExactly("1");
		assertThat(this.placeholders.all("${list:d}")).containsExactly("x", "y");
		assertThat(this.placeholders.all("${none:${one}}")).containsExactly("1");
		assertThat(this.placeholders.all("${with:colon}")).containsExactly("c");
	}

}
