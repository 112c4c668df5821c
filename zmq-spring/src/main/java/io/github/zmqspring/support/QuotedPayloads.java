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

package io.github.zmqspring.support;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Exceptions whose messages may quote what could not be read: of parsers, converters and
 * validators. Payloads must reach neither a log nor another peer, so of these only the
 * types and the stack are shown. Messages that applications write themselves are their
 * own affair.
 *
 * @since 0.1.0
 */
public final class QuotedPayloads {

	/** The texts of this library quote no payload. */
	private static final String OWN = "io.github.zmqspring.";

	private static final String[] PACKAGES = { "tools.jackson.", "com.fasterxml.jackson.", "jakarta.validation.",
			"org.springframework.messaging.", "org.springframework.core.convert.", "org.springframework.core.codec.",
			"org.springframework.validation." };

	private static final Set<String> TYPES = Set.of("io.github.zmqspring.core.ZmqRemoteException",
			"java.lang.NumberFormatException", "java.time.format.DateTimeParseException",
			"java.net.URISyntaxException");

	private static final int DEPTH = 20;

	private QuotedPayloads() {
	}

	/**
	 * Return whether a message of the exception, its causes or what it suppressed may
	 * quote a payload.
	 * @param failure the exception
	 * @return {@code true} if one of them is known to do so
	 */
	public static boolean isQuotedBy(Throwable failure) {
		return isQuotedBy(failure, DEPTH);
	}

	private static boolean isQuotedBy(@Nullable Throwable failure, int depth) {
		if (failure == null || depth == 0) {
			return false;
		}
		if (quotes(failure.getClass()) || isQuotedBy(failure.getCause(), depth - 1)) {
			return true;
		}
		for (Throwable suppressed : failure.getSuppressed()) {
			if (isQuotedBy(suppressed, depth - 1)) {
				return true;
			}
		}
		return false;
	}

	private static boolean quotes(@Nullable Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			String name = current.getName();
			if (TYPES.contains(name)) {
				return true;
			}
			if (name.startsWith(OWN)) {
				return false;
			}
			for (String prefix : PACKAGES) {
				if (name.startsWith(prefix)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Return the message of an exception of this library, which quotes no payload.
	 * @param failure the exception
	 * @return its message, or {@code null} if it is another's exception
	 */
	public static @Nullable String ownText(Throwable failure) {
		for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
			if (type.getName().startsWith(OWN)) {
				return (quotes(type)) ? null : failure.getMessage();
			}
		}
		return null;
	}

	/**
	 * Return what may be logged of an exception.
	 * @param failure the exception
	 * @return itself, or a copy of types and stacks when one of the messages may quote a
	 * payload: a wrapping exception repeats the message of its cause
	 */
	public static Throwable withhold(Throwable failure) {
		return (isQuotedBy(failure)) ? new Withheld(failure, DEPTH) : failure;
	}

	/**
	 * Return the types of an exception and its causes, and the texts of those that quote
	 * no payload because they are this library's own.
	 * @param failure the exception
	 * @return simple names, the outermost first
	 */
	public static String describe(Throwable failure) {
		StringBuilder text = new StringBuilder();
		int depth = DEPTH;
		for (Throwable cause = failure; cause != null && depth > 0; cause = cause.getCause()) {
			String own = ownText(cause);
			text.append((cause != failure) ? " < " : "")
				.append(cause.getClass().getSimpleName())
				.append((own != null) ? ": " + own : "");
			depth--;
		}
		return text.toString();
	}

	/** The types and stacks of an exception and its causes, without messages. */
	private static final class Withheld extends Exception {

		private final String text;

		Withheld(Throwable original, int depth) {
			super(null,
					(original.getCause() != null && depth > 0) ? new Withheld(original.getCause(), depth - 1) : null);
			String own = ownText(original);
			this.text = original.getClass().getName()
					+ ((own != null) ? ": " + own : " (message withheld: it may quote a payload)");
			setStackTrace(original.getStackTrace());
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
