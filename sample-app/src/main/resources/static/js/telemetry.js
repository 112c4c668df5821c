import {Chart} from "./chart.js";
import {bytes, duration, element, integer, percent, short, text} from "./dom.js";

const WINDOW_MILLIS = 60_000;
const MEBI = 1024 * 1024;

const ago = (value, data) => (value === data.xMax) ? "now" : "−" + Math.round((data.xMax - value) / 1000) + " s";

const cpuChart = new Chart(element("cpu-chart"),
	{colors: ["--second", "--first"], yMax: 1, yLabel: (value) => Math.round(value * 100) + " %", xLabel: ago});
const heapChart = new Chart(element("heap-chart"),
	{colors: ["--third"], minimum: 16, yLabel: (value) => short(value) + " MB", xLabel: ago});

let samples = [];

/** A new stream begins with the samples of the last minute. */
export function forgetTelemetry() {
	samples = [];
}

export function showTelemetry(sample) {
	if (samples.length > 0 && sample.sequence <= samples[samples.length - 1].sequence) {
		samples = [];
	}
	samples.push(sample);
	const from = sample.time - WINDOW_MILLIS;
	while (samples[0].time < from - 1000) {
		samples.shift();
	}
	text("process-cpu", percent(sample.processCpu));
	text("system-cpu", percent(sample.systemCpu));
	text("heap-used", bytes(sample.heapUsed));
	text("heap-max", "of " + bytes(sample.heapMax));
	text("threads", integer(sample.threads));
	text("gc-count", integer(sample.gcCount));
	text("gc-time", duration(sample.gcMillis));
	text("samples", integer(sample.sequence));
	const range = {xMin: from, xMax: sample.time};
	const line = (value) => samples.map((each) => [each.time, value(each)]);
	cpuChart.show({...range, series: [line((each) => each.systemCpu), line((each) => each.processCpu)]});
	heapChart.show({...range, series: [line((each) => each.heapUsed / MEBI)]});
}
