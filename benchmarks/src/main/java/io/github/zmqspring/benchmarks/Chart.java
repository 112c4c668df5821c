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

package io.github.zmqspring.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart of ratios as SVG: a bar for each row, its range as a line, and another line
 * where both sides are equal.
 */
final class Chart {

	private static final int LABEL = 370;

	private static final int SCALE = 420;

	private static final int ROW = 24;

	private static final int TOP = 56;

	private static final double LEAST_SPAN = 1.5;

	/** Bars of higher ratios end here; their figures say how high. */
	private static final double MOST_SPAN = 6;

	private final List<Bar> bars = new ArrayList<>();

	void add(Bar bar) {
		this.bars.add(bar);
	}

	void write(Path file, String title) throws IOException {
		double span = LEAST_SPAN;
		for (Bar bar : this.bars) {
			span = Math.min(Math.max(span, bar.highest()), MOST_SPAN);
		}
		int width = LABEL + SCALE + 90;
		int height = TOP + ROW * this.bars.size() + 30;
		StringBuilder svg = new StringBuilder();
		svg.append(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n",
				width, height, width, height));
		svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
		text(svg, 12, 22, "start", "#24292f", title);
		text(svg, 12, 42, "start", "#57606a",
				"Messages a second, the library to the other side; bars are medians, lines ranges");
		for (int i = 0; i < this.bars.size(); i++) {
			row(svg, this.bars.get(i), TOP + ROW * i, span);
		}
		double one = x(1, span);
		svg.append(String.format(Locale.ROOT,
				"<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#24292f\" stroke-dasharray=\"3 3\"/>%n",
				one, TOP, one, height - 26));
		text(svg, one, height - 10, "middle", "#57606a", "equal");
		svg.append("</svg>\n");
		Files.writeString(file, svg);
	}

	private static void row(StringBuilder svg, Bar bar, int y, double span) {
		text(svg, LABEL - 10, y + 16, "end", "#24292f", bar.name());
		double end = x(bar.median(), span);
		svg.append(String.format(Locale.ROOT,
				"<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>%n", LABEL, y + 4,
				end - LABEL, ROW - 8, (bar.median() >= 1) ? "#2da44e" : "#bf8700"));
		svg.append(String.format(Locale.ROOT,
				"<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#57606a\" stroke-width=\"2\"/>%n",
				x(bar.lowest(), span), y + ROW / 2, x(bar.highest(), span), y + ROW / 2));
		text(svg, Math.max(end, x(bar.highest(), span)) + 6, y + 16, "start", "#24292f",
				String.format(Locale.ROOT, "x%.2f", bar.median()));
	}

	private static double x(double ratio, double span) {
		return LABEL + SCALE * Math.min(ratio, span) / span;
	}

	private static void text(StringBuilder svg, double x, int y, String anchor, String colour, String text) {
		svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n", x,
				y, anchor, colour, text.replace("&", "&amp;").replace("<", "&lt;")));
	}

	/**
	 * A row.
	 *
	 * @param name the name
	 * @param median the median of the ratios
	 * @param lowest the lowest
	 * @param highest the highest
	 */
	record Bar(String name, double median, double lowest, double highest) {

		String toLine() {
			return this.name + "\t" + this.median + "\t" + this.lowest + "\t" + this.highest;
		}

		static Bar of(String line) {
			String[] parts = line.split("\t");
			return new Bar(parts[0], Double.parseDouble(parts[1]), Double.parseDouble(parts[2]),
					Double.parseDouble(parts[3]));
		}

	}

}
