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

package io.github.zmqspring.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.zmqspring.core.MessageOperations;
import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqSendInterceptor;
import io.github.zmqspring.core.ZmqSocketCustomizer;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.listener.ListenerHandlerFactory;
import io.github.zmqspring.listener.ListenerSettings;
import io.github.zmqspring.listener.TaskDecoratingInterceptor;
import io.github.zmqspring.listener.ZmqDeadLetters;
import io.github.zmqspring.listener.ZmqErrorReplyConverter;
import io.github.zmqspring.listener.ZmqListenerErrorHandler;
import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.listener.ZmqMessageFilter;
import io.github.zmqspring.listener.config.ZmqListenerAnnotationBeanPostProcessor;
import io.github.zmqspring.listener.invoke.ListenerHooks;
import io.github.zmqspring.listener.invoke.MethodHandlerFactory;
import io.github.zmqspring.listener.invoke.ZmqHandlerMethodFactory;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.message.MessageSender;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyDefinition;
import io.github.zmqspring.proxy.ZmqProxyInterceptor;
import io.github.zmqspring.request.RequestClients;
import io.github.zmqspring.request.RequestSettings;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.discovery.Discovery;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import org.zeromq.ZContext;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.validation.Validator;

/**
 * The beans of {@link EnableZmq}.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
public class ZmqConfiguration {

	private static final int MAX_SOCKETS = 1024;

	private static final boolean JACKSON = ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper",
			ZmqConfiguration.class.getClassLoader());

	@Bean
	ContextFailures zmqContextFailures() {
		return new ContextFailures();
	}

	@Bean(destroyMethod = "")
	ZContext zmqContext(ContextFailures failures) {
		return ContextFactory.create(1, MAX_SOCKETS, ContextFactory.BATCH_SIZE, failures);
	}

	/** Destroyed after the sockets, which depend on it. */
	@Bean
	DisposableBean zmqContextEnd(ZContext zmqContext, ObjectProvider<ListenerSettings> settings) {
		Duration timeout = settings.getIfAvailable(ListenerSettings::defaults).shutdownTimeout();
		return () -> ContextTerminator.terminate(zmqContext, timeout);
	}

	@Bean
	SocketRegistry zmqSockets(ZContext zmqContext, ApplicationEventPublisher events,
			ObjectProvider<SocketDefinition> sockets, ObjectProvider<ZmqSocketCustomizer> customizers,
			ObjectProvider<ZmqEndpointResolver> resolvers, DisposableBean zmqContextEnd) {
		List<SocketDefinition> definitions = new ArrayList<>();
		sockets.orderedStream().forEach((definition) -> {
			SocketDefinition customized = definition;
			for (ZmqSocketCustomizer customizer : customizers.orderedStream().toList()) {
				customized = customizer.customize(customized);
			}
			definitions.add(customized);
		});
		Discovery discovery = new Discovery(resolvers.orderedStream().toList(), Discovery.DEFAULT_REFRESH,
				Discovery.DEFAULT_DRAIN_TIMEOUT, Discovery.DEFAULT_LOOKUP_TIMEOUT);
		return new SocketRegistry(zmqContext, 1, events, SocketOptions.of(Map.of()), definitions, discovery);
	}

	@Bean
	RequestClients zmqRequestClients(SocketRegistry zmqSockets) {
		return new RequestClients(zmqSockets, new RequestSettings(65_536, Duration.ofMillis(100)));
	}

	@Bean
	MessageCodec zmqMessageCodec(ObjectProvider<MessageConverter> converters) {
		return new MessageCodec(() -> {
			List<MessageConverter> chain = new ArrayList<>(converters.orderedStream().toList());
			if (JACKSON && chain.stream().noneMatch(JacksonJsonMessageConverter.class::isInstance)) {
				chain.add(new JacksonJsonMessageConverter());
			}
			chain.add(new StringMessageConverter());
			return new CompositeMessageConverter(chain);
		});
	}

	@Bean
	MessageSender zmqMessageSender(MessageCodec zmqMessageCodec, ObjectProvider<MessageObserver> observer,
			ObjectProvider<ZmqSendInterceptor> interceptors) {
		return new MessageSender(zmqMessageCodec, observer.getIfUnique(), interceptors.orderedStream().toList());
	}

	@Bean
	ZmqTemplate zmqTemplate(ZmqSockets zmqSockets, RequestOperations requests, MessageOperations messages) {
		return new ZmqTemplate(zmqSockets, requests, messages);
	}

	@Bean
	static ZmqListenerAnnotationBeanPostProcessor zmqListenerAnnotationBeanPostProcessor() {
		return new ZmqListenerAnnotationBeanPostProcessor();
	}

	@Bean
	ZmqHandlerMethodFactory zmqHandlerMethodFactory(MessageCodec zmqMessageCodec, ObjectProvider<Validator> validator,
			ObjectProvider<HandlerMethodArgumentResolver> resolvers) {
		ZmqHandlerMethodFactory factory = new ZmqHandlerMethodFactory(zmqMessageCodec, validator.getIfUnique());
		factory.setCustomArgumentResolvers(resolvers.orderedStream().toList());
		return factory;
	}

	@Bean
	ZmqDeadLetters zmqDeadLetters(ZmqSockets zmqSockets) {
		return new ZmqDeadLetters(zmqSockets);
	}

	@Bean
	ZmqListenerRegistry zmqListenerRegistry(SocketRegistry zmqSockets, ObjectProvider<MessageCodec> codec,
			ObjectProvider<ZmqHandlerMethodFactory> methods, ObjectProvider<ListenerSettings> ownSettings,
			ObjectProvider<ZmqListenerErrorHandler> errorHandler, ObjectProvider<ZmqErrorReplyConverter> errorReplies,
			ObjectProvider<ZmqMessageFilter> filter, ObjectProvider<ZmqListenerInterceptor> interceptors,
			ObjectProvider<TaskDecorator> decorator, ApplicationEventPublisher events,
			ObjectProvider<MessageObserver> observer, ObjectProvider<ZmqSendInterceptor> sendInterceptors) {
		ListenerSettings settings = ownSettings.getIfAvailable(ListenerSettings::defaults);
		Supplier<ListenerHandlerFactory> handlers = SingletonSupplier.of(() -> {
			List<ZmqListenerInterceptor> around = new ArrayList<>();
			decorator.ifUnique((tasks) -> around.add(new TaskDecoratingInterceptor(tasks)));
			around.addAll(interceptors.orderedStream().toList());
			ListenerHooks hooks = new ListenerHooks(errorHandler.getIfUnique(),
					errorReplies.getIfUnique(ZmqErrorReplyConverter::message), filter.getIfUnique(), around, events,
					observer.getIfUnique(), sendInterceptors.orderedStream().toList());
			return new MethodHandlerFactory(zmqSockets, codec.getObject(), methods.getObject(), settings, hooks);
		});
		return new ZmqListenerRegistry(zmqSockets,
				(endpoint, definition) -> handlers.get().create(endpoint, definition), settings, events);
	}

	@Bean
	ZmqProxies zmqProxies(SocketRegistry zmqSockets, ApplicationEventPublisher events,
			ObjectProvider<ZmqProxyInterceptor> interceptors, ObjectProvider<ZmqProxyDefinition> proxies,
			ObjectProvider<ListenerSettings> settings) {
		return new ZmqProxies(zmqSockets, events, () -> interceptors.orderedStream().toList(),
				settings.getIfAvailable(ListenerSettings::defaults).shutdownTimeout(),
				proxies.orderedStream().toList());
	}

}
