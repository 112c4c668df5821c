import {create, element, perSecond, plural, showList, text} from "./dom.js";

/** Types on the left: they send first. */
const LEFT = new Set(["PUB", "XPUB", "PUSH", "RADIO", "SCATTER", "REQ", "CLIENT", "DEALER"]);

const ONE_WAY = new Set(["PUB", "XPUB", "PUSH", "RADIO", "SCATTER", "SUB", "XSUB", "PULL", "DISH", "GATHER"]);

/** The addresses of this host, which count as one. */
const HERE = /^tcp:\/\/(\*|0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\]):/;

const address = (endpoint) => endpoint.replace(HERE, "tcp://here:");

/**
 * Return the connections: one link for each socket that binds, and for each endpoint
 * elsewhere, with the sockets of this application that connect to it.
 */
function links(sockets) {
	const links = new Map();
	for (const hub of sockets.filter((socket) => socket.bound.length > 0)) {
		const link = {name: hub.name, hub, left: LEFT.has(hub.type), endpoints: hub.bound, members: []};
		hub.bound.forEach((endpoint) => links.set(address(endpoint), link));
	}
	for (const member of sockets) {
		for (const {endpoint} of member.connects) {
			const key = address(endpoint);
			if (!links.has(key)) {
				links.set(key, {name: endpoint, left: !LEFT.has(member.type), endpoints: [endpoint], members: []});
			}
			links.get(key).members.push(member);
		}
	}
	return [...new Set(links.values())];
}

export function showTopology(sockets) {
	showList(element("links"), links(sockets), (link) => link.name, makeLink, updateLink);
}

function makeLink(link) {
	const item = create("li", undefined, "link");
	item.dataset.hub = (link.left) ? "left" : "right";
	item.append(create("code", undefined, "address"), create("div", undefined, "ends"));
	return item;
}

function updateLink(item, link) {
	text(item.firstElementChild, link.endpoints.join("  "));
	const ends = link.members.map((member) => ({key: member.name, socket: member, ...flow(link, member)}));
	const others = (link.hub?.peers ?? 0) - link.members.filter((member) => member.peers > 0).length;
	if (link.hub && (others > 0 || ends.length === 0)) {
		ends.push({key: "others", others, flowing: false, label: "", spoken: "to"});
	}
	// in the order of reading the hub comes where it is seen: before its peers, or after them
	const cells = ends.flatMap((end, row) => [{...end, row, part: "arrow"}, {...end, row, part: "end"}]);
	const hub = {key: "hub", part: "hub", socket: link.hub, rows: ends.length};
	showList(item.lastElementChild, (link.left) ? [hub, ...cells] : [...cells, hub],
		(cell) => cell.part + " " + cell.key, makeCell, updateCell);
}

/** Return what flows between a hub and a member. Of a hub elsewhere only the member is known. */
function flow(link, member) {
	const rate = (link.left) ? member.in : member.out;
	const both = !ONE_WAY.has(member.type);
	return {flowing: rate > 0, both, label: perSecond(rate), spoken: perSecond(rate) + ((both) ? " there and back" : "")};
}

function makeCell(cell) {
	if (cell.part === "arrow") {
		const arrow = create("span", undefined, "arrow");
		arrow.append(create("span", undefined, "rate"));
		return arrow;
	}
	const node = create("div", undefined, "node " + cell.part);
	const name = create("b", undefined, "name");
	const dot = create("span", undefined, "dot");
	dot.setAttribute("aria-hidden", "true");
	const about = create("span", undefined, "about");
	about.append(create("small", undefined, "type"), create("span", undefined, "notes"));
	node.append(dot, name, about);
	return node;
}

function updateCell(target, cell) {
	if (cell.part === "hub") {
		target.style.gridRow = "1 / span " + cell.rows;
	}
	else {
		target.style.gridRow = String(cell.row + 1);
	}
	if (cell.part === "arrow") {
		target.dataset.flowing = cell.flowing;
		target.dataset.both = cell.both ?? false;
		text(target.firstElementChild, cell.label);
		return;
	}
	const [, name, about] = target.children;
	const [type, notes] = about.children;
	const socket = cell.socket;
	target.dataset.state = (socket) ? socket.health.toLowerCase() : "none";
	text(name, socket?.name ?? other(cell));
	text(type, socket?.type ?? "elsewhere");
	text(notes, (socket) ? describe(socket) : "");
}

function other({part, others}) {
	return (part === "hub") ? "another program" : (others > 0) ? plural(others, "peer") : "no peer yet";
}

function describe(socket) {
	if (socket.state === "UNKNOWN") {
		return "unknown";
	}
	const notes = [plural(socket.peers, "peer")];
	socket.connects.filter((connect) => connect.state !== "CONNECTED")
		.forEach((connect) => notes.push(connect.state.toLowerCase()));
	if (socket.health !== "UP") {
		notes.unshift(socket.health.toLowerCase());
	}
	socket.held.forEach((listener) => notes.push(listener.state.toLowerCase()));
	if (socket.waitingSenders > 0) {
		notes.push(plural(socket.waitingSenders, "sender") + " waiting");
	}
	if (socket.asking > 0) {
		notes.push(plural(socket.asking, "request") + " pending");
	}
	return notes.join(" · ");
}
