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

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

import org.springframework.util.ClassUtils;

/**
 * Says why a frame cannot be converted, without a byte of it: what is wrong, where, and
 * what was expected. Converters quote in their messages what they could not read.
 */
final class UnreadableReason {

	private static final boolean JACKSON = ClassUtils.isPresent("tools.jackson.databind.exc.MismatchedInputException",
			UnreadableReason.class.getClassLoader());

	private static final int DEPTH = 10;

	private UnreadableReason() {
	}

	/**
	 * Describe a failed conversion.
	 * @param frame the frame
	 * @param type the type that was wanted
	 * @param failure what the converter threw
	 * @return a text that quotes nothing of the frame
	 */
	static String of(byte[] frame, Class<?> type, Throwable failure) {
		String wanted = "a frame of %d bytes is no %s".formatted(frame.length, ClassUtils.getShortName(type));
		if (frame.length == 0) {
			return "an empty frame is no " + ClassUtils.getShortName(type);
		}
		String reason = (JACKSON) ? Json.reason(frame, failure) : null;
		return (reason != null) ? wanted + ": " + reason : wanted;
	}

	/** Return where a frame stops being UTF-8, or -1. */
	private static int malformedAt(byte[] frame) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		ByteBuffer in = ByteBuffer.wrap(frame);
		CharBuffer out = CharBuffer.allocate(1024);
		while (true) {
			CoderResult result = decoder.decode(in, out, true);
			if (result.isError()) {
				return in.position();
			}
			if (result.isUnderflow()) {
				return -1;
			}
			out.clear();
		}
	}

	/** What Jackson's exceptions tell; loaded only where Jackson is. */
	private static final class Json {

		static @Nullable String reason(byte[] frame, Throwable failure) {
			JacksonException cause = find(failure);
			if (cause == null) {
				return null;
			}
			int malformed = malformedAt(frame);
			if (malformed >= 0 && !(cause instanceof MismatchedInputException)) {
				return "it is not UTF-8 from byte %d on".formatted(malformed);
			}
			long offset = (cause.getLocation() != null) ? cause.getLocation().getByteOffset() : -1;
			String where = where(cause.getLocation());
			if (cause instanceof MismatchedInputException mismatch) {
				return mismatch(frame, mismatch, offset, where);
			}
			if (cause instanceof DatabindException unmade) {
				return unmade(unmade, where);
			}
			if (cause instanceof InputCoercionException coercion) {
				return "a number does not fit into %s%s".formatted(name(coercion.getTargetType()), where);
			}
			if (cause instanceof StreamConstraintsException) {
				return "it exceeds a limit of the JSON mapper" + where;
			}
			int end = JsonEnd.of(frame);
			if (end >= 0 && offset >= end) {
				return trailing(frame.length - end, end);
			}
			if (cause instanceof UnexpectedEndOfInputException) {
				return "the JSON ends too early" + where;
			}
			return "it is no JSON" + where;
		}

		private static String trailing(int count, int end) {
			return "trailing bytes after the JSON: %d from byte %d on".formatted(count, end);
		}

		private static @Nullable JacksonException find(Throwable failure) {
			Throwable cause = failure;
			for (int i = 0; cause != null && i < DEPTH; i++) {
				if (cause instanceof JacksonException jackson) {
					return jackson;
				}
				cause = cause.getCause();
			}
			return null;
		}

		private static String mismatch(byte[] frame, MismatchedInputException failure, long offset, String where) {
			int end = JsonEnd.of(frame);
			if (end >= 0 && offset >= end && failure.getPath().isEmpty() && !(failure instanceof InvalidFormatException)
					&& end < trimmed(frame)) {
				return trailing(frame.length - end, end);
			}
			if (failure instanceof UnrecognizedPropertyException unknown) {
				return "it has a property that %s does not know%s".formatted(name(unknown.getReferringClass()), where);
			}
			if (failure instanceof InvalidNullException) {
				return "null where a value is required" + where;
			}
			Class<?> target = failure.getTargetType();
			if (target != null && target.isEnum()) {
				return "no value of the enum %s%s".formatted(name(target), where);
			}
			return "expected %s, found %s%s".formatted((target != null) ? name(target) : "another value",
					JsonEnd.kindAt(frame, (int) Math.max(0, offset)), where);
		}

		/** The JSON is well, and yet there is no object of it. */
		private static String unmade(DatabindException failure, String where) {
			if (failure instanceof InvalidDefinitionException definition) {
				return "the JSON mapper cannot make %s: it is abstract, or has no constructor for it"
					.formatted(name((definition.getType() != null) ? definition.getType().getRawClass() : null));
			}
			Class<?> target = (failure instanceof ValueInstantiationException refused && refused.getType() != null)
					? refused.getType().getRawClass() : null;
			Throwable cause = failure.getCause();
			return "%s refuses the values%s%s".formatted(name(target),
					(cause != null) ? " with " + ClassUtils.getShortName(cause.getClass()) : "", where);
		}

		private static int trimmed(byte[] frame) {
			int length = frame.length;
			while (length > 0 && JsonEnd.isSpace(frame[length - 1])) {
				length--;
			}
			return length;
		}

		private static String name(@Nullable Class<?> type) {
			return (type != null) ? ClassUtils.getShortName(type) : "the type";
		}

		private static String where(@Nullable TokenStreamLocation location) {
			if (location == null) {
				return "";
			}
			return String.format(Locale.ROOT, ", at byte %d (line %d, column %d)", location.getByteOffset(),
					location.getLineNr(), location.getColumnNr());
		}

	}

}
