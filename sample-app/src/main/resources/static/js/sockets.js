import {create, element, integer, perSecond, showList, text} from "./dom.js";

/** The cells after name, state and endpoints, and their figures. */
const FIGURES = [
	["Peers", (socket) => integer(socket.peers)],
	["Out", (socket) => perSecond(socket.out)],
	["In", (socket) => perSecond(socket.in)],
	["Sent", (socket) => integer(socket.sent) + lost(socket.rejected, "refused")],
	["Received", (socket) => integer(socket.received) + lost(socket.dropped, "dropped")]
];

const lost = (count, what) => (count > 0) ? " (" + integer(count) + " " + what + ")" : "";

export function showSockets(sockets) {
	showList(element("sockets"), sockets, (socket) => socket.name, makeRow, updateRow);
}

function makeRow(socket) {
	const row = create("tr");
	row.setAttribute("role", "row");
	row.dataset.socket = socket.name;
	const head = create("th", socket.name);
	head.scope = "row";
	head.setAttribute("role", "rowheader");
	head.append(create("small", socket.type));
	const state = cell("state");
	const dot = create("span", undefined, "dot");
	dot.setAttribute("aria-hidden", "true");
	state.append(dot, create("span", undefined, "state-text"));
	row.append(head, state, cell("endpoints"), ...FIGURES.map(([label]) => cell("number", label)));
	return row;
}

function cell(className, label) {
	const created = create("td", undefined, className);
	created.setAttribute("role", "cell");
	if (label) {
		created.dataset.label = label;
	}
	return created;
}

function updateRow(row, socket) {
	const [, state, endpoints, ...figures] = row.children;
	state.dataset.state = socket.health.toLowerCase();
	text(state.lastElementChild,
		socket.health.toLowerCase() + ((socket.state === "OPEN" || socket.state === "UNKNOWN") ? "" : ", not open"));
	const lines = [...socket.bound.map((each) => ["bind", each]), ...socket.connects.flatMap(connectLines)];
	if (socket.lastError) {
		lines.push(["", socket.lastError]);
	}
	showList(endpoints, lines, (line) => line.join(" "), makeLine, () => {});
	figures.forEach((figure, index) => text(figure, FIGURES[index][1](socket)));
}

function connectLines({endpoint, state, lastError}) {
	const line = [(state === "CONNECTED") ? "connect" : state.toLowerCase(), endpoint];
	return (lastError) ? [line, ["", lastError]] : [line];
}

function makeLine([direction, address]) {
	const line = create("span", undefined, (direction) ? "endpoint" : "error");
	if (direction) {
		line.append(create("i", direction), create("code", address));
	}
	else {
		line.textContent = address;
	}
	return line;
}
