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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.zmqspring.autoconfigure.check.ZmqPropertiesCheck;
import io.github.zmqspring.autoconfigure.security.SecurityMapper;
import io.github.zmqspring.autoconfigure.security.UserAuthentication;
import io.github.zmqspring.core.MessageOperations;
import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSendInterceptor;
import io.github.zmqspring.core.ZmqSocketCustomizer;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.message.CborMessageConverter;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.message.MessagePackMessageConverter;
import io.github.zmqspring.message.MessageSender;
import io.github.zmqspring.request.RequestClients;
import io.github.zmqspring.request.RequestSettings;
import io.github.zmqspring.security.ZmqAuthenticator;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.discovery.Discovery;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.zeromq.ZContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of ZeroMQ: context, sockets, requests and template.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
		"org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration" })
@ConditionalOnClass({ ZContext.class, MessageConverter.class })
@ConditionalOnProperty(name = "zmq.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ ZmqProperties.class, LifecycleProperties.class })
public final class ZmqAutoConfiguration {

	@Bean
	static ZmqPropertiesCheck zmqPropertiesCheck(ConfigurableEnvironment environment) {
		return new ZmqPropertiesCheck("zmq", ZmqProperties.class, environment);
	}

	@Bean
	static LocalEndpoints zmqLocalEndpoints(ConfigurableEnvironment environment) {
		return new LocalEndpoints(environment);
	}

	/** Destroyed after the sockets, which ask it at each handshake. */
	@Bean
	SecurityMapper zmqSecurityMapper(ZmqProperties properties, ObjectProvider<ZmqAuthenticator> authenticators,
			ObjectProvider<UserAuthentication> users) {
		return new SecurityMapper(properties.getSecurity(), authenticators, users);
	}

	@Bean
	@ConditionalOnMissingBean(ZmqSockets.class)
	SocketRegistry zmqSockets(ZContext context, ZmqProperties properties, SecurityMapper security,
			ApplicationEventPublisher events, ObjectProvider<SocketDefinition> beans,
			ObjectProvider<ZmqConnectionDetails> details, ObjectProvider<ZmqSocketCustomizer> customizers,
			ObjectProvider<ZmqEndpointResolver> resolvers, @Nullable ContextEnd destroyedAfterThis) {
		PropertyChecks.check(properties.getPoller());
		PropertyChecks.check(properties.getDiscovery());
		// one of the application's own
		ContextFactory.prepare(context, (int) properties.getContext().getBatchSize().toBytes(),
				PropertyChecks.maxIncomingMemory(properties.getContext()));
		SocketDefinitionMapper mapper = new SocketDefinitionMapper(properties, security);
		UnaryOperator<SocketDefinition> customizer = SocketDefinitionMapper.customizer(details, customizers);
		List<SocketDefinition> definitions = mapper.definitions(customizer);
		beans.orderedStream().map(customizer).forEach(definitions::add);
		ZmqProperties.Discovery names = properties.getDiscovery();
		Discovery discovery = new Discovery(resolvers.orderedStream().toList(), names.getRefresh(),
				names.getDrainTimeout(), names.getLookupTimeout());
		return new SocketRegistry(context, properties.getPoller().getThreads(), events, mapper.defaults(), definitions,
				discovery);
	}

	@Bean
	@ConditionalOnBean(SocketRegistry.class)
	@ConditionalOnMissingBean(RequestOperations.class)
	RequestClients zmqRequestClients(SocketRegistry sockets, ZmqProperties properties) {
		ZmqProperties.Template template = properties.getTemplate();
		return new RequestClients(sockets,
				new RequestSettings(template.getMaxPendingRequests(), template.getRequestBackOff()));
	}

	/** A ZmqSockets bean of the application comes without requests. */
	@Bean
	@ConditionalOnMissingBean(RequestOperations.class)
	NoRequests zmqNoRequests() {
		return new NoRequests();
	}

	@Bean
	@ConditionalOnMissingBean
	MessageCodec zmqMessageCodec(ObjectProvider<MessageConverter> converters) {
		return new MessageCodec(() -> {
			List<MessageConverter> chain = new ArrayList<>(converters.orderedStream().toList());
			chain.add(new StringMessageConverter());
			return new CompositeMessageConverter(chain);
		});
	}

	/** Asked when all beans are there: a converter may use the template. */
	@Bean
	static SmartInitializingSingleton zmqContentTypeCheck(ObjectProvider<SocketRegistry> sockets,
			ObjectProvider<MessageCodec> codec) {
		return () -> sockets.ifUnique((all) -> codec.ifUnique((known) -> ContentTypeCheck.check(all, known)));
	}

	@Bean
	@ConditionalOnMissingBean(MessageOperations.class)
	MessageSender zmqMessageSender(MessageCodec codec, ObjectProvider<MessageObserver> observer,
			ObjectProvider<ZmqSendInterceptor> interceptors) {
		return new MessageSender(codec, observer.getIfUnique(), interceptors.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	ZmqTemplate zmqTemplate(ZmqSockets sockets, RequestOperations requests, MessageOperations messages,
			ZmqProperties properties, ObjectProvider<SimpleAsyncTaskExecutorBuilder> executors) {
		ZmqProperties.Template template = properties.getTemplate();
		PropertyChecks.check(template);
		PropertyChecks.socket("zmq.template.default-socket", template.getDefaultSocket(), sockets);
		ZmqTemplate result = new ZmqTemplate(sockets, requests, messages);
		if (StringUtils.hasText(template.getDefaultSocket())) {
			result.setDefaultDestination(template.getDefaultSocket());
		}
		result.setSendTimeout(template.getSendTimeout());
		result.setReceiveTimeout(template.getReceiveTimeout());
		result.setRequestTimeout(template.getRequestTimeout());
		result.setRequestRetries(template.getRequestRetries());
		result.setStreamBuffer(template.getStreamBuffer(), template.getStreamBufferSize().toBytes());
		executors.ifUnique((builder) -> result.setSendExecutor(builder.threadNamePrefix("zmq-send-").build()));
		return result;
	}

	/**
	 * The managed context, unless the application has one of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(ZContext.class)
	static class ContextConfiguration {

		@Bean
		ContextFailures zmqContextFailures() {
			return new ContextFailures();
		}

		@Bean(destroyMethod = "")
		ZContext zmqContext(ZmqProperties properties, ContextFailures failures,
				ObjectProvider<ZContextCustomizer> customizers) {
			ZmqProperties.Context settings = properties.getContext();
			PropertyChecks.check(settings);
			ZContext context = ContextFactory.create(settings.getIoThreads(), settings.getMaxSockets(),
					(int) settings.getBatchSize().toBytes(), PropertyChecks.maxIncomingMemory(settings), failures);
			customizers.orderedStream().forEach((customizer) -> customizer.customize(context));
			return context;
		}

		@Bean
		ContextEnd zmqContextEnd(ZContext context, LifecycleProperties lifecycle) {
			return new ContextEnd(context, lifecycle.getTimeoutPerShutdownPhase());
		}

	}

	/**
	 * JSON by the application's own mapper.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JacksonConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean(JacksonJsonMessageConverter.class)
		JacksonJsonMessageConverter zmqJsonMessageConverter(ObjectProvider<JsonMapper> mapper) {
			try {
				return new JacksonJsonMessageConverter(mapper.getIfAvailable(() -> JsonMapper.builder().build()));
			}
			catch (NoUniqueBeanDefinitionException ex) {
				throw new ZmqConfigurationException("The JSON of ZeroMQ messages",
						"there are several JsonMapper beans, and none of them is @Primary: " + ex.getBeanNamesFound(),
						"Mark one of them with @Primary, or define a JacksonJsonMessageConverter bean");
			}
		}

	}

	/**
	 * CBOR by the application's own mapper.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CBORMapper.class)
	static class CborConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean
		CborMessageConverter zmqCborMessageConverter(ObjectProvider<CBORMapper> mapper) {
			return new CborMessageConverter(mapper.getIfUnique(() -> CBORMapper.builder().build()));
		}

	}

	/**
	 * MessagePack, mapped as JSON is.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MessagePack.class, JsonMapper.class })
	static class MessagePackConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean
		MessagePackMessageConverter zmqMessagePackMessageConverter(ObjectProvider<JsonMapper> mapper) {
			return new MessagePackMessageConverter(mapper.getIfUnique(() -> JsonMapper.builder().build()));
		}

	}

	/**
	 * Closes the managed context after all sockets were closed.
	 */
	static final class ContextEnd implements DisposableBean {

		private final ZContext context;

		private final Duration timeout;

		ContextEnd(ZContext context, Duration timeout) {
			this.context = context;
			this.timeout = timeout;
		}

		@Override
		public void destroy() {
			ContextTerminator.terminate(this.context, this.timeout);
		}

	}

}
