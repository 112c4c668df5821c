import {Chart} from "./chart.js";
import {bytes, create, decimal, duration, element, integer, post, short, text} from "./dom.js";

const MEBI = 1024 * 1024;

const STATES = {SCANNING: "looking for files", RUNNING: "running", FINISHED: "finished", INCOMPLETE: "incomplete",
	CANCELLED: "cancelled", FAILED: "failed"};

const filesChart = new Chart(element("files-chart"), {colors: ["--first"], yLabel: short, xLabel: duration});
const bytesChart = new Chart(element("bytes-chart"), {colors: ["--second"], yLabel: short, xLabel: duration});

function rates(timeline, value) {
	const points = [];
	let last = timeline[0];
	for (const point of timeline.slice(1)) {
		const seconds = (point.millis - last.millis) / 1000;
		if (seconds >= 0.01) {
			const rate = (value(point) - value(last)) / seconds;
			points.push([last.millis, rate], [point.millis, rate]);
			last = point;
		}
	}
	return points;
}

export function showPipeline(run) {
	const ended = run.state !== "SCANNING" && run.state !== "RUNNING";
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
	filesChart.show({...range, series: [rates(run.timeline, (point) => point.files)]});
	bytesChart.show({...range, series: [rates(run.timeline, (point) => point.bytes / MEBI)]});
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
