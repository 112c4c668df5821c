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

import java.util.Locale;

/**
 * The table at the end.
 */
final class Report {

	private Report() {
	}

	static String of(Settings settings, Verdict verdict, History history, Faults faults) {
		StringBuilder text = new StringBuilder();
		line(text, "%nSoak of %s, seed %d, %d faults, %d processes killed or ended%n", settings.length(),
				settings.seed(), history.marks().size(), faults.killed());
		faults.counts().forEach((fault, count) -> line(text, "  %4d %s", count, fault.title()));
		line(text, "%n%-26s %9s %8s %10s %8s %7s %7s %8s %5s %10s", "", "sent", "refused", "delivered", "reported",
				"unacc.", "gaps", "repeated", "torn", "strangers'");
		for (Traffic traffic : Traffic.values()) {
			line(text, "%-26s %9d %8d %10d %8d %7s %7s %8d %5d %10d", traffic.title(),
					verdict.count(traffic, Count.SENT), verdict.count(traffic, Count.REFUSED),
					verdict.count(traffic, Count.DELIVERED), verdict.count(traffic, Count.REPORTED),
					(traffic.promise() != Traffic.Promise.UNTORN) ? verdict.unaccounted(traffic) : "-",
					(traffic.promise() == Traffic.Promise.ALL) ? verdict.count(traffic, Count.MISSING) : "-",
					verdict.count(traffic, Count.REPEATED), verdict.count(traffic, Count.TORN),
					verdict.count(traffic, Count.STRANGE));
		}
		line(text, "%n%-26s %12s %12s %12s %12s", "", "hub: first", "last third", "client: first", "last third");
		for (Measure measure : Measure.values()) {
			line(text, "%-26s %12.1f %12.1f %12.1f  %12.1f", measure.title(), history.first(measure, true),
					history.last(measure, true), history.first(measure, false), history.last(measure, false));
		}
		line(text, "%n%s", (verdict.isGood()) ? "Nothing lost unseen, and flat." : "NOT GOOD:");
		verdict.problems().forEach((problem) -> line(text, "  %s", problem));
		return text.toString();
	}

	private static void line(StringBuilder text, String format, Object... values) {
		text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
	}

}
