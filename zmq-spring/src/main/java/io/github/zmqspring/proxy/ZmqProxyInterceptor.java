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

package io.github.zmqspring.proxy;

/**
 * Looks at, changes, drops or re-routes messages on their way through proxies. All beans
 * of this type take part, in their order. A proxy calls them on the thread of the
 * direction: the two directions of one proxy may call at the same time, and a slow
 * interceptor slows its direction down. What it throws is counted, and the message is
 * dropped or sent to the proxy's dead-letter socket; the proxy goes on.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ZmqProxyInterceptor {

	/**
	 * Decides about a message.
	 * @param exchange the message and where it goes
	 * @return the decision, made by one of the exchange's methods
	 */
	ZmqProxyDecision intercept(ZmqProxyExchange exchange);

	/**
	 * Return whether this interceptor takes part in a proxy. Asked once, when the proxy
	 * is set up.
	 * @param proxy the name of the proxy
	 * @return {@code true} for all proxies by default
	 */
	default boolean supports(String proxy) {
		return true;
	}

}
