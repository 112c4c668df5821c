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

import org.springframework.util.Assert;

/**
 * The result of a worker for a file. Workers may be other programs.
 *
 * @param path the path that came with the file
 * @param bytes the size of the file
 * @param sha256 the SHA-256 of its content, in hexadecimal
 * @param worker the name of the worker
 */
record FileDigest(String path, long bytes, String sha256, String worker) {

	FileDigest {
		Assert.hasText(path, "A digest names its file");
		Assert.hasText(sha256, "A digest has a value");
		Assert.hasText(worker, "A digest names its worker");
	}

}
