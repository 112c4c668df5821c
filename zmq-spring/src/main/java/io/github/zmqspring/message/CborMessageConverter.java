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

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.cbor.CBORMapper;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.MimeType;

/**
 * Converts CBOR by Jackson, where a message or its socket says {@code application/cbor}.
 * Needs {@code tools.jackson.dataformat:jackson-dataformat-cbor}.
 *
 * @since 0.1.0
 */
public final class CborMessageConverter extends AbstractMessageConverter {

	private final CBORMapper mapper;

	/**
	 * Create the converter.
	 * @param mapper reads and writes
	 */
	public CborMessageConverter(CBORMapper mapper) {
		super(new MimeType("application", "cbor"));
		setStrictContentTypeMatch(true);
		this.mapper = mapper;
	}

	@Override
	protected boolean supports(Class<?> type) {
		return true;
	}

	@Override
	protected @Nullable Object convertFromInternal(Message<?> message, Class<?> type, @Nullable Object hint) {
		try {
			return this.mapper.readValue((byte[]) message.getPayload(),
					this.mapper.constructType(ConversionTypes.of(type, hint)));
		}
		catch (JacksonException ex) {
			throw new MessageConversionException(message, "The CBOR could not be read: " + ex.getOriginalMessage(), ex);
		}
	}

	@Override
	protected @Nullable Object convertToInternal(Object payload, @Nullable MessageHeaders headers,
			@Nullable Object hint) {
		try {
			return this.mapper.writeValueAsBytes(payload);
		}
		catch (JacksonException ex) {
			throw new MessageConversionException("The CBOR could not be written: " + ex.getOriginalMessage(), ex);
		}
	}

}
