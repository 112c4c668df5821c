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

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.ErrorReply;
import io.github.zmqspring.support.QuotedPayloads;
import org.jspecify.annotations.Nullable;

/**
 * Creates the reply to a request that could not be handled. A bean of this type replaces
 * {@code zmq.listener.error-reply}. Called on the thread of the listener.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ZmqErrorReplyConverter {

	/**
	 * Makes the reply.
	 * @param request the request
	 * @param failure the exception of the method, or a {@link ZmqListenerException} for a
	 * request that could not be read
	 * @return the reply, converted as any other; an {@link ErrorReply} becomes a
	 * {@link io.github.zmqspring.core.ZmqRemoteException} at clients of this library;
	 * {@code null} gives an empty reply
	 */
	@Nullable Object toReply(ZmqMessage request, Throwable failure);

	/**
	 * Reply with the type and message of the exception, without its stack. The message of
	 * a parser, converter or validator is left out, since it may quote payloads of other
	 * peers. Wrappers such as {@link CompletionException} are replaced by their cause.
	 * @return a converter that makes an {@link ErrorReply}
	 */
	static ZmqErrorReplyConverter message() {
		return (request, failure) -> {
			if (failure instanceof ZmqListenerException) {
				String reason = (failure.getCause() != null) ? QuotedPayloads.ownText(failure.getCause()) : null;
				return new ErrorReply("UnreadableMessage",
						"The request could not be read" + ((reason != null) ? ": " + reason : ""));
			}
			Throwable cause = failure;
			while ((cause instanceof CompletionException || cause instanceof ExecutionException
					|| cause instanceof InvocationTargetException) && cause.getCause() != null) {
				cause = cause.getCause();
			}
			String type = cause.getClass().getSimpleName();
			String message = cause.getMessage();
			if (QuotedPayloads.ownText(cause) == null && QuotedPayloads.isQuotedBy(failure)) {
				message = "The request could not be handled";
			}
			return new ErrorReply((!type.isEmpty()) ? type : cause.getClass().getName(),
					(message != null) ? message : "");
		};
	}

	/**
	 * Reply with an empty frame, which reveals nothing.
	 * @return a converter that makes nothing
	 */
	static ZmqErrorReplyConverter none() {
		return (request, failure) -> null;
	}

}
