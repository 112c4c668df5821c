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

package io.github.zmqspring.security;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Whether a client may connect.
 *
 * @param status the status code of RFC 27: 200 allows, 300 refuses for now, 400 refuses,
 * 500 says that the decision failed
 * @param userId the user id that messages of the client carry, empty for none
 * @param reason the reason of a refusal, for events and logs; the client is not told
 * @since 0.1.0
 */
public record ZmqAuthenticationDecision(int status, String userId, @Nullable String reason) {

	/**
	 * Create the decision.
	 * @throws IllegalArgumentException if the status is none of 200, 300, 400 and 500
	 */
	public ZmqAuthenticationDecision {
		Assert.isTrue(status == 200 || status == 300 || status == 400 || status == 500,
				() -> "A decision is 200, 300, 400 or 500, not " + status);
	}

	/**
	 * Let the client in.
	 * @param userId the user id that its messages carry
	 * @return the decision
	 */
	public static ZmqAuthenticationDecision allow(String userId) {
		return new ZmqAuthenticationDecision(200, userId, null);
	}

	/**
	 * Refuse the client. It does not come again by itself.
	 * @param reason the reason, for events and logs
	 * @return the decision
	 */
	public static ZmqAuthenticationDecision deny(String reason) {
		return new ZmqAuthenticationDecision(400, "", reason);
	}

	/**
	 * Refuse the client for now. It may try again.
	 * @param reason the reason, for events and logs
	 * @return the decision
	 */
	public static ZmqAuthenticationDecision retryLater(String reason) {
		return new ZmqAuthenticationDecision(300, "", reason);
	}

	/**
	 * Refuse the client, as the decision could not be made.
	 * @param reason the reason, for events and logs
	 * @return the decision
	 */
	public static ZmqAuthenticationDecision failed(String reason) {
		return new ZmqAuthenticationDecision(500, "", reason);
	}

	/**
	 * Tell whether the client is let in.
	 * @return whether the status is 200
	 */
	public boolean isAllowed() {
		return this.status == 200;
	}

}
