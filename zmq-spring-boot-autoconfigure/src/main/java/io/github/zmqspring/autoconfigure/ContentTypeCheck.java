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

package io.github.zmqspring.autoconfigure;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.message.ContentTypes;
import io.github.zmqspring.message.MessageCodec;

import org.springframework.util.MimeType;

/**
 * Refuses content types of sockets that no message converter knows.
 */
final class ContentTypeCheck {

	private ContentTypeCheck() {
	}

	static void check(ZmqSockets sockets, MessageCodec codec) {
		for (String name : sockets.names()) {
			SocketDefinition definition = sockets.definition(name);
			MimeType contentType = definition.contentType();
			if (contentType != null && !ContentTypes.isKnown(contentType, codec.converter())) {
				throw new ZmqConfigurationException(SocketDefinition.property(name) + ".content-type",
						"no message converter knows " + contentType, ContentTypes.advice(contentType));
			}
		}
	}

}
