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
import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.message.MessageCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.messaging.handler.annotation.support.DefaultMessageHandlerMethodFactory;
import org.springframework.messaging.handler.annotation.support.HeaderMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.HeadersMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.MessageMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.validation.Validator;

/**
 * Makes the handler methods of listeners: spring-messaging's, with parameters for frames
 * and with empty frames as payloads like any other.
 *
 * @since 0.1.0
 */
public class ZmqHandlerMethodFactory extends DefaultMessageHandlerMethodFactory {

	private final MessageCodec codec;

	private final @Nullable Validator validator;

	private final HandlerMethodArgumentResolverComposite resolvers = new HandlerMethodArgumentResolverComposite();

	private List<HandlerMethodArgumentResolver> customResolvers = List.of();

	private @Nullable BeanFactory beanFactory;

	/**
	 * Create the factory.
	 * @param codec converts payloads
	 * @param validator checks payloads that are {@code @Validated}
	 */
	public ZmqHandlerMethodFactory(MessageCodec codec, @Nullable Validator validator) {
		this.codec = codec;
		this.validator = validator;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		super.setBeanFactory(beanFactory);
		this.beanFactory = beanFactory;
	}

	/**
	 * Set the resolvers of the application, in their order. They come behind those for
	 * frames, headers and whole messages, and before the one for payloads.
	 * @param resolvers the resolvers
	 */
	@Override
	public void setCustomArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		super.setCustomArgumentResolvers(resolvers);
		this.customResolvers = List.copyOf(resolvers);
	}

	/** The resolvers wait for the first method that needs any: many listeners do not. */
	@Override
	public void afterPropertiesSet() {
	}

	@Override
	public InvocableHandlerMethod createInvocableHandlerMethod(Object bean, Method method) {
		HandlerMethodArgumentResolverComposite resolvers = resolvers();
		return (KotlinDetector.isSuspendingFunction(method)) ? new SuspendingHandlerMethod(bean, method, resolvers)
				: new ListenerMethod(bean, method, resolvers);
	}

	private synchronized HandlerMethodArgumentResolverComposite resolvers() {
		if (this.resolvers.getResolvers().isEmpty()) {
			super.afterPropertiesSet();
		}
		return this.resolvers;
	}

	@Override
	protected List<HandlerMethodArgumentResolver> initArgumentResolvers() {
		CodecMessageConverter converter = new CodecMessageConverter(this.codec);
		ConfigurableBeanFactory configurable = (this.beanFactory instanceof ConfigurableBeanFactory factory) ? factory
				: null;
		List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
		resolvers.add(new FrameArgumentResolver(this.codec));
		resolvers.add(new HeaderMethodArgumentResolver(new DefaultFormattingConversionService(), configurable));
		resolvers.add(new HeadersMethodArgumentResolver());
		resolvers.add(new MessageMethodArgumentResolver(converter));
		resolvers.addAll(this.customResolvers);
		resolvers.add(new PayloadArgumentResolver(converter, this.validator));
		this.resolvers.addResolvers(resolvers);
		return resolvers;
	}

	/** Return whether a resolver of the application gives this parameter. */
	boolean isCustom(MethodParameter parameter) {
		return this.customResolvers.stream().anyMatch((resolver) -> resolver.supportsParameter(parameter));
	}

	/** What payloads are checked with. */
	@Nullable Validator validator() {
		return this.validator;
	}

}
