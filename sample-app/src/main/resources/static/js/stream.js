import {create, element, integer, text} from "./dom.js";

let source;
let count = 0;

function finish(state, message) {
	source?.close();
	source = undefined;
	element("stream").dataset.state = state;
	text("stream-state", message);
	element("stream-start").disabled = false;
	element("stream-cancel").disabled = true;
}

element("stream-form").addEventListener("submit", (event) => {
	event.preventDefault();
	count = 0;
	element("stream-elements").replaceChildren();
	text("stream-count", integer(0));
	element("stream-start").disabled = true;
	element("stream-cancel").disabled = false;
	element("stream").dataset.state = "pending";
	text("stream-state", "streaming…");
	source = new EventSource("api/stream?prompt=" + encodeURIComponent(element("prompt").value));
	source.addEventListener("token", ({data}) => {
		element("stream-elements").append(create("span", data), " ");
		text("stream-count", integer(++count));
	});
	source.addEventListener("end", () => finish("ok", "ended"));
	source.addEventListener("failed", ({data}) => finish("error", data));
	source.addEventListener("error", () => finish("error", "the server is gone"));
});

element("stream-cancel").addEventListener("click", () => finish("none", "cancelled"));
