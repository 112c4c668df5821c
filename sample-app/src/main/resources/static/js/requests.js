import {Chart} from "./chart.js";
import {element, micros, post, short, text} from "./dom.js";

const TRIPS = 40;

/** Round trips in milliseconds, and whether a reply came. */
const trips = [];
export const tripChart = new Chart(element("trip-chart"),
	{colors: ["--third", "--bad"], bars: true, yLabel: (value) => short(value) + " ms"});

/** Show that a request is pending: the reply to the one before is not its reply. */
function showPending(request) {
	element("reply").dataset.state = "pending";
	text("reply-result", "Waiting for the reply to " + request.op + "…");
	["reply-round-trip", "reply-took", "reply-handler"].forEach((id) => text(id, "–"));
}

function showOutcome(outcome) {
	const reply = outcome.reply;
	element("reply").dataset.state = (reply) ? "ok" : "error";
	text("reply-result", (reply) ? reply.result : outcome.error + ": " + outcome.message);
	text("reply-round-trip", (outcome.roundTripMicros !== undefined) ? micros(outcome.roundTripMicros) : "–");
	text("reply-took", (reply) ? micros(reply.tookMicros) : "–");
	text("reply-handler", (reply) ? reply.handledBy : "–");
	if (outcome.roundTripMicros !== undefined) {
		trips.push({millis: outcome.roundTripMicros / 1000, replied: Boolean(reply)});
		if (trips.length > TRIPS) {
			trips.shift();
		}
		const bars = (replied) => trips.map((trip, index) => [index, trip.millis])
			.filter((bar, index) => trips[index].replied === replied);
		tripChart.show({xMin: 0, xMax: TRIPS, series: [bars(true), bars(false)]});
	}
}

element("request-form").addEventListener("submit", async (event) => {
	event.preventDefault();
	element("send").disabled = true;
	const request = {op: element("op").value, text: element("text").value};
	showPending(request);
	try {
		showOutcome(await post("api/requests", request));
	}
	catch (error) {
		showOutcome({error: "No answer", message: error.message});
	}
	finally {
		element("send").disabled = false;
	}
});
