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

package io.github.zmqspring.listener;

import io.github.zmqspring.core.ZmqException;

/**
 * Replies to the peer a message came from: none, one or many times, now or later, from
 * any thread. A listener method that has it as a parameter replies by it alone.
 * <p>
 * Several replies are a stream where the peer reads them as one
 * ({@link io.github.zmqspring.core.ZmqTemplate#requestStream}): {@link #end()} ends it,
 * and the peer may cancel it: <pre class="code">
 * &#064;ZmqListener("tokens")
 * void tokens(String prompt, ZmqReplier replier) {
 *     for (String token : this.model.tokens(prompt)) {
 *         if (replier.isCancelled()) {
 *             return;
 *         }
 *         replier.reply(token);
 *     }
 *     replier.end();
 * }
 * </pre>
 *
 * @since 0.1.0
 */
public interface ZmqReplier {

	/**
	 * Send a reply. After the peer has cancelled the stream nothing is sent.
	 * @param payload the reply, as for
	 * {@link io.github.zmqspring.core.ZmqTemplate#convertAndSend(String, Object)}
	 * @throws ZmqException if it was not accepted, in particular
	 * {@link io.github.zmqspring.core.ZmqHostUnreachableException} when the peer is gone
	 */
	void reply(Object payload);

	/**
	 * Send an error reply.
	 * @param failure what went wrong; its type and message are sent
	 * @throws ZmqException if it was not accepted
	 */
	void error(Throwable failure);

	/**
	 * End a stream of replies, by an empty one.
	 * @throws ZmqException if it was not accepted
	 */
	void end();

	/**
	 * Return whether the peer has cancelled the stream of replies. It is asked in a loop:
	 * the message that says so is found even if all threads of the listener are busy.
	 * @return {@code true} if the peer wants no more
	 */
	boolean isCancelled();

	/**
	 * Have something done when the peer cancels the stream of replies, at once if it has.
	 * @param action called on a thread of the library, which it must not block, and at
	 * most once; the last one that was set counts
	 */
	void onCancel(Runnable action);

}
