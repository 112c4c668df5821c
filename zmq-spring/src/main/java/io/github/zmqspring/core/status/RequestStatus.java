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

package io.github.zmqspring.core.status;

/**
 * What the requests of a socket are doing, at one moment.
 *
 * @param pending requests whose reply has not come
 * @param requests requests made
 * @param replies replies that belonged to one of them, error replies included
 * @param retries attempts after the first
 * @param timeouts requests given up
 * @param late replies that came too late, twice or unasked, and were dropped
 * @since 0.1.0
 */
public record RequestStatus(int pending, long requests, long replies, long retries, long timeouts, long late) {

	/** Of a socket without requests. */
	public static final RequestStatus NONE = new RequestStatus(0, 0, 0, 0, 0, 0);

}
