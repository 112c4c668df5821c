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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Chrome DevTools Protocol over its web socket: calls with their answers, and events.
 */
final class DevTools implements AutoCloseable, WebSocket.Listener {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final JsonMapper json = JsonMapper.shared();

	private final AtomicInteger ids = new AtomicInteger();

	private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();

	private final List<Consumer<JsonNode>> listeners = new CopyOnWriteArrayList<>();

	private final StringBuilder partial = new StringBuilder();

	private final WebSocket socket;

	private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

	DevTools(URI address) {
		this.socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.connectTimeout(TIMEOUT)
			.buildAsync(address, this)
			.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
			.join();
	}

	void addListener(Consumer<JsonNode> listener) {
		this.listeners.add(listener);
	}

	/**
	 * Call a method and wait for its answer.
	 * @param session the session of a page, or {@code null} for the browser itself
	 * @param method the method
	 * @param params its parameters
	 * @return the result
	 */
	JsonNode call(@Nullable String session, String method, Map<String, ?> params) {
		int id = this.ids.incrementAndGet();
		ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
		message.set("params", json.valueToTree(params));
		if (session != null) {
			message.put("sessionId", session);
		}
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.calls.put(id, answer);
		send(json.writeValueAsString(message));
		JsonNode result = answer.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
		if (result.has("error")) {
			throw new AssertionError(method + ": " + result.get("error"));
		}
		return result.get("result");
	}

	/** A web socket of the JDK takes one text at a time. */
	private synchronized void send(String text) {
		this.lastSend = this.lastSend.thenCompose((done) -> this.socket.sendText(text, true));
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.partial.append(data);
		if (last) {
			JsonNode message = json.readTree(this.partial.toString());
			this.partial.setLength(0);
			dispatch(message);
		}
		webSocket.request(1);
		return null;
	}

	private void dispatch(JsonNode message) {
		if (message.has("id")) {
			CompletableFuture<JsonNode> answer = this.calls.remove(message.get("id").asInt());
			if (answer != null) {
				answer.complete(message);
			}
			return;
		}
		this.listeners.forEach((listener) -> listener.accept(message));
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.calls.values().forEach((answer) -> answer.completeExceptionally(error));
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
