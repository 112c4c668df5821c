import {create, element, integer, name, perSecond, plural, post, showList, text} from "./dom.js";

/** The action and the label of the button in each state of a listener or proxy. */
const ACTIONS = {RUNNING: ["pause", "Pause"], PAUSED: ["resume", "Resume"], STOPPED: ["start", "Start"]};

/** Show listeners and proxies, each with a button that pauses, resumes or starts it. */
export function showControls(listeners, proxies) {
	showList(element("listeners"), [...listeners.map(listenerItem), ...proxies.map(proxyItem)], (item) => item.name, make,
		update);
}

function listenerItem(listener) {
	if (listener.state === "UNKNOWN") {
		return {...listener, name: listener.id, what: "socket " + listener.socket, figures: ""};
	}
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
	if (status.state === "UNKNOWN") {
		return {...status, what: "proxy, " + status.type.toLowerCase(), figures: ""};
	}
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
	const [action, label] = ACTIONS[item.state] ?? [];
	created.dataset.state = (item.state === "RUNNING" && item.alive) ? "up" : (item.state === "RUNNING") ? "down" : "waiting";
	text(words.children[2], item.figures);
	text(words.children[1].firstElementChild, (item.alive || item.state !== "RUNNING") ? item.state.toLowerCase() : "dead");
	if (!action) {
		delete button.dataset.action;
		button.setAttribute("aria-disabled", "true");
	}
	else if (button.dataset.action !== action) {
		button.dataset.action = action;
		button.removeAttribute("aria-disabled");
		text(button, label);
		button.setAttribute("aria-label", label + " " + item.name);
	}
}

/** Act, and disable the button, which keeps the focus, until a report shows the effect. */
async function act(button, name) {
	if (button.hasAttribute("aria-disabled")) {
		return;
	}
	button.setAttribute("aria-disabled", "true");
	text("control-error", "");
	const action = button.dataset.action;
	try {
		await post("actuator/zmq/" + encodeURIComponent(name), {action});
	}
	catch (error) {
		text("control-error", "Cannot " + action + " " + name + ": " + error.message);
		if (button.dataset.action) {
			button.removeAttribute("aria-disabled");
		}
	}
}
