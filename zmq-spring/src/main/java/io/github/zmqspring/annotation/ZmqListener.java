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

package io.github.zmqspring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.zeromq.SocketType;

import org.springframework.core.annotation.AliasFor;
import org.springframework.messaging.handler.annotation.MessageMapping;

/**
 * Marks a method that is called for each message a ZeroMQ socket receives. The socket is
 * either one of {@code zmq.sockets} by name, or described in place by {@link #type()}
 * with {@link #bind()} or {@link #connect()}.
 * <p>
 * The method runs on a thread of the listener's own, its lane, one message at a time and
 * in the order of arrival unless {@link #concurrency()} adds more lanes; with the
 * executor {@code inline} it runs on the poller's thread and must not block. What it
 * throws goes to the error handler and never stops the listener.
 * <p>
 * On {@code rep} and {@code router} sockets what the method returns is the reply. On any
 * other type it is sent to the socket that
 * {@link org.springframework.messaging.handler.annotation.SendTo @SendTo} names.
 * <p>
 * On a class it belongs to the {@link ZmqHandler} methods of the class, among which each
 * message chooses.
 * <p>
 * All strings may contain <code>${...}</code> placeholders and <code>#{...}</code>
 * expressions.
 *
 * @since 0.1.0
 * @see ZmqFrame
 * @see ZmqTopic
 * @see ZmqRoutingId
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@MessageMapping
@Repeatable(ZmqListeners.class)
public @interface ZmqListener {

	/**
	 * The unique id of the listener, by which the registry and the actuator know it.
	 * @return the id; by default bean name and method name
	 */
	String id() default "";

	/**
	 * Alias for {@link #socket()}.
	 * @return the name of a socket of {@code zmq.sockets}
	 */
	@AliasFor("socket")
	String value() default "";

	/**
	 * The name of the socket to receive from.
	 * @return the name of a socket of {@code zmq.sockets}
	 */
	@AliasFor("value")
	String socket() default "";

	/**
	 * The type of a socket that is described in place. Looked at only when
	 * {@link #bind()} or {@link #connect()} is given.
	 * @return the socket type
	 */
	SocketType type() default SocketType.SUB;

	/**
	 * Endpoints that a socket described in place binds to.
	 * @return endpoints such as {@code tcp://*:5556}
	 */
	String[] bind() default {};

	/**
	 * Endpoints that a socket described in place connects to.
	 * @return endpoints such as {@code tcp://localhost:5556}
	 */
	String[] connect() default {};

	/**
	 * The bean name of the security of a socket described in place. A socket of
	 * {@code zmq.sockets} has its own.
	 * @return the bean name of a {@link io.github.zmqspring.security.SocketSecurity}; by
	 * default the socket is as open as its endpoint
	 */
	String security() default "";

	/**
	 * Topic prefixes to subscribe to on a SUB or XSUB socket, groups on a DISH. On a SUB
	 * socket of {@code zmq.sockets} the listener gets the messages of its own topics
	 * only, whatever else the socket subscribes to. A topic that is no text is written as
	 * {@code hex:01aa9f} or {@code base64:Aaqf}.
	 * @return the topics; none means those of the socket's configuration, by default
	 * everything
	 */
	String[] topics() default {};

	/**
	 * How many messages may be handled at the same time, a positive integer. A method
	 * whose result comes later counts only until it returns; how many such results a
	 * listener may wait for is {@code zmq.listener.max-pending-results}.
	 * @return the number of lanes; by default {@code zmq.listener.concurrency}
	 */
	String concurrency() default "";

	/**
	 * Which messages are handled in the order of their arrival although
	 * {@link #concurrency()} is more than 1: an expression of Spring's expression
	 * language on {@code payload}, {@code topic}, {@code headers} and {@code frames}.
	 * Messages for which it has the same value are handled one after the other, others at
	 * the same time; a result that comes later is waited for.
	 * @return the expression, such as {@code payload.account}; by default there is no
	 * order among lanes
	 */
	String orderedBy() default "";

	/**
	 * Whether the method takes a list of what has arrived rather than one message.
	 * @return {@code true} or {@code false}
	 */
	boolean batch() default false;

	/**
	 * The most messages of a batch, a positive integer.
	 * @return the number; by default {@code zmq.listener.max-batch-size}
	 */
	String maxBatchSize() default "";

	/**
	 * How long a batch waits to be filled; {@code 0} takes what is there.
	 * @return a duration such as {@code 50ms}; by default
	 * {@code zmq.listener.batch-timeout}
	 */
	String batchTimeout() default "";

	/**
	 * What runs the method: {@code inline} for the poller's thread, or the name of an
	 * {@link java.util.concurrent.Executor} bean that lanes take their threads from.
	 * @return the executor; by default {@code zmq.listener.executor}
	 */
	String executor() default "";

	/**
	 * The bean name of the error handler of this listener.
	 * @return the bean name of a
	 * {@link io.github.zmqspring.listener.ZmqListenerErrorHandler}
	 */
	String errorHandler() default "";

	/**
	 * Whether the listener starts with the application.
	 * @return {@code true} or {@code false}; by default {@code zmq.listener.auto-startup}
	 */
	String autoStartup() default "";

	/**
	 * After what time without a message the method is called with nothing instead:
	 * parameters are {@code null}, an empty {@code Optional} or an empty list, as
	 * {@code recv} of ZeroMQ returns nothing after its timeout. It is called again after
	 * as long, on a thread of the listener, and costs no thread of its own. What it
	 * returns goes to the {@code @SendTo} socket, or to the peer of a socket that needs
	 * no address to reply to, which makes heartbeats: <pre class="code">
	 * &#064;ZmqListener(socket = "worker", timeout = "1s")
	 * String work(&#064;Nullable String task) {
	 *     return (task != null) ? perform(task) : "HEARTBEAT";
	 * }</pre>
	 * @return a duration such as {@code 500ms}; by default it is called for messages only
	 */
	String timeout() default "";

	/**
	 * The bean name of the filter of this listener, asked before anything is converted.
	 * @return the bean name of a {@link io.github.zmqspring.listener.ZmqMessageFilter}
	 */
	String filter() default "";

	/**
	 * The bean name of the retry policy of this listener. Unreadable and invalid messages
	 * are not retried, whatever it says, nor are inline listeners.
	 * @return the bean name of a {@link org.springframework.core.retry.RetryPolicy}; by
	 * default {@code zmq.listener.retry}
	 */
	String retryPolicy() default "";

	/**
	 * The content type of the payloads, by which the message converter is chosen,
	 * whatever the messages say of theirs.
	 * @return a content type such as {@code application/cbor}; by default that of the
	 * message, if it has one
	 */
	String contentType() default "";

	/**
	 * The socket that gets what this listener could not handle.
	 * @return the name of a socket of {@code zmq.sockets}, or {@code none}; by default
	 * {@code zmq.listener.dead-letter}
	 */
	String deadLetter() default "";

}
