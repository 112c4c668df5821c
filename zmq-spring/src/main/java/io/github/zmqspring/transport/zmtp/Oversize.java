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

package io.github.zmqspring.transport.zmtp;

/**
 * Told of messages that are too long and are thrown away as they come.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Oversize {

	/**
	 * A message is too long. Those of its frames that were decoded already have to be
	 * forgotten; no other one is decoded.
	 * @param what how long it is, and what the limit is; quotes nothing of it
	 */
	void refused(String what);

}
