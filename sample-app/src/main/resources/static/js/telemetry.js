import {Chart} from "./chart.js";
import {bytes, duration, element, integer, percent, short, text} from "./dom.js";

const WINDOW_MILLIS = 60_000;
const STALE_MILLIS = 3_000;
const MEBI = 1024 * 1024;

let samples = [];

/** The server's clock, also while no sample comes. */
let now = 0;

let lost = false;

const ago = (value, data) => (value !== data.xMax) ? "−" + Math.round((data.xMax - value) / 1000) + " s"
	: (lost) ? "disconnected" : "now";

export const cpuChart = new Chart(element("cpu-chart"),
	{colors: ["--second", "--first"], yMax: 1, yLabel: (value) => Math.round(value * 100) + " %", xLabel: ago});
const heapChart = new Chart(element("heap-chart"),
	{colors: ["--third"], minimum: 16, yLabel: (value) => short(value) + " MB", xLabel: ago});

/** Begin with a new stream, whose first events are the samples of the last minute. */
export function forgetTelemetry() {
	samples = [];
	now = 0;
	lost = false;
}

/** Show that the server is gone: no figure of it is known any more. */
export function loseTelemetry() {
	lost = true;
	["process-cpu", "system-cpu", "heap-used", "threads", "gc-count", "samples"].forEach((id) => text(id, "–"));
	["heap-max", "gc-time", "sample-age"].forEach((id) => text(id, ""));
	draw();
}

export function showTelemetry(sample) {
	if (samples.length > 0 && sample.sequence <= samples[samples.length - 1].sequence) {
		samples = [];
		now = 0;
	}
	samples.push(sample);
	text("process-cpu", percent(sample.processCpu));
	text("system-cpu", percent(sample.systemCpu));
	text("heap-used", bytes(sample.heapUsed));
	text("heap-max", "of " + bytes(sample.heapMax));
	text("threads", integer(sample.threads));
	text("gc-count", integer(sample.gcCount));
	text("gc-time", duration(sample.gcMillis));
	text("samples", integer(sample.sequence));
	showTime(sample.time);
}

/** Move the charts on to a time of the server's clock, and tell how old the figures are. */
export function showTime(time) {
	now = Math.max(now, time);
	while (samples.length > 1 && samples[0].time < now - WINDOW_MILLIS - 1000) {
		samples.shift();
	}
	const age = (samples.length > 0) ? now - samples.at(-1).time : 0;
	text("sample-age", (age > STALE_MILLIS) ? "last sample " + duration(age) + " ago" : "");
	draw();
}

function draw() {
	const line = (value) => samples.map((each) => [each.time, value(each)]);
	const view = {xMin: now - WINDOW_MILLIS, xMax: now, gap: gap()};
	cpuChart.show({...view, series: [line((each) => each.systemCpu), line((each) => each.processCpu)]});
	heapChart.show({...view, series: [line((each) => each.heapUsed / MEBI)]});
}

/** Return the time between two samples from which on some are missing. */
function gap() {
	let interval = Infinity;
	for (let i = 1; i < samples.length; i++) {
		interval = Math.min(interval, samples[i].time - samples[i - 1].time);
	}
	return Math.max(1500, 4 * interval);
}
