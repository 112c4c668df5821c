import {showControls} from "./controls.js";
import {element, integer, text} from "./dom.js";
import {Rates} from "./rates.js";
import {showSockets} from "./sockets.js";
import {showTopology} from "./topology.js";

/** The names of health's own parts, which a socket of that name gives way to. */
const PARTS = ["context", "pollers", "listeners", "proxies"];

const rates = new Rates();

/** What /actuator/zmq and /actuator/health/zmq say, once a second. */
export function showZmq({time, report, health}) {
	const healthOf = (name) => health.components[(PARTS.includes(name)) ? "socket-" + name : name]?.status ?? "UNKNOWN";
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
	showTopology(sockets);
	showControls(listeners, proxies);
	showSockets(sockets);
	showHere(sockets);
}

function showHealth(health, count) {
	const down = Object.entries(health.components).filter(([, part]) => part.status === "DOWN").map(([name]) => name);
	element("health").dataset.state = (health.status === "UP") ? "up" : "down";
	text("health-text", (down.length === 0) ? "all " + count + " up" : "down: " + down.join(", "));
}

/** Sockets that other parts of the page name: their endpoints, and whether they are read. */
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
	text("asking", integer(sockets.reduce((sum, socket) => sum + socket.asking, 0)));
}

const find = (sockets, name) => sockets.find((socket) => socket.name === name);
