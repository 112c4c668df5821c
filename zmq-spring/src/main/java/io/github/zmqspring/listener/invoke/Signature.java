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

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Predicate;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqListenerMethod;
import io.github.zmqspring.message.ContentTypes;
import io.github.zmqspring.message.MessageCodec;
import org.zeromq.SocketType;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.MimeType;

/**
 * Looks at a listener's method at start-up, so that one that cannot be served stops the
 * application with its name and the reason, not each message.
 */
final class Signature {

	private Signature() {
	}

	static void check(ZmqListenerEndpoint endpoint, SocketDefinition definition, MessageCodec codec,
			Predicate<MethodParameter> custom) {
		if (!definition.receives()) {
			throw endpoint.refuse(
					"socket '%s' is a %s, which only sends".formatted(definition.name(), definition.type()),
					"Listen on a socket of a type that receives");
		}
		if (definition.type() == SocketType.REQ) {
			throw endpoint.refuse("socket '" + definition.name() + "' is a REQ, whose replies belong to its requests",
					"Use ZmqTemplate.requestAsync, or a socket of type dealer");
		}
		MimeType contentType = endpoint.options().contentType();
		if (contentType != null && !ContentTypes.isKnown(contentType, codec.converter())) {
			throw endpoint.refuse("its contentType is %s, which no message converter knows".formatted(contentType),
					ContentTypes.advice(contentType));
		}
		if (!endpoint.options().topics().isEmpty() && !definition.traits().subscribes()) {
			throw endpoint.refuse(definition.type() + " sockets subscribe to nothing",
					"Remove the topics, or use a socket of type sub, xsub or dish");
		}
		Method method = endpoint.method();
		ParameterChecks parameters = new ParameterChecks(endpoint, definition, codec, custom);
		if (endpoint.options().batch()) {
			checkBatch(endpoint, definition, method);
			if (ResolvableType.forMethodParameter(method, 0).hasGenerics()) {
				parameters.checkConvertible(ParameterChecks.parameter(endpoint, 0).nested());
			}
			return;
		}
		int payloads = 0;
		for (int i = 0; i < method.getParameterCount(); i++) {
			MethodParameter parameter = ParameterChecks.parameter(endpoint, i);
			parameters.check(parameter);
			if (parameters.isPayload(parameter)) {
				payloads++;
			}
		}
		if (payloads > 1) {
			throw endpoint.refuse(payloads + " parameters would each get the payload",
					"Mark the frames with @ZmqFrame(n), and headers with @Header");
		}
	}

	private static void checkBatch(ZmqListenerEndpoint endpoint, SocketDefinition definition, Method method) {
		if (definition.type() == SocketType.REP) {
			throw endpoint.refuse("it is a batch listener, and a REP socket must answer each request alone",
					"Remove batch = true, or use a socket of type router or pull");
		}
		if (method.getReturnType() != void.class && method.getReturnType() != Void.class && definition.replies()
				&& endpoint.options().sendTo().isEmpty()) {
			throw endpoint.refuse("it is a batch listener: what it returns is the reply to no message in particular",
					"Let it return nothing, or say with @SendTo where its result goes");
		}
		if (method.getParameterCount() != 1 || method.getParameterTypes()[0] != List.class) {
			throw endpoint.refuse("a batch listener has one parameter, a List",
					"Declare it as List<T> with the type of one message, or remove batch = true");
		}
	}

	/** Refuse what a listener with several methods cannot have. */
	static void checkHandlers(ZmqListenerEndpoint endpoint, SocketDefinition definition) {
		if (endpoint.options().batch() || endpoint.options().timeout() != null) {
			throw endpoint.refuse("it has several methods, and a batch or timeout that belongs to none of them",
					"Remove batch and timeout, or annotate one method with @ZmqListener");
		}
		if (endpoint.handlers().stream().filter(ZmqListenerMethod::isDefault).count() > 1) {
			throw endpoint.refuse("more than one of its methods is the default", "Let one @ZmqHandler be isDefault");
		}
		boolean topics = endpoint.handlers().stream().anyMatch((handler) -> !handler.topics().isEmpty());
		if (topics && !definition.hasTopics()) {
			throw endpoint.refuse("its methods have topics, and messages of a " + definition.type() + " have none",
					"Remove the topics, so that the type of the payload decides");
		}
	}

	/** Refuse a socket of {@code @SendTo} that cannot take results. */
	static void checkTarget(ZmqListenerEndpoint endpoint, String target, ZmqSockets sockets) {
		if (!sockets.contains(target)) {
			throw endpoint.refuse("@SendTo names the socket '" + target + "', which does not exist",
					"Define zmq.sockets." + target + ", or use one of " + sockets.names());
		}
		SocketDefinition definition = sockets.definition(target);
		if (definition.type() == SocketType.REQ) {
			throw endpoint.refuse(
					"@SendTo names the socket '%s', a REQ, of which every send has a reply".formatted(target),
					"Name a socket of type dealer or push, or ask with ZmqTemplate in the method");
		}
		if (!definition.sends()) {
			throw endpoint.refuse(
					"@SendTo names the socket '%s', a %s, which only receives".formatted(target, definition.type()),
					"Name a socket of a type that sends");
		}
	}

}
