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

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.github.zmqspring.soak.History.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Draws the course of a soak as SVG: a panel for each measure, and a tick for each fault.
 */
final class Chart {

	private static final int WIDTH = 1000;

	private static final int PANEL = 130;

	private static final int LEFT = 150;

	private static final int PLOT = WIDTH - LEFT - 20;

	private static final int GAP = 30;

	private final StringBuilder svg = new StringBuilder();

	private final History history;

	private final double seconds;

	private int top = GAP;

	private Chart(History history) {
		this.history = history;
		List<Moment> moments = history.moments();
		this.seconds = (moments.isEmpty()) ? 1 : moments.get(moments.size() - 1).seconds();
	}

	static String of(History history) {
		return new Chart(history).draw();
	}

	private String draw() {
		int height = (Measure.values().length + 1) * (PANEL + GAP) + 2 * GAP;
		add("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='12'>",
				WIDTH, height);
		add("<rect width='100%%' height='100%%' fill='white'/>");
		for (Measure measure : Measure.values()) {
			panel(measure.title(), (moment) -> moment.hub().get(measure), (moment) -> moment.client().get(measure));
		}
		panel("delivered", Moment::delivered, null);
		add("<text x='%d' y='%d'>0</text><text x='%d' y='%d' text-anchor='end'>%.1f minutes</text>", LEFT, this.top,
				LEFT + PLOT, this.top, this.seconds / 60);
		add("<text x='%d' y='%d'><tspan fill='#1f5fa8'>hub</tspan>, <tspan fill='#b5541c'>client</tspan>, "
				+ "<tspan fill='#999'>faults</tspan></text>", LEFT + PLOT / 2, this.top);
		add("</svg>");
		return this.svg.toString();
	}

	private void panel(String title, ToDoubleFunction<Moment> hub, @Nullable ToDoubleFunction<Moment> client) {
		double most = 1;
		for (Moment moment : this.history.moments()) {
			most = Math.max(most, hub.applyAsDouble(moment));
			most = (client != null) ? Math.max(most, client.applyAsDouble(moment)) : most;
		}
		add("<rect x='%d' y='%d' width='%d' height='%d' fill='#f7f7f7'/>", LEFT, this.top, PLOT, PANEL);
		add("<text x='10' y='%d'>%s</text><text x='%d' y='%d' text-anchor='end'>%.0f</text>", this.top + PANEL / 2,
				title, LEFT - 5, this.top + 10, most);
		add("<text x='%d' y='%d' text-anchor='end'>0</text>", LEFT - 5, this.top + PANEL);
		for (History.Mark mark : this.history.marks()) {
			add("<line x1='%2$.1f' x2='%2$.1f' y1='%1$d' y2='%3$d' stroke='#ccc'/>", this.top + PANEL - 6,
					x(mark.seconds()), this.top + PANEL);
		}
		curve(hub, most, "#1f5fa8");
		if (client != null) {
			curve(client, most, "#b5541c");
		}
		this.top += PANEL + GAP;
	}

	private void curve(ToDoubleFunction<Moment> value, double most, String color) {
		this.svg.append("<polyline fill='none' stroke='").append(color).append("' points='");
		for (Moment moment : this.history.moments()) {
			this.svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(moment.seconds()),
					this.top + PANEL - PANEL * value.applyAsDouble(moment) / most));
		}
		this.svg.append("'/>\n");
	}

	private double x(double at) {
		return LEFT + PLOT * Math.min(1, at / this.seconds);
	}

	private void add(String format, Object... values) {
		this.svg.append(String.format(Locale.ROOT, format, values)).append('\n');
	}

}
