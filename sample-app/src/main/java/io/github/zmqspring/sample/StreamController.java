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

import io.github.zmqspring.core.ZmqTemplate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Passes a stream of replies on to the page. A page that stops listening cancels it.
 */
@RestController
class StreamController {

	private final ZmqTemplate template;

	StreamController(ZmqTemplate template) {
		this.template = template;
	}

	@GetMapping(path = "/api/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> stream(@RequestParam String prompt) {
		Publisher<String> tokens = this.template.requestStream("tokens-client", prompt, String.class);
		return Flux.from(tokens)
			.map((token) -> event("token", token))
			.concatWith(Flux.just(event("end", "")))
			.onErrorResume((failure) -> Flux.just(event("failed", String.valueOf(failure.getMessage()))));
	}

	private static ServerSentEvent<String> event(String name, String data) {
		return ServerSentEvent.builder(data).event(name).build();
	}

}
