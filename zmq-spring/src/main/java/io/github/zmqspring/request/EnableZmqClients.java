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

package io.github.zmqspring.request;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Finds interfaces that are {@link io.github.zmqspring.annotation.ZmqClient ZmqClient}
 * and makes them beans. Spring Boot applications need it only for other packages than
 * their own.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(ZmqClientsRegistrar.class)
public @interface EnableZmqClients {

	/**
	 * Packages to look through, with those below.
	 * @return the packages; by default that of the annotated class
	 */
	String[] basePackages() default {};

	/**
	 * Classes whose packages are looked through.
	 * @return the classes
	 */
	Class<?>[] basePackageClasses() default {};

}
