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

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

import io.github.zmqspring.core.ZmqSendInterceptor;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.ListenerHandlerFactory;
import io.github.zmqspring.listener.ListenerSettings;
import io.github.zmqspring.listener.TaskDecoratingInterceptor;
import io.github.zmqspring.listener.ZmqDeadLetters;
import io.github.zmqspring.listener.ZmqErrorReplyConverter;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqListenerErrorHandler;
import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.listener.ZmqMessageFilter;
import io.github.zmqspring.listener.config.ZmqListenerAnnotationBeanPostProcessor;
import io.github.zmqspring.listener.invoke.ListenerHooks;
import io.github.zmqspring.listener.invoke.MethodHandlerFactory;
import io.github.zmqspring.listener.invoke.ZmqHandlerMethodFactory;
import io.github.zmqspring.logging.MdcInterceptor;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.transport.SocketRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.validation.Validator;

/**
 * Auto-configuration of {@link io.github.zmqspring.annotation.ZmqListener} methods.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZmqAutoConfiguration.class,
		afterName = { "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration",
				"org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration" })
@ConditionalOnBean(SocketRegistry.class)
public final class ZmqListenerAutoConfiguration {

	@Bean
	static ZmqListenerAnnotationBeanPostProcessor zmqListenerAnnotationBeanPostProcessor() {
		return new ZmqListenerAnnotationBeanPostProcessor();
	}

	/** Under lazy initialization listeners would never start: no bean depends on them. */
	@Bean
	static LazyInitializationExcludeFilter zmqListenerLazyInitializationExcludeFilter() {
		return (beanName, definition, beanType) -> beanType == ZmqListenerRegistry.class
				|| beanType == SocketRegistry.class || ZmqListenerAnnotationBeanPostProcessor.isListener(beanType);
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqHandlerMethodFactory zmqHandlerMethodFactory(MessageCodec codec, ObjectProvider<Validator> validator,
			ObjectProvider<HandlerMethodArgumentResolver> resolvers) {
		ZmqHandlerMethodFactory factory = new ZmqHandlerMethodFactory(codec, validator.getIfUnique());
		factory.setCustomArgumentResolvers(resolvers.orderedStream().toList());
		return factory;
	}

	@Bean
	@ConditionalOnMissingBean
	ListenerSettings zmqListenerSettings(ZmqProperties properties, LifecycleProperties lifecycle,
			Environment environment, BeanFactory beans) {
		ZmqProperties.Listener listener = properties.getListener();
		PropertyChecks.check(listener);
		ZmqProperties.Retry retry = listener.getRetry();
		return new ListenerSettings(listener.getConcurrency(), listener.isAutoStartup(), listener.getExecutor(),
				executor(listener.getExecutor(), environment, beans), listener.getMaxBatchSize(),
				listener.getBatchTimeout(), listener.getMaxPendingResults(), listener.getInlineLimit(),
				listener.getIdleEventInterval(),
				new ListenerSettings.Retry(retry.getMaxAttempts(), retry.getInitialInterval(), retry.getMultiplier(),
						retry.getMaxInterval(), retry.isBlocking()),
				listener.getDeadLetter(), properties.getTemplate().getSendTimeout(),
				lifecycle.getTimeoutPerShutdownPhase());
	}

	private static @Nullable Executor executor(@Nullable String name, Environment environment, BeanFactory beans) {
		if (ZmqListenerEndpoint.INLINE.equals(name)) {
			return null;
		}
		if (StringUtils.hasText(name)) {
			return PropertyChecks.executor("zmq.listener.executor", name, beans);
		}
		return Threading.VIRTUAL.isActive(environment) ? virtualThreads() : null;
	}

	/** Named after their lane, as platform threads are. */
	private static Executor virtualThreads() {
		ThreadFactory factory = new VirtualThreadTaskExecutor().getVirtualThreadFactory();
		return (lane) -> {
			Thread thread = factory.newThread(lane);
			thread.setName(lane.toString());
			thread.start();
		};
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqDeadLetters zmqDeadLetters(ZmqSockets sockets) {
		return new ZmqDeadLetters(sockets);
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqErrorReplyConverter zmqErrorReplyConverter(ZmqProperties properties) {
		return switch (properties.getListener().getErrorReply()) {
			case NONE -> ZmqErrorReplyConverter.none();
			case MESSAGE -> ZmqErrorReplyConverter.message();
		};
	}

	/** Around each call of a listener, as around the tasks of Boot's own executors. */
	@Bean
	@ConditionalOnBean(TaskDecorator.class)
	@ConditionalOnMissingBean
	TaskDecoratingInterceptor zmqTaskDecoratingInterceptor(ObjectProvider<TaskDecorator> decorators) {
		return new TaskDecoratingInterceptor(TaskDecorators.of(decorators.orderedStream().toList()));
	}

	/**
	 * Error handlers, interceptors, filters and converters may use the registry itself:
	 * they are asked for when the first listener is registered.
	 */
	@Bean
	@ConditionalOnMissingBean
	ZmqListenerRegistry zmqListenerRegistry(SocketRegistry sockets, ObjectProvider<MessageCodec> codec,
			ObjectProvider<ZmqHandlerMethodFactory> methods, ListenerSettings settings,
			ObjectProvider<ZmqListenerErrorHandler> errorHandler, ObjectProvider<ZmqErrorReplyConverter> errorReplies,
			ObjectProvider<ZmqMessageFilter> filter, ObjectProvider<ZmqListenerInterceptor> interceptors,
			ApplicationEventPublisher events, ObjectProvider<MessageObserver> observer,
			ObjectProvider<ZmqSendInterceptor> sendInterceptors) {
		PropertyChecks.sender("zmq.listener.dead-letter", settings.deadLetter(), sockets);
		SingletonSupplier<ListenerHandlerFactory> handlers = SingletonSupplier.of(() -> {
			ListenerHooks hooks = new ListenerHooks(errorHandler.getIfUnique(), errorReplies.getObject(),
					filter.getIfUnique(), interceptors.orderedStream().toList(), events, observer.getIfUnique(),
					sendInterceptors.orderedStream().toList());
			return new MethodHandlerFactory(sockets, codec.getObject(), methods.getObject(), settings, hooks);
		});
		return new ZmqListenerRegistry(sockets,
				(endpoint, definition) -> handlers.obtain().create(endpoint, definition), settings, events);
	}

	/**
	 * The listener of each log line.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MDC.class)
	@ConditionalOnBooleanProperty("zmq.listener.mdc-enabled")
	static class MdcConfiguration {

		@Bean
		@ConditionalOnMissingBean
		MdcInterceptor zmqMdcInterceptor() {
			return new MdcInterceptor();
		}

	}

}
