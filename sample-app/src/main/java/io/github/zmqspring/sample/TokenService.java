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

import java.time.Duration;

import io.github.zmqspring.annotation.ZmqListener;
import reactor.core.publisher.Flux;

import org.springframework.stereotype.Component;

/**
 * Answers a text with its words, one after the other, as a language model would.
 */
@Component
class TokenService {

	private static final Duration PACE = Duration.ofMillis(150);

	@ZmqListener("tokens")
	Flux<String> stream(String prompt) {
		return Flux.fromArray(prompt.trim().split("\\s+")).delayElements(PACE);
	}

}
