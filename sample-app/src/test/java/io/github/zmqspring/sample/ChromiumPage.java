/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zmqspring.sample;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

import tools.jackson.databind.JsonNode;

/**
 * One page of a {@link Chromium}, with its errors and the hosts that it spoke to.
 */
final class ChromiumPage implements AutoCloseable {

	private final DevTools devTools;

	private final String target;

	private final String session;

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private final Set<String> hosts = new ConcurrentSkipListSet<>();

	ChromiumPage(DevTools devTools, String target, String session) {
		this.devTools = devTools;
		this.target = target;
		this.session = session;
		devTools.addListener(this::received);
		List.of("Page", "Runtime", "Log", "Network").forEach((domain) -> call(domain + ".enable", Map.of()));
	}

	private void received(JsonNode message) {
		if (!this.session.equals(message.path("sessionId").asString())) {
			return;
		}
		JsonNode params = message.get("params");
		switch (message.get("method").asString()) {
			case "Runtime.exceptionThrown" -> this.errors.add(params.get("exceptionDetails").toString());
			case "Runtime.consoleAPICalled" -> {
				if (Set.of("error", "warning", "assert").contains(params.get("type").asString())) {
					this.errors.add(params.get("args").toString());
				}
			}
			case "Log.entryAdded" -> {
				if (Set.of("error", "warning").contains(params.get("entry").get("level").asString())) {
					this.errors.add(params.get("entry").toString());
				}
			}
			case "Network.requestWillBeSent" -> addHost(params.get("request").get("url").asString());
			case "Network.webSocketCreated" -> addHost(params.get("url").asString());
			default -> {
			}
		}
	}

	private void addHost(String url) {
		String host = URI.create(url).getAuthority();
		if (host != null) {
			this.hosts.add(host);
		}
	}

	/**
	 * What the console shows: errors, warnings and uncaught exceptions.
	 * @return the errors so far
	 */
	List<String> errors() {
		return this.errors;
	}

	/**
	 * Whom the page asked for anything.
	 * @return hosts with their ports
	 */
	Set<String> hosts() {
		return this.hosts;
	}

	void navigate(String url) {
		call("Page.navigate", Map.of("url", url));
	}

	void resize(int width, int height) {
		call("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	void preferColorScheme(String scheme) {
		call("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/**
	 * Evaluate JavaScript in the page.
	 * @param expression the expression
	 * @return its value
	 */
	JsonNode evaluate(String expression) {
		JsonNode result = call("Runtime.evaluate",
				Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
		if (result.has("exceptionDetails")) {
			throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
		}
		return result.get("result").path("value");
	}

	/**
	 * The text of an element.
	 * @param selector a CSS selector
	 * @return the text, empty if there is no such element
	 */
	String text(String selector) {
		return evaluate("document.querySelector('" + selector + "')?.textContent ?? ''").asString();
	}

	void screenshot(Path file) throws IOException {
		JsonNode result = call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
		Files.write(file, Base64.getDecoder().decode(result.get("data").asString()));
	}

	/**
	 * Close the page and with it its connections, of which a browser has six for a host.
	 */
	@Override
	public void close() {
		this.devTools.call(null, "Target.closeTarget", Map.of("targetId", this.target));
	}

	private JsonNode call(String method, Map<String, ?> params) {
		return this.devTools.call(this.session, method, params);
	}

}
