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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Adds ZeroMQ to an application without Spring Boot: the context, sockets, the template,
 * requests, proxies and {@code @ZmqListener} methods. Sockets are beans of type
 * {@link io.github.zmqspring.core.SocketDefinition}. <pre class="code">
 * &#064;Configuration
 * &#064;EnableZmq
 * class Messaging {
 *
 *     &#064;Bean
 *     SocketDefinition orders() {
 *         return SocketDefinition.builder("orders", SocketType.PULL).bind("tcp://*:5555").build();
 *     }
 *
 * }
 * </pre> Beans of the application that are used: definitions of sockets and proxies,
 * {@code MessageConverter}s, {@code ZmqListenerInterceptor}s, a {@code TaskDecorator}, an
 * error handler, a filter, a {@code Validator}, a {@code MessageObserver},
 * {@link io.github.zmqspring.listener.ListenerSettings}. A bean of the same name, such as
 * {@code zmqContext} or {@code zmqTemplate}, replaces one of {@link ZmqConfiguration}.
 * <p>
 * With Spring Boot, use the starter instead.
 *
 * @since 0.1.0
 * @see io.github.zmqspring.request.EnableZmqClients
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(ZmqConfiguration.class)
public @interface EnableZmq {

}
