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

import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Content types, and which of them there are converters for.
 *
 * @since 0.1.0
 */
public final class ContentTypes {

	private ContentTypes() {
	}

	/**
	 * Return whether a converter may know a content type.
	 * @param contentType the type
	 * @param converter the converter, which may be several
	 * @return {@code false} if there is certainly none
	 */
	public static boolean isKnown(MimeType contentType, MessageConverter converter) {
		if ("text".equals(contentType.getType()) || contentType.equals(MimeTypeUtils.APPLICATION_OCTET_STREAM)) {
			return true;
		}
		return !(converter instanceof CompositeMessageConverter chain) || chain.getConverters()
			.stream()
			.anyMatch((one) -> !(one instanceof AbstractMessageConverter known)
					|| known.getSupportedMimeTypes().isEmpty()
					|| known.getSupportedMimeTypes()
						.stream()
						.anyMatch((type) -> type.includes(contentType) || (type.getType().equals(contentType.getType())
								&& type.getSubtype().equals(contentType.getSubtype()))));
	}

	/**
	 * Return what to add for a content type that no converter knows.
	 * @param contentType the type
	 * @return an advice
	 */
	public static String advice(MimeType contentType) {
		String subtype = contentType.getSubtype();
		if (subtype.endsWith("json")) {
			return "Add org.springframework.boot:spring-boot-starter-jackson";
		}
		if (subtype.endsWith("cbor")) {
			return "Add tools.jackson.dataformat:jackson-dataformat-cbor";
		}
		if (subtype.endsWith("msgpack")) {
			return "Add org.msgpack:msgpack-core, and org.springframework.boot:spring-boot-starter-jackson";
		}
		return "Define a MessageConverter bean for it";
	}

}
