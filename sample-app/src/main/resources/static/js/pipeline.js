import {Chart} from "./chart.js";
import {bytes, create, decimal, duration, element, integer, post, short, text} from "./dom.js";

const MEBI = 1024 * 1024;

const STATES = {SCANNING: "looking for files", RUNNING: "running", FINISHED: "finished", INCOMPLETE: "incomplete",
	CANCELLED: "cancelled", FAILED: "failed"};

const filesChart = new Chart(element("files-chart"), {colors: ["--first"], yLabel: short, xLabel: duration});
const bytesChart = new Chart(element("bytes-chart"), {colors: ["--second"], yLabel: short, xLabel: duration});

let last;

/** Return the rate between each two points of the timeline, up to now. */
function rates(run, value) {
	const points = [];
	const [first, ...timeline] = [...run.timeline, {millis: run.millis, files: run.filesDone, bytes: run.bytesDone}];
	let last = first;
	for (const point of timeline) {
		const seconds = (point.millis - last.millis) / 1000;
		if (seconds >= 0.01) {
			const rate = (value(point) - value(last)) / seconds;
			points.push([last.millis, rate], [point.millis, rate]);
			last = point;
		}
	}
	return points;
}

/** Begin with a new stream, which may be that of another server. */
export function forgetPipeline() {
	last = undefined;
	element("run-state").dataset.state = "WAITING";
	text("run-state", "waiting");
	["files-rate", "bytes-rate", "bytes-done", "run-time", "skipped", "resent"].forEach((id) => text(id, "–"));
	text("run-counts", "");
	text("directory", "…");
	element("progress").value = 0;
	element("run-again").disabled = true;
	[filesChart, bytesChart].forEach((chart) => chart.show({xMin: 0, xMax: 1, series: []}));
	showWorkers({});
	element("latest").replaceChildren();
}

/** Show that the server is gone: a run that had not ended is in an unknown state. */
export function losePipeline() {
	element("run-again").disabled = true;
	if (last && !hasEnded(last)) {
		element("run-state").dataset.state = "unknown";
		text("run-state", "Run " + last.run + " unknown");
		["files-rate", "bytes-rate", "run-time"].forEach((id) => text(id, "–"));
	}
}

const hasEnded = (run) => run.state !== "SCANNING" && run.state !== "RUNNING";

export function showPipeline(run) {
	last = run;
	const ended = hasEnded(run);
	text("directory", run.directory);
	const progress = element("progress");
	progress.max = Math.max(run.filesTotal, 1);
	progress.value = (run.filesTotal === 0 && ended) ? 1 : run.filesDone;
	text("run-state", "Run " + run.run + " " + (STATES[run.state] ?? run.state));
	element("run-state").dataset.state = run.state;
	text("run-counts", integer(run.filesDone) + " of " + integer(run.filesTotal) + " files");
	text("files-rate", integer(run.filesPerSecond));
	text("bytes-rate", decimal(run.bytesPerSecond / MEBI));
	text("bytes-done", bytes(run.bytesDone));
	text("run-time", duration(run.millis));
	text("skipped", integer(run.filesSkipped));
	text("resent", integer(run.resent));
	element("run-again").disabled = !ended;
	const range = {xMin: 0, xMax: Math.max(run.millis, 1)};
	filesChart.show({...range, series: [rates(run, (point) => point.files)]});
	bytesChart.show({...range, series: [rates(run, (point) => point.bytes / MEBI)]});
	showWorkers(run.workers);
	element("latest").replaceChildren(...run.latest.map(digestItem));
}

function showWorkers(workers) {
	const items = Object.entries(workers).map(([name, files]) => {
		const item = create("li", name);
		item.append(create("b", integer(files)));
		return item;
	});
	element("workers").replaceChildren(...((items.length > 0) ? items : [create("li", "none yet", "empty")]));
}

function digestItem(digest) {
	const item = create("li");
	const slash = digest.path.lastIndexOf("/") + 1;
	const path = create("span", undefined, "path");
	path.title = digest.path;
	path.append(create("span", digest.path.slice(0, slash)), create("b", digest.path.slice(slash)));
	const value = create("code", digest.sha256.slice(0, 12) + "…");
	value.title = digest.sha256;
	item.append(path, create("span", bytes(digest.bytes), "size"), value);
	return item;
}

element("run-again").addEventListener("click", async () => {
	element("run-again").disabled = true;
	try {
		await post("api/runs", {});
	}
	catch (error) {
		element("run-again").disabled = false;
	}
});
