import {create, element, integer, name, perSecond, plural, post, showList, text} from "./dom.js";

/** What a button does to a listener or proxy in each state, and how it is called. */
const ACTIONS = {RUNNING: ["pause", "Pause"], PAUSED: ["resume", "Resume"], STOPPED: ["start", "Start"]};

/** Listeners and proxies, each with the button that holds it or lets it go. */
export function showControls(listeners, proxies) {
	showList(element("listeners"), [...listeners.map(listenerItem), ...proxies.map(proxyItem)], (item) => item.name, make,
		update);
}

function listenerItem(listener) {
	const lost = listener.failed + listener.unreadable;
	return {
		...listener,
		name: listener.id,
		what: "socket " + listener.socket,
		figures: integer(listener.handled) + " handled, " + perSecond(listener.rate)
			+ ((lost > 0) ? ", " + integer(lost) + " failed" : "")
	};
}

function proxyItem({status, rate}) {
	const forwarded = status.toBackend.forwarded + status.toFrontend.forwarded;
	return {
		...status,
		what: "proxy, " + status.type.toLowerCase(),
		figures: plural(forwarded, "message") + " forwarded, " + perSecond(rate)
	};
}

function make(item) {
	const created = create("li", undefined, "control");
	const button = create("button", undefined, "quiet");
	button.type = "button";
	button.addEventListener("click", () => act(button, item.name));
	const words = create("div");
	const line = create("span", undefined, "what");
	line.append(create("b", undefined, "state-text"), " · " + item.what);
	words.append(name(item.name), line, create("span", undefined, "figures"));
	created.append(words, button);
	return created;
}

function update(created, item) {
	const [words, button] = created.children;
	const [action, label] = ACTIONS[item.state];
	created.dataset.state = (item.state === "RUNNING" && item.alive) ? "up" : (item.state === "RUNNING") ? "down" : "waiting";
	text(words.children[2], item.figures);
	text(words.children[1].firstElementChild, (item.alive || item.state !== "RUNNING") ? item.state.toLowerCase() : "dead");
	if (button.dataset.action !== action) {
		button.dataset.action = action;
		button.removeAttribute("aria-disabled");
		text(button, label);
		button.setAttribute("aria-label", label + " " + item.name);
	}
}

/** The button rests until the next report shows what it did, and keeps the focus meanwhile. */
async function act(button, name) {
	if (button.hasAttribute("aria-disabled")) {
		return;
	}
	button.setAttribute("aria-disabled", "true");
	text("control-error", "");
	try {
		await post("actuator/zmq/" + encodeURIComponent(name), {action: button.dataset.action});
	}
	catch (error) {
		text("control-error", "Cannot " + button.dataset.action + " " + name + ": " + error.message);
		button.removeAttribute("aria-disabled");
	}
}
