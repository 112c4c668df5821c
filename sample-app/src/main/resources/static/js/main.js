import {element, text} from "./dom.js";
import {loseFeed, showFeed} from "./feed.js";
import {forgetPipeline, losePipeline, showPipeline} from "./pipeline.js";
import {forgetTelemetry, loseTelemetry, showTelemetry} from "./telemetry.js";
import {loseZmq, showZmq} from "./zmq.js";
import "./requests.js";
import "./stream.js";

const SILENCE_MILLIS = 6_000;
const RETRY_MILLIS = 1_000;

const SHOW = {telemetry: showTelemetry, pipeline: showPipeline, feed: showFeed, zmq: showZmq};

let lastEvent = 0;
let source;

function connection(state, message) {
	element("connection").dataset.state = state;
	text("connection-text", message);
}

function retry() {
	source.close();
	connection("down", "disconnected, retrying");
	// without the server nothing on the page is known to be true any more
	loseTelemetry();
	losePipeline();
	loseFeed();
	loseZmq();
	setTimeout(connect, RETRY_MILLIS);
}

function connect() {
	source = new EventSource("events");
	lastEvent = Date.now();
	source.addEventListener("open", () => {
		forgetTelemetry();
		forgetPipeline();
		connection("up", "live");
	});
	source.addEventListener("error", retry);
	for (const [name, show] of Object.entries(SHOW)) {
		source.addEventListener(name, (event) => {
			lastEvent = Date.now();
			show(JSON.parse(event.data));
		});
	}
}

setInterval(() => {
	if (source.readyState === EventSource.OPEN && Date.now() - lastEvent > SILENCE_MILLIS) {
		retry();
	}
}, 1000);

connect();
