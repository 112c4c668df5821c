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

import io.github.zmqspring.soak.Traffic.Promise;

/**
 * What is wrong, if anything.
 */
final class Verdict {

	/**
	 * Messages that a killed process may have had: read and queued up to its high-water
	 * mark, twice 64 KB of each kernel buffer, and a batch on either side.
	 */
	private static final int LOST_WITH_PROCESS = Soak.MORTAL_HWM + 6 * 64 * 1024 / Numbered.BODY + 2;

	private static final int HOPS = 6;

	private final List<String> problems = new ArrayList<>();

	private final List<Peer> peers;

	private final int killed;

	Verdict(List<Peer> peers, History history, int killed) {
		this.peers = peers;
		this.killed = killed;
		for (Traffic traffic : Traffic.values()) {
			judge(traffic);
		}
		for (Measure measure : Measure.values()) {
			judge(history, measure, true);
			judge(history, measure, false);
		}
	}

	static long unaccounted(List<Peer> peers, Traffic traffic) {
		return sum(peers, traffic, Count.SENT) - sum(peers, traffic, Count.REFUSED)
				- sum(peers, traffic, Count.DELIVERED) - sum(peers, traffic, Count.REPORTED);
	}

	private static long sum(List<Peer> peers, Traffic traffic, Count count) {
		return peers.stream().mapToLong((peer) -> peer.count(traffic, count)).sum();
	}

	private void judge(Traffic traffic) {
		Promise promise = traffic.promise();
		check(traffic, "torn", count(traffic, Count.TORN), 0);
		check(traffic, "repeated or out of order", count(traffic, Count.REPEATED), 0);
		if (promise == Promise.ALL) {
			// a message that was refused had a number already
			check(traffic, "gaps", count(traffic, Count.MISSING),
					count(traffic, Count.REFUSED) + count(traffic, Count.REPORTED));
		}
		if (promise == Promise.ALL || promise == Promise.ENDS) {
			check(traffic, "unaccounted for", Math.abs(unaccounted(traffic)), 0);
		}
		if (promise == Promise.BOUNDED) {
			check(traffic, "missing", unaccounted(traffic), (long) this.killed * LOST_WITH_PROCESS);
			check(traffic, "more than were sent", -unaccounted(traffic), 0);
		}
		if (count(traffic, Count.DELIVERED) == 0) {
			this.problems.add(traffic.title() + ": nothing was delivered");
		}
	}

	private void check(Traffic traffic, String what, long found, long most) {
		if (found > most) {
			this.problems.add(traffic.title() + ": " + found + " " + what + ", at most " + most);
		}
	}

	private void judge(History history, Measure measure, boolean hub) {
		double first = history.first(measure, hub);
		double last = history.last(measure, hub);
		double bound = measure.bound(first);
		if (measure == Measure.LATENCY) {
			// a message takes a handful of threads, each of which the machine may let
			// wait
			bound += HOPS * Math.max(0, history.last(Measure.WAKE_UP, hub) - history.first(Measure.WAKE_UP, hub));
		}
		if (last > bound) {
			this.problems.add(String.format("%s of the %s: %.1f in the first third, %.1f in the last, at most %.1f",
					measure.title(), (hub) ? "hub" : "client", first, last, bound));
		}
	}

	long count(Traffic traffic, Count count) {
		return sum(this.peers, traffic, count);
	}

	long unaccounted(Traffic traffic) {
		return unaccounted(this.peers, traffic);
	}

	boolean isGood() {
		return this.problems.isEmpty();
	}

	List<String> problems() {
		return this.problems;
	}

}
