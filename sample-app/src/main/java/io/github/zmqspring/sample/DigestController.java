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

import java.util.OptionalInt;
import java.util.stream.Collectors;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts runs, and returns their digests as {@code sha256sum -c} reads them.
 */
@RestController
class DigestController {

	private final DigestPipeline pipeline;

	DigestController(DigestPipeline pipeline) {
		this.pipeline = pipeline;
	}

	/**
	 * Start a run. Takes JSON only, so that no form of another site can post it.
	 * @return whether it was started, or one is under way
	 */
	@PostMapping(path = "/api/runs", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.ACCEPTED)
	RunStart run() {
		OptionalInt run = this.pipeline.startRun();
		return new RunStart(run.isPresent(), run.orElse(0));
	}

	@GetMapping(path = "/digests.sha256", produces = "text/plain;charset=UTF-8")
	String digests() {
		return this.pipeline.digests().stream().map(DigestController::line).collect(Collectors.joining());
	}

	private static String line(FileDigest digest) {
		String path = digest.path().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
		String mark = (path.equals(digest.path())) ? "" : "\\";
		return mark + digest.sha256() + "  " + path + "\n";
	}

	/**
	 * The outcome of an order for a run.
	 *
	 * @param started whether it was started
	 * @param run its number, if it was
	 */
	record RunStart(boolean started, int run) {

	}

}
