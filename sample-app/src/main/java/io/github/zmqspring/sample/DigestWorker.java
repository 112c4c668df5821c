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

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;

import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.stereotype.Component;

/**
 * A stage of the pipeline: takes a file from {@code work}, sends its digest to
 * {@code results}. Workers in other processes and languages do the same at the same
 * endpoints.
 */
@Component
class DigestWorker {

	@ZmqListener(socket = "work", concurrency = "2")
	@SendTo("results")
	FileDigest digest(@ZmqFrame(0) String path, @ZmqFrame(1) byte[] content) {
		return new FileDigest(path, content.length, Sha256.hex(content), Thread.currentThread().getName());
	}

}
