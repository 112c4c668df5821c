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
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a {@link ZmqClient} interface send a request and give back the reply.
 * <p>
 * The argument is the request; several arguments are its frames, none is an empty one.
 * The return type says how the reply comes: the reply's own type, an
 * {@link java.util.Optional} of it (empty for an empty reply) or {@code void} wait for
 * it; a {@link java.util.concurrent.CompletableFuture} does not wait; a {@code Mono}
 * sends when it is subscribed to; so does a {@code Flux}, another publisher or Kotlin's
 * {@code Flow}, which passes on each reply as it comes, up to an empty one. What goes
 * wrong is a {@link io.github.zmqspring.core.ZmqException}.
 * <p>
 * All strings may contain <code>${...}</code> placeholders.
 *
 * @since 0.1.0
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ZmqRequest {

	/**
	 * The socket to ask through.
	 * @return the logical name of a REQ or DEALER socket; by default that of the
	 * {@link ZmqClient}
	 */
	String value() default "";

	/**
	 * How long to wait for the reply of each attempt, or each element of a stream, such
	 * as {@code 500ms} or {@code 2s}.
	 * @return the time; by default {@code zmq.template.request-timeout}
	 */
	String timeout() default "";

	/**
	 * How often the request is sent again when no reply came in time.
	 * @return the number; by default {@code zmq.template.request-retries}
	 */
	String retries() default "";

}
