import {create, element, integer, post, showList, text} from "./dom.js";

/** Show the newest numbers of the feed: those that were fetched are marked. */
export function showFeed({entries, recovered, missed}) {
	showList(element("feed-numbers"), entries, ({number}) => String(number), ({number}) => create("li", String(number)),
		(item, {fetched}) => {
			item.dataset.fetched = String(fetched);
			item.title = (fetched) ? "fetched from the replay" : "came live";
		});
	text("feed-recovered", integer(recovered));
	text("feed-missed", integer(missed));
}

/** Show that the server is gone: what was counted is not known any more. */
export function loseFeed() {
	text("feed-recovered", "–");
	text("feed-missed", "–");
}

element("make-gap").addEventListener("click", async () => {
	element("make-gap").disabled = true;
	text("feed-error", "");
	try {
		await post("api/gaps", {});
	}
	catch (error) {
		text("feed-error", error.message);
	}
	finally {
		element("make-gap").disabled = false;
	}
});
