"use strict";

(() => {

	const WINDOW_MILLIS = 60_000;
	const SILENCE_MILLIS = 6_000;
	const RETRY_MILLIS = 1_000;
	const TRIPS = 40;
	const MEBI = 1024 * 1024;

	const element = (id) => document.getElementById(id);
	const integers = new Intl.NumberFormat("en", {maximumFractionDigits: 0});
	const decimals = new Intl.NumberFormat("en", {maximumFractionDigits: 1, minimumFractionDigits: 1});
	const short = new Intl.NumberFormat("en", {maximumSignificantDigits: 3});

	/** All that comes from the server is inserted as text, never as HTML. */
	function text(id, value) {
		const target = element(id);
		if (target.textContent !== value) {
			target.textContent = value;
		}
	}

	function create(tag, content, className) {
		const created = document.createElement(tag);
		if (content !== undefined) {
			created.textContent = content;
		}
		if (className) {
			created.className = className;
		}
		return created;
	}

	const percent = (value) => decimals.format(value * 100) + " %";

	function bytes(value) {
		if (value < 1024) {
			return value + " B";
		}
		const units = ["KB", "MB", "GB", "TB"];
		let unit = -1;
		do {
			value /= 1024;
			unit++;
		}
		while (value >= 1023.95 && unit < units.length - 1);
		return ((value < 100) ? decimals : integers).format(value) + " " + units[unit];
	}

	function duration(millis) {
		if (millis < 1000) {
			return integers.format(millis) + " ms";
		}
		return (millis < 60_000) ? decimals.format(millis / 1000) + " s"
			: Math.floor(millis / 60_000) + " min " + Math.round(millis % 60_000 / 1000) + " s";
	}

	const micros = (value) => (value < 1000) ? integers.format(value) + " µs" : decimals.format(value / 1000) + " ms";

	// Telemetry

	const ago = (value, data) => (value === data.xMax) ? "now" : "−" + Math.round((data.xMax - value) / 1000) + " s";
	const cpuChart = new Chart(element("cpu-chart"),
		{colors: ["--second", "--first"], yMax: 1, yLabel: (value) => Math.round(value * 100) + " %", xLabel: ago});
	const heapChart = new Chart(element("heap-chart"),
		{colors: ["--third"], minimum: 16, yLabel: (value) => short.format(value) + " MB", xLabel: ago});
	let samples = [];

	function showTelemetry(sample) {
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
		text("threads", integers.format(sample.threads));
		text("gc-count", integers.format(sample.gcCount));
		text("gc-time", duration(sample.gcMillis));
		text("samples", integers.format(sample.sequence));
		const range = {xMin: from, xMax: sample.time};
		const line = (value) => samples.map((each) => [each.time, value(each)]);
		cpuChart.show({...range, series: [line((each) => each.systemCpu), line((each) => each.processCpu)]});
		heapChart.show({...range, series: [line((each) => each.heapUsed / MEBI)]});
	}

	// Pipeline

	const elapsed = (value) => duration(value);
	const filesChart = new Chart(element("files-chart"),
		{colors: ["--first"], yLabel: (value) => short.format(value), xLabel: elapsed});
	const bytesChart = new Chart(element("bytes-chart"),
		{colors: ["--second"], yLabel: (value) => short.format(value), xLabel: elapsed});
	const stateNames = {SCANNING: "looking for files", RUNNING: "running", FINISHED: "finished",
		INCOMPLETE: "incomplete", CANCELLED: "cancelled", FAILED: "failed"};

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

	function showPipeline(run) {
		const ended = run.state !== "SCANNING" && run.state !== "RUNNING";
		text("directory", run.directory);
		const progress = element("progress");
		progress.max = Math.max(run.filesTotal, 1);
		progress.value = (run.filesTotal === 0 && ended) ? 1 : run.filesDone;
		text("run-state", "Run " + run.run + " " + (stateNames[run.state] ?? run.state));
		element("run-state").dataset.state = run.state;
		text("run-counts", integers.format(run.filesDone) + " of " + integers.format(run.filesTotal) + " files");
		text("files-rate", integers.format(run.filesPerSecond));
		text("bytes-rate", decimals.format(run.bytesPerSecond / MEBI));
		text("bytes-done", bytes(run.bytesDone));
		text("run-time", duration(run.millis));
		text("skipped", integers.format(run.filesSkipped));
		text("resent", integers.format(run.resent));
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
			item.append(create("b", integers.format(files)));
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

	// Request and reply

	const trips = [];
	const tripChart = new Chart(element("trip-chart"),
		{colors: ["--third"], bars: true, yLabel: (value) => short.format(value) + " ms"});

	async function post(path, body) {
		const response = await fetch(path, {
			method: "POST",
			headers: {"Content-Type": "application/json"},
			body: JSON.stringify(body)
		});
		if (!response.ok) {
			throw new Error("The server answered with status " + response.status);
		}
		return response.json();
	}

	function showOutcome(outcome) {
		const reply = outcome.reply;
		element("reply").dataset.state = (reply) ? "ok" : "error";
		text("reply-result", (reply) ? reply.result : outcome.error + ": " + outcome.message);
		text("reply-round-trip", (outcome.roundTripMicros !== undefined) ? micros(outcome.roundTripMicros) : "–");
		text("reply-took", (reply) ? micros(reply.tookMicros) : "–");
		text("reply-handler", (reply) ? reply.handledBy : "–");
		if (reply) {
			trips.push(outcome.roundTripMicros / 1000);
			if (trips.length > TRIPS) {
				trips.shift();
			}
			tripChart.show({xMin: 0, xMax: TRIPS, series: [trips.map((trip, index) => [index, trip])]});
		}
	}

	element("request-form").addEventListener("submit", async (event) => {
		event.preventDefault();
		element("send").disabled = true;
		try {
			showOutcome(await post("api/requests", {op: element("op").value, text: element("text").value}));
		}
		catch (error) {
			showOutcome({error: "No answer", message: error.message});
		}
		finally {
			element("send").disabled = false;
		}
	});

	// Sockets

	const rows = new Map();

	function row(name) {
		const created = create("tr");
		created.setAttribute("role", "row");
		created.dataset.socket = name;
		const head = create("th", name);
		head.scope = "row";
		head.setAttribute("role", "rowheader");
		const type = create("small");
		head.append(type);
		const cell = (className, label) => {
			const each = create("td", undefined, className);
			each.setAttribute("role", "cell");
			if (label) {
				each.dataset.label = label;
			}
			return each;
		};
		const parts = {row: created, type, state: cell("state"), endpoints: cell("endpoints"),
			peers: cell("number", "Peers"), sent: cell("number", "Sent"), received: cell("number", "Received")};
		const dot = create("span", undefined, "dot");
		dot.setAttribute("aria-hidden", "true");
		parts.stateText = create("span", undefined, "state-text");
		parts.state.append(dot, parts.stateText);
		created.append(head, parts.state, parts.endpoints, parts.peers, parts.sent, parts.received);
		return parts;
	}

	function endpoint(direction, address) {
		const line = create("span", undefined, "endpoint");
		line.append(create("i", direction), create("code", address));
		return line;
	}

	function showSockets(sockets) {
		const names = new Set(sockets.map((socket) => socket.name));
		for (const name of rows.keys()) {
			if (!names.has(name)) {
				rows.get(name).row.remove();
				rows.delete(name);
			}
		}
		for (const socket of sockets) {
			if (!rows.has(socket.name)) {
				rows.set(socket.name, row(socket.name));
				element("sockets").append(rows.get(socket.name).row);
			}
			showSocket(rows.get(socket.name), socket);
		}
		const down = sockets.filter((socket) => !socket.up).length;
		element("health").dataset.state = (down === 0) ? "up" : "down";
		text("health-text", (down === 0) ? "all " + sockets.length + " up" : down + " of " + sockets.length + " down");
		for (const target of document.querySelectorAll("[data-bound]")) {
			const found = sockets.find((socket) => socket.name === target.dataset.bound);
			const address = found?.bound.find((each) => each.startsWith("tcp:"))?.replace("0.0.0.0", "127.0.0.1");
			if (address && target.textContent !== address) {
				target.textContent = address;
			}
		}
	}

	function showSocket(parts, socket) {
		parts.type.textContent = socket.type;
		parts.state.dataset.state = (socket.up) ? "up" : "down";
		parts.stateText.textContent = socket.state.toLowerCase() + ((socket.up) ? "" : ", down");
		const lines = [...socket.bound.map((address) => endpoint("bind", address)),
			...socket.connected.map((address) => endpoint("connect", address))];
		if (socket.lastError) {
			lines.push(create("span", socket.lastError, "error"));
		}
		parts.endpoints.replaceChildren(...lines);
		parts.peers.textContent = integers.format(socket.peers);
		parts.sent.textContent = integers.format(socket.sent) + lost(socket.rejected, "refused");
		parts.received.textContent = integers.format(socket.received) + lost(socket.dropped, "dropped");
	}

	const lost = (count, what) => (count > 0) ? " (" + integers.format(count) + " " + what + ")" : "";

	// The stream

	let lastEvent = 0;
	let source;

	function connection(state, message) {
		element("connection").dataset.state = state;
		text("connection-text", message);
	}

	function retry() {
		source.close();
		connection("down", "disconnected, retrying");
		setTimeout(connect, RETRY_MILLIS);
	}

	function on(name, show) {
		source.addEventListener(name, (event) => {
			lastEvent = Date.now();
			show(JSON.parse(event.data));
		});
	}

	function connect() {
		source = new EventSource("events");
		lastEvent = Date.now();
		source.addEventListener("open", () => {
			samples = [];
			connection("up", "live");
		});
		source.addEventListener("error", retry);
		on("telemetry", showTelemetry);
		on("pipeline", showPipeline);
		on("sockets", showSockets);
	}

	setInterval(() => {
		if (source.readyState === EventSource.OPEN && Date.now() - lastEvent > SILENCE_MILLIS) {
			retry();
		}
	}, 1000);

	connect();

})();
