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

package io.github.zmqspring.transport.hostile;

import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.TestSockets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * What the tests of hostile peers have in common: one registry for all tests of a class,
 * with threads that run already, so that no test seems to leak them.
 */
@NoLeaks
abstract class SiegeTests {

	static TestSockets sockets;

	@BeforeAll
	static void open() {
		sockets = Siege.sockets();
	}

	@AfterAll
	static void close() {
		sockets.close();
	}

}
