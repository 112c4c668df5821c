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

package io.github.zmqspring.message;

import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.util.MimeType;
import org.springframework.util.PatternMatchUtils;

/**
 * Puts the headers of Spring's messages into header frames and takes them out again:
 * those whose names are allowed, as text. No name of a type travels, and nothing but text
 * is made of what came.
 */
final class CarriedHeaders {

	/** Trace headers: W3C, B3 and those that Micrometer Tracing adds. */
	private static final String[] TRACE = { "traceparent", "tracestate", "baggage", "b3", "X-B3-*" };

	private CarriedHeaders() {
	}

	private static boolean isAllowed(List<String> allowed, String name) {
		if (ZmqHeaders.isLocal(name)) {
			return false;
		}
		for (String pattern : allowed) {
			if (PatternMatchUtils.simpleMatchIgnoreCase(pattern, name)) {
				return true;
			}
		}
		return PatternMatchUtils.simpleMatchIgnoreCase(TRACE, name);
	}

	/** Copy the allowed headers of a received message. */
	static void copyTo(Map<String, Object> target, SocketDefinition definition, ZmqMessage message) {
		message.headers().forEach((name, value) -> {
			if (isAllowed(definition.envelopeHeaders(), name)) {
				target.put(name, value);
			}
		});
	}

	/**
	 * Return where the header frame belongs: behind the frames that the peer strips
	 * first.
	 * @return the position, or -1 for a message that has no place for it
	 */
	static int position(SocketDefinition definition, byte[][] frames) {
		int position = switch (definition.type()) {
			case PUB, XPUB -> 1;
			case XSUB -> (SubscriptionFrame.is(frames)) ? -1 : 1;
			case ROUTER, REP -> Math.max(1, ReturnPath.length(definition, frames, () -> false));
			case DEALER -> ReturnPath.length(definition, frames, () -> false);
			default -> 0;
		};
		return (position < frames.length || definition.hasTopics()) ? position : -1;
	}

	/**
	 * Put the header frame of a message in its place.
	 * @param frames the message without it
	 * @param position where it belongs
	 * @param payload what the message was made of
	 * @param trace headers that travel whatever their names
	 * @return the message with it, or without it if there is nothing to carry
	 */
	static byte[][] insert(SocketDefinition definition, byte[][] frames, int position, @Nullable Object payload,
			@Nullable Map<String, String> trace) {
		Map<String, String> headers = select(definition, payload);
		if (trace != null) {
			headers.putAll(trace);
		}
		// a payload that looks like a header frame needs a real one in front of it
		if (headers.isEmpty() && (position >= frames.length || !HeaderFrame.is(frames[position]))) {
			return frames;
		}
		byte[][] all = new byte[frames.length + 1][];
		System.arraycopy(frames, 0, all, 0, position);
		all[position] = HeaderFrame.encode(headers);
		System.arraycopy(frames, position, all, position + 1, frames.length - position);
		return all;
	}

	private static Map<String, String> select(SocketDefinition definition, @Nullable Object payload) {
		Map<String, String> headers = new LinkedHashMap<>();
		if (payload instanceof Message<?> message) {
			message.getHeaders().forEach((name, value) -> {
				if (isAllowed(definition.envelopeHeaders(), name)) {
					headers.put(name, text(name, value));
				}
			});
		}
		return headers;
	}

	private static String text(String name, Object value) {
		if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean
				|| value instanceof Character || value instanceof MimeType || value instanceof UUID
				|| value instanceof TemporalAccessor || value instanceof TemporalAmount) {
			return value.toString();
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		throw new ZmqConversionException("Header '%s' is a %s: headers travel as text, so make it a String"
			.formatted(name, value.getClass().getName()));
	}

}
