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

import java.io.IOException;

import io.github.zmqspring.core.ZmqConversionException;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageSizeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.MimeType;

/**
 * Converts MessagePack, where a message or its socket says {@code application/x-msgpack},
 * {@code application/msgpack} or {@code application/vnd.msgpack}. Objects are mapped as
 * for JSON, by the same mapper. Needs {@code org.msgpack:msgpack-core}.
 *
 * @since 0.1.0
 */
public final class MessagePackMessageConverter extends AbstractMessageConverter {

	private final ObjectMapper mapper;

	/**
	 * Create the converter.
	 * @param mapper maps objects to trees and back
	 */
	public MessagePackMessageConverter(ObjectMapper mapper) {
		super(new MimeType("application", "x-msgpack"), new MimeType("application", "msgpack"),
				new MimeType("application", "vnd.msgpack"));
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
			return this.mapper.treeToValue(new MessagePackTree(this.mapper).read((byte[]) message.getPayload()),
					this.mapper.constructType(ConversionTypes.of(type, hint)));
		}
		catch (MessageInsufficientBufferException ex) {
			throw new ZmqConversionException("the payload is no MessagePack: it ends too early");
		}
		catch (MessageSizeException ex) {
			throw new ZmqConversionException(
					"the payload is no MessagePack: it says that %d elements or bytes follow".formatted(ex.getSize()));
		}
		catch (IOException | MessagePackException ex) {
			throw new ZmqConversionException("the payload is no MessagePack: " + ex.getMessage());
		}
		catch (JacksonException ex) {
			throw new MessageConversionException(message,
					"The MessagePack could not be read: " + ex.getOriginalMessage(), ex);
		}
	}

	@Override
	protected @Nullable Object convertToInternal(Object payload, @Nullable MessageHeaders headers,
			@Nullable Object hint) {
		try {
			return new MessagePackTree(this.mapper).write(this.mapper.valueToTree(payload));
		}
		catch (IOException | JacksonException | MessagePackException ex) {
			throw new MessageConversionException("The MessagePack could not be written: " + ex.getMessage(), ex);
		}
	}

}
