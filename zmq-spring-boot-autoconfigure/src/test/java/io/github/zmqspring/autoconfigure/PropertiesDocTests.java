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

package io.github.zmqspring.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/properties.md} has all properties as they are.
 */
class PropertiesDocTests {

	@Test
	void thePageIsUpToDate() throws Exception {
		Path page = Path.of("..", "docs", "properties.md");
		String generated = PropertiesDoc.generate();
		if (Boolean.getBoolean("zmq.docs.write")) {
			Files.writeString(page, generated);
		}
		assertThat(Files.readString(page)).as("Write it anew with -Dzmq.docs.write=true").isEqualTo(generated);
	}

	@Test
	void everyPropertyHasASentence() throws Exception {
		assertThat(PropertiesDoc.generate().lines().filter((line) -> line.startsWith("| `zmq."))).hasSizeGreaterThan(40)
			.allMatch((line) -> line.endsWith(". |"));
	}

}
