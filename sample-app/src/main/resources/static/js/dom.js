/** Shared by all parts of the page: elements, lists, formatting of figures, requests. A figure that is not known is a dash. */

const integers = new Intl.NumberFormat("en", {maximumFractionDigits: 0});
const decimals = new Intl.NumberFormat("en", {maximumFractionDigits: 1, minimumFractionDigits: 1});
const threeDigits = new Intl.NumberFormat("en", {maximumSignificantDigits: 3});

export const element = (id) => document.getElementById(id);

/** Set the text of an element. Values from the server are never inserted as HTML. */
export function text(target, value) {
	const found = (typeof target === "string") ? element(target) : target;
	if (found.textContent !== value) {
		found.textContent = value;
	}
}

export function create(tag, content, className) {
	const created = document.createElement(tag);
	if (content !== undefined) {
		created.textContent = content;
	}
	if (className) {
		created.className = className;
	}
	return created;
}

/** Create a name that may break into the next line after each of its parts. */
export function name(value) {
	const created = create("b", undefined, "name");
	created.append(...value.split(/(?<=[.-])/).flatMap((part) => [part, document.createElement("wbr")]));
	return created;
}

/** Show a list: each item keeps its element, and with it the focus. */
export function showList(list, items, key, make, update) {
	const before = new Map([...list.children].map((child) => [child.dataset.key, child]));
	const keys = new Set(items.map(key));
	before.forEach((child, name) => {
		if (!keys.has(name)) {
			child.remove();
		}
	});
	items.forEach((item, index) => {
		const child = before.get(key(item)) ?? make(item);
		child.dataset.key = key(item);
		if (list.children[index] !== child) {
			list.insertBefore(child, list.children[index] ?? null);
		}
		update(child, item);
	});
}

export async function post(path, body) {
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

const known = (format) => (value) => (value === undefined) ? "–" : format(value);

export const integer = known((value) => integers.format(value));

export const decimal = (value) => decimals.format(value);

export const short = (value) => threeDigits.format(value);

export const percent = (value) => decimals.format(value * 100) + " %";

export function bytes(value) {
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

export function duration(millis) {
	if (millis < 1000) {
		return integers.format(millis) + " ms";
	}
	return (millis < 60_000) ? decimals.format(millis / 1000) + " s"
		: Math.floor(millis / 60_000) + " min " + Math.round(millis % 60_000 / 1000) + " s";
}

export const micros = (value) => (value < 1000) ? integers.format(value) + " µs" : decimals.format(value / 1000) + " ms";

export const perSecond = known((rate) => ((rate > 0 && rate < 1) ? decimals : integers).format(rate) + "/s");

export const plural = (count, noun) => integers.format(count) + " " + noun + ((count === 1) ? "" : "s");
