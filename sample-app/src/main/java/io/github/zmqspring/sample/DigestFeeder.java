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
import java.nio.file.Files;
import java.util.Collection;

import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.core.ZmqTemplate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Sends the files of a run to the workers, as fast as they take them, and again those
 * without a digest: a worker that disconnected has lost them.
 */
class DigestFeeder {

	private static final Log logger = LogFactory.getLog(DigestFeeder.class);

	private final ZmqTemplate template;

	private final SampleProperties.Digest properties;

	DigestFeeder(ZmqTemplate template, SampleProperties.Digest properties) {
		this.template = template;
		this.properties = properties;
	}

	void feed(DigestRun run) throws InterruptedException {
		try {
			run.begin(scanner().scan());
		}
		catch (IOException ex) {
			logger.error("Cannot read the directory " + this.properties.path(), ex);
			run.end(RunState.FAILED);
			return;
		}
		sendAll(run);
		for (int attempt = 2; !run.awaitEnd(this.properties.resendAfter()); attempt++) {
			if (attempt > this.properties.attempts()) {
				run.end(RunState.INCOMPLETE);
				return;
			}
			run.countResent(run.missing().size());
			sendAll(run);
		}
	}

	private FileScanner scanner() {
		return new FileScanner(this.properties.path(), this.properties.maxFileSize().toBytes());
	}

	private void sendAll(DigestRun run) {
		Collection<FileEntry> files = run.missing();
		for (FileEntry file : files) {
			if (run.hasEnded()) {
				return;
			}
			try {
				send(run, file.path(), Files.readAllBytes(file.file()));
			}
			catch (IOException ex) {
				run.skip(file);
			}
		}
	}

	private void send(DigestRun run, String path, byte[] content) {
		// waiting here slows the run down to the speed of its workers
		while (!run.hasEnded()) {
			try {
				this.template.sendFrames("files", path, content);
				return;
			}
			catch (ZmqSendTimeoutException ex) {
				// no worker has room yet: check whether the run goes on
			}
		}
	}

}
