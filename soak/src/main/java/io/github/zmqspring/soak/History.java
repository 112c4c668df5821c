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

package io.github.zmqspring.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * What was seen in the course of a soak.
 */
final class History {

	private final List<Moment> moments = new ArrayList<>();

	private final List<Mark> marks = new ArrayList<>();

	void fault(double seconds, Faults.Fault fault) {
		this.marks.add(new Mark(seconds, fault));
	}

	void add(double seconds, Sample hub, Sample client, long delivered, boolean steady) {
		this.moments.add(new Moment(seconds, hub, client, delivered, steady));
	}

	List<Moment> moments() {
		return this.moments;
	}

	List<Mark> marks() {
		return this.marks;
	}

	/** Return the median over the first third, the start itself left out. */
	double first(Measure measure, boolean hub) {
		int size = this.moments.size();
		return median(this.moments.subList(Math.min(size, size / 20 + 1), Math.max(1, size / 3 + 1)), measure, hub);
	}

	/** Return the median over the last third. */
	double last(Measure measure, boolean hub) {
		int size = this.moments.size();
		return median(this.moments.subList(size - Math.max(1, size / 3), size), measure, hub);
	}

	private static double median(List<Moment> moments, Measure measure, boolean hub) {
		double[] values = moments.stream()
			// a process that was stopped is late, which says nothing
			.filter((moment) -> moment.steady || (measure != Measure.LATENCY && measure != Measure.WAKE_UP))
			.mapToDouble((moment) -> moment.of(hub).get(measure))
			.sorted()
			.toArray();
		return (values.length > 0) ? values[values.length / 2] : 0;
	}

	/**
	 * One look at both processes that live all the time.
	 *
	 * @param seconds since the start
	 * @param hub of the hub
	 * @param client of the client
	 * @param delivered messages delivered until then
	 * @param steady whether neither was stopped since the last look
	 */
	record Moment(double seconds, Sample hub, Sample client, long delivered, boolean steady) {

		Sample of(boolean ofHub) {
			return (ofHub) ? this.hub : this.client;
		}

	}

	/**
	 * A fault.
	 *
	 * @param seconds since the start
	 * @param fault its kind
	 */
	record Mark(double seconds, Faults.Fault fault) {
	}

}
