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
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.util.ClassUtils;

/**
 * Tells a message that does not fit the parameters, which no retry will change, from a
 * method that throws, even if it throws the same exception. It resolves the arguments
 * itself, as its superclass writes them, and what could not be read, into logs and
 * exceptions.
 */
class ListenerMethod extends InvocableHandlerMethod {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final HandlerMethodArgumentResolverComposite resolvers;

	ListenerMethod(Object bean, Method method, HandlerMethodArgumentResolverComposite resolvers) {
		super(bean, method);
		this.resolvers = resolvers;
	}

	@Override
	public @Nullable Object invoke(Message<?> message, @Nullable Object... providedArgs) throws Exception {
		return doInvoke(getMethodArgumentValues(message, providedArgs));
	}

	@Override
	protected @Nullable Object[] getMethodArgumentValues(Message<?> message, @Nullable Object... providedArgs) {
		MethodParameter[] parameters = getMethodParameters();
		@Nullable Object[] arguments = new Object[parameters.length];
		for (int i = 0; i < parameters.length; i++) {
			parameters[i].initParameterNameDiscovery(NAMES);
			arguments[i] = resolve(parameters[i], message);
		}
		return arguments;
	}

	private @Nullable Object resolve(MethodParameter parameter, Message<?> message) {
		try {
			return this.resolvers.resolveArgument(parameter, message);
		}
		catch (Exception ex) {
			throw new UnreadableMessageException(ex);
		}
	}

	/** Without the values of the arguments. */
	@Override
	protected String formatInvokeError(String text, @Nullable Object[] args) {
		return "%s: %s with %s".formatted(text, getShortLogMessage(),
				Arrays.stream(args).map(ClassUtils::getDescriptiveType).toList());
	}

}
