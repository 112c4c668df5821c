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

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;

import org.springframework.stereotype.Component;

/**
 * Answers requests of the page and of any ZeroMQ client.
 */
@Component
class RpcService {

	@ZmqListener("rpc")
	RpcReply handle(RpcRequest request) {
		long start = System.nanoTime();
		String op = (request.op() != null) ? request.op() : "";
		String result = apply(op, (request.text() != null) ? request.text() : "");
		long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
		return new RpcReply(op, result, Thread.currentThread().getName(), took);
	}

	private static String apply(String op, String text) {
		return switch (op) {
			case "upper" -> text.toUpperCase(Locale.ROOT);
			case "reverse" -> new StringBuilder(text).reverse().toString();
			case "sha256" -> Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
			case "time" -> Instant.now().toString();
			default -> throw new IllegalArgumentException(
					"There is no op '%s': use upper, reverse, sha256 or time".formatted(op));
		};
	}

}
