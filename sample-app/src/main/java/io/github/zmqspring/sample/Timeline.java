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

package io.github.zmqspring.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Progress over the time of a run, in a bounded number of points: when there are too
 * many, every other one is removed and points are taken half as often. Not thread-safe.
 */
class Timeline {

	private static final int CAPACITY = 120;

	private final List<Point> points = new ArrayList<>();

	private long interval;

	Timeline(long intervalMillis) {
		this.interval = intervalMillis;
		this.points.add(new Point(0, 0, 0));
	}

	/**
	 * Add a point, unless the last one is too recent.
	 * @param point the point
	 */
	void add(Point point) {
		if (point.millis() - last().millis() >= this.interval) {
			append(point);
		}
	}

	/**
	 * Add the last point of all.
	 * @param point the point
	 */
	void end(Point point) {
		append(point);
	}

	List<Point> points() {
		return List.copyOf(this.points);
	}

	private Point last() {
		return this.points.get(this.points.size() - 1);
	}

	private void append(Point point) {
		this.points.add(point);
		if (this.points.size() > CAPACITY) {
			for (int i = this.points.size() - 2; i > 0; i -= 2) {
				this.points.remove(i);
			}
			this.interval *= 2;
		}
	}

	/**
	 * The progress of a run at one moment.
	 *
	 * @param millis time since it began
	 * @param files files done
	 * @param bytes bytes of these
	 */
	record Point(long millis, int files, long bytes) {

	}

}
