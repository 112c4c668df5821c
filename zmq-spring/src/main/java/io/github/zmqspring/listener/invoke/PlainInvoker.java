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

package io.github.zmqspring.listener.invoke;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.message.MessageCodec;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMsg;

/**
 * The short way for methods with one plain parameter ({@code byte[]}, {@code String}, a
 * whole message): a method handle costs a fortieth of argument resolvers and headers.
 */
final class PlainInvoker implements MessageInvoker {

	private final SocketDefinition definition;

	private final Kind kind;

	private final MethodHandle handle;

	private PlainInvoker(SocketDefinition definition, Kind kind, MethodHandle handle) {
		this.definition = definition;
		this.kind = kind;
		this.handle = handle;
	}

	static @Nullable PlainInvoker of(SocketDefinition definition, Object bean, Method method) {
		if (method.getParameterCount() != 1 || method.getParameterAnnotations()[0].length != 0) {
			return null;
		}
		Kind kind = Kind.of(method.getGenericParameterTypes()[0]);
		if (kind == null) {
			return null;
		}
		try {
			method.setAccessible(true);
			MethodHandle handle = MethodHandles.lookup().unreflect(method);
			if (!java.lang.reflect.Modifier.isStatic(method.getModifiers())) {
				handle = handle.bindTo(bean);
			}
			return new PlainInvoker(definition, kind, handle.asType(MethodType.methodType(Object.class, Object.class)));
		}
		catch (IllegalAccessException | RuntimeException ex) {
			return null;
		}
	}

	@Override
	public @Nullable Object invoke(ZmqMessage message, @Nullable ZmqReplier replier) throws Throwable {
		Object argument = argument(message);
		return (Object) this.handle.invokeExact(argument);
	}

	private Object argument(ZmqMessage message) {
		try {
			return switch (this.kind) {
				case BYTES -> MessageCodec.payload(this.definition, message);
				case TEXT -> new String(MessageCodec.payload(this.definition, message), StandardCharsets.UTF_8);
				case MESSAGE -> message;
				case ZMSG -> message.toZMsg();
				case FRAMES -> message.frames();
			};
		}
		catch (IndexOutOfBoundsException ex) {
			throw new UnreadableMessageException(ex);
		}
	}

	private enum Kind {

		BYTES, TEXT, MESSAGE, ZMSG, FRAMES;

		static @Nullable Kind of(Type type) {
			if (type == byte[].class) {
				return BYTES;
			}
			if (type == String.class) {
				return TEXT;
			}
			if (type == ZmqMessage.class) {
				return MESSAGE;
			}
			if (type == ZMsg.class) {
				return ZMSG;
			}
			return FrameArgumentResolver.isFrameList(type) ? FRAMES : null;
		}

	}

}
