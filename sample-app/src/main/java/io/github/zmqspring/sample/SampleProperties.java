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

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties below {@code sample}. The endpoints have their defaults here, and
 * application.yml puts them into {@code zmq.sockets}.
 *
 * @param telemetry figures of this host
 * @param digest the pipeline
 * @param rpc the request-reply service
 * @param tokens the service that streams its replies
 * @param feed numbered messages
 */
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue Telemetry telemetry, @DefaultValue Digest digest, @DefaultValue Rpc rpc,
		@DefaultValue Tokens tokens, @DefaultValue Feed feed) {

	/**
	 * Figures of this host, published.
	 *
	 * @param endpoint where they are published
	 * @param interval how often
	 * @param history how many samples a new page gets
	 */
	record Telemetry(@DefaultValue("tcp://127.0.0.1:5556") String endpoint, @DefaultValue("250ms") Duration interval,
			@DefaultValue("240") int history) {

	}

	/**
	 * Digests of the files of a directory.
	 *
	 * @param directory the directory
	 * @param workEndpoint where workers get files
	 * @param resultsEndpoint where workers send digests
	 * @param maxFileSize larger files are skipped
	 * @param runAtStartup whether a run starts with the application
	 * @param resendAfter the time without any digest after which missing files are sent
	 * again
	 * @param attempts how often a file is sent at most
	 */
	record Digest(@DefaultValue(".") String directory, @DefaultValue("tcp://127.0.0.1:5557") String workEndpoint,
			@DefaultValue("tcp://127.0.0.1:5558") String resultsEndpoint, @DefaultValue("16MB") DataSize maxFileSize,
			@DefaultValue("true") boolean runAtStartup, @DefaultValue("2s") Duration resendAfter,
			@DefaultValue("5") int attempts) {

		Path path() {
			// not bound as a Path, which Spring would look for among the web resources
			// first
			return Path.of(this.directory).toAbsolutePath().normalize();
		}

	}

	/**
	 * The request-reply service.
	 *
	 * @param endpoint where it listens
	 */
	record Rpc(@DefaultValue("tcp://127.0.0.1:5559") String endpoint) {

	}

	/**
	 * The service that streams its replies.
	 *
	 * @param endpoint where it listens
	 */
	record Tokens(@DefaultValue("tcp://127.0.0.1:5560") String endpoint) {

	}

	/**
	 * Numbered messages.
	 *
	 * @param endpoint where they are published
	 * @param replayEndpoint where those that were missed are served
	 */
	record Feed(@DefaultValue("tcp://127.0.0.1:5561") String endpoint,
			@DefaultValue("tcp://127.0.0.1:5562") String replayEndpoint) {

	}

}
