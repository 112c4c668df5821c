import {Chart} from "./chart.js";
import {element, micros, post, short, text} from "./dom.js";

const TRIPS = 40;

const trips = [];
const tripChart = new Chart(element("trip-chart"),
	{colors: ["--third"], bars: true, yLabel: (value) => short(value) + " ms"});

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
