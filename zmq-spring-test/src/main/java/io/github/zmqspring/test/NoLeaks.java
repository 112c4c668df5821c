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

package io.github.zmqspring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Fails each test of a class that leaves behind a thread of ZeroMQ, a listening TCP port
 * or a socket, pipe, epoll or event descriptor that was not there before it; and the
 * class, if something made for all of its tests (as in {@code @BeforeAll}) is left after
 * the last. JeroMQ cleans up in the background, so the check waits until all is gone, at
 * most for {@link #timeoutSeconds()}.
 * <p>
 * A Spring application context may stay in the cache of test contexts. As long as it is
 * open, descriptors and the threads of its sockets and listeners are taken for its own;
 * contexts of JeroMQ and ports count unless they came with it. All counts again when it
 * is closed, as by {@code @DirtiesContext}. Since the check counts for the whole JVM, the
 * class does not run in parallel with others. Ports and descriptors are seen on Linux
 * only.
 *
 * @since 0.1.0
 * @see ZmqLeakExtension
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Isolated("threads and descriptors are those of the whole JVM")
@ExtendWith(ZmqLeakExtension.class)
public @interface NoLeaks {

	/**
	 * How long what a test used may take to go away after it, in seconds.
	 * @return the seconds
	 */
	int timeoutSeconds() default 10;

}
