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
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * An open page. Events wait in a bounded queue and one thread of a small pool at a time
 * writes them, so a slow page delays no other and costs no thread of its own.
 */
class EventClient {

	private static final int CAPACITY = 1024;

	private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

	private final SseEmitter emitter;

	private final Executor executor;

	private final Consumer<EventClient> gone;

	private final Deque<ServerEvent> queue = new ArrayDeque<>();

	private boolean writing;

	EventClient(SseEmitter emitter, Executor executor, Consumer<EventClient> gone) {
		this.emitter = emitter;
		this.executor = executor;
		this.gone = gone;
		emitter.onCompletion(() -> gone.accept(this));
	}

	/**
	 * Hand over an event, without waiting. The oldest event is dropped when there are too
	 * many.
	 * @param event the event
	 */
	void offer(ServerEvent event) {
		synchronized (this.queue) {
			if (this.queue.size() == CAPACITY) {
				this.queue.removeFirst();
			}
			this.queue.addLast(event);
			if (this.writing) {
				return;
			}
			this.writing = true;
		}
		this.executor.execute(this::write);
	}

	void complete() {
		this.emitter.complete();
	}

	private void write() {
		try {
			for (ServerEvent event = next(); event != null; event = next()) {
				this.emitter.send(SseEmitter.event().name(event.name()).data(event.data(), TEXT));
			}
		}
		catch (IOException | RuntimeException ex) {
			// the page is gone; the container completes the request
			this.gone.accept(this);
		}
	}

	private @Nullable ServerEvent next() {
		synchronized (this.queue) {
			ServerEvent event = this.queue.pollFirst();
			this.writing = event != null;
			return event;
		}
	}

}
