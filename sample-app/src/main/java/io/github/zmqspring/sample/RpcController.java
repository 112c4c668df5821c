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

import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends the page's requests through ZeroMQ.
 */
@RestController
class RpcController {

	private final ZmqTemplate template;

	RpcController(ZmqTemplate template) {
		this.template = template;
	}

	@PostMapping(path = "/api/requests", consumes = MediaType.APPLICATION_JSON_VALUE)
	Outcome request(@RequestBody RpcRequest request) {
		long start = System.nanoTime();
		try {
			RpcReply reply = this.template.convertSendAndReceive("rpc-client", request, RpcReply.class);
			return new Outcome(reply, null, null, micros(start));
		}
		catch (ZmqException ex) {
			return new Outcome(null, ex.getClass().getSimpleName(), ex.getMessage(), micros(start));
		}
	}

	private static long micros(long start) {
		return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
	}

	/**
	 * The outcome of a request.
	 *
	 * @param reply the reply, if there was one
	 * @param error the kind of error, if there was one
	 * @param message the message of the error
	 * @param roundTripMicros the time from request to reply or error
	 */
	record Outcome(@Nullable RpcReply reply, @Nullable String error, @Nullable String message, long roundTripMicros) {

	}

}
