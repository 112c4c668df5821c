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

import java.io.IOException;
import java.util.function.Predicate;

/**
 * Something that a peer may do, and what shall come of it.
 *
 * @param name what it is
 * @param outcome what shall come of it
 * @param concerns where it can be tried
 * @param move does it
 */
record Attack(String name, Outcome outcome, Predicate<Site> concerns, Move move) {

	/** Costs the peer its connection, which is counted. */
	static Attack refused(String name, Move move) {
		return new Attack(name, Outcome.REFUSED, (site) -> true, move);
	}

	/** Does no harm, and the peer goes on being served. */
	static Attack served(String name, Move move) {
		return new Attack(name, Outcome.SERVED, (site) -> true, move);
	}

	/** Is dropped and counted, and the peer goes on being served. */
	static Attack dropped(String name, Move move) {
		return new Attack(name, Outcome.DROPPED, (site) -> true, move);
	}

	/** Does no harm; the peer goes away itself. */
	static Attack idle(String name, Move move) {
		return new Attack(name, Outcome.IDLE, (site) -> true, move);
	}

	Attack only(Predicate<Site> those) {
		return new Attack(this.name, this.outcome, this.concerns.and(those), this.move);
	}

	@Override
	public String toString() {
		return this.name;
	}

	enum Outcome {

		REFUSED, SERVED, DROPPED, IDLE

	}

	@FunctionalInterface
	interface Move {

		void make(Visitor visitor) throws IOException;

	}

}
