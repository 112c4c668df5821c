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

import org.springframework.core.annotation.AliasFor;
import org.springframework.messaging.handler.annotation.MessageMapping;

/**
 * Marks one of several methods of a class with {@link ZmqListener @ZmqListener}. For each
 * message one of them is called: the one with the longest matching topic, if there are
 * topics, else the one whose payload type fits.
 * <p>
 * The type is the one that the header {@code x-type} names, where messages carry headers.
 * Without it an object of JSON belongs to the method whose type has all of its
 * properties, any other payload to the method whose type it can be converted to; text and
 * bytes take what fits no other.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@MessageMapping
public @interface ZmqHandler {

	/**
	 * Alias for {@link #topics()}.
	 * @return prefixes of topics
	 */
	@AliasFor("topics")
	String[] value() default {};

	/**
	 * Prefixes of the topics that the method takes. May contain placeholders.
	 * @return prefixes of topics; by default the payload's type decides
	 */
	@AliasFor("value")
	String[] topics() default {};

	/**
	 * Whether the method takes what no other one takes. There may be one such method.
	 * @return {@code true} for the default method
	 */
	boolean isDefault() default false;

}
