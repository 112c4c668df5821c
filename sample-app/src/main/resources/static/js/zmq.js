import {showControls} from "./controls.js";
import {element, integer, text} from "./dom.js";
import {Rates} from "./rates.js";
import {showSockets} from "./sockets.js";
import {showTime} from "./telemetry.js";
import {showTopology} from "./topology.js";

/** Names of health's own components: a socket of such a name is prefixed there. */
const PARTS = ["context", "pollers", "listeners", "proxies"];

const rates = new Rates();

let last;

/** Show the answers of /actuator/zmq and /actuator/health/zmq, which come once a second. */
export function showZmq({time, report, health}) {
	const healthOf = (name) => health?.components?.[(PARTS.includes(name)) ? "socket-" + name : name]?.status ?? "UNKNOWN";
	const sockets = report.sockets.map(({status, connects, requests}) => ({
		...status,
		connects,
		health: healthOf(status.name),
		out: rates.read("out " + status.name, time, status.sent),
		in: rates.read("in " + status.name, time, status.received),
		asking: requests?.pending ?? 0,
		held: report.listeners.filter((each) => each.socket === status.name && each.state !== "RUNNING")
	}));
	const listeners = report.listeners.map((listener) => ({
		...listener,
		rate: rates.read("listener " + listener.id, time, listener.handled)
	}));
	const proxies = report.proxies.map(({status}) => ({
		status,
		rate: rates.read("proxy " + status.name, time, status.toBackend.forwarded + status.toFrontend.forwarded)
	}));
	showHealth(health, sockets.length);
	show(sockets, listeners, proxies);
	showTime(time);
}

/** Show that the server is gone: names and endpoints stay, no state and no figure is known any more. */
export function loseZmq() {
	rates.clear();
	element("health").dataset.state = "waiting";
	text("health-text", "unknown");
	if (last) {
		const {sockets, listeners, proxies} = last;
		show(sockets.map(unknownSocket), listeners.map(({id, socket}) => ({id, socket, state: "UNKNOWN"})),
			proxies.map(({status}) => ({status: {name: status.name, type: status.type, state: "UNKNOWN"}})));
	}
}

function unknownSocket({name, type, bound, connects}) {
	return {name, type, bound, state: "UNKNOWN", health: "UNKNOWN", held: [],
		connects: connects.map(({endpoint}) => ({endpoint, state: "UNKNOWN"}))};
}

function show(sockets, listeners, proxies) {
	last = {sockets, listeners, proxies};
	showTopology(sockets);
	showControls(listeners, proxies);
	showSockets(sockets);
	showHere(sockets);
}

function showHealth(health, count) {
	const down = Object.entries(health?.components ?? {}).filter(([, part]) => part.status === "DOWN").map(([name]) => name);
	element("health").dataset.state = (health?.status === "UP") ? "up" : "down";
	text("health-text", (down.length === 0) ? "all " + count + " up" : "down: " + down.join(", "));
}

/** Show what other parts of the page tell of sockets: their endpoints, and whether they are read. */
function showHere(sockets) {
	for (const target of document.querySelectorAll("[data-bound]")) {
		const address = find(sockets, target.dataset.bound)?.bound.find((each) => each.startsWith("tcp:"));
		if (address) {
			text(target, address.replace("0.0.0.0", "127.0.0.1"));
		}
	}
	for (const target of document.querySelectorAll("[data-read]")) {
		const held = find(sockets, target.dataset.read)?.held ?? [];
		target.hidden = held.length === 0;
		text(target, (held.length > 0) ? held[0].id + " is " + held[0].state.toLowerCase() : "");
	}
	text("asking", integer(sum(sockets.map((socket) => socket.asking))));
}

const sum = (values) => (values.includes(undefined)) ? undefined : values.reduce((one, other) => one + other, 0);

const find = (sockets, name) => sockets.find((socket) => socket.name === name);
