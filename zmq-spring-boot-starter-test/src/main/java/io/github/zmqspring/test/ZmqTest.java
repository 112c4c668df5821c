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

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of what an application does with ZeroMQ, and of nothing else: sockets, template,
 * requests, proxies and listeners are there, and of the application's components those
 * that have {@code @ZmqListener} methods. Give it other beans by {@code @Import} or
 * {@code @MockitoBean}.
 * <p>
 * Sockets bind to ports that the operating system chooses, and those of the application
 * that connect to them follow, so that tests may run side by side. {@link ZmqRecorder}
 * and {@link ZmqListeners} are there to be injected. <pre class="code">
 * &#064;ZmqTest
 * class OrdersTests {
 *
 *     &#064;Autowired ZmqRecorder zmq;
 *
 *     &#064;Autowired ZmqSockets sockets;
 *
 *     &#064;Test
 *     void handlesAnOrder() {
 *         try (ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "orders")) {
 *             peer.send("{\"item\":\"tea\"}");
 *             assertThat(this.zmq).listener("orders.handle").received(1).last().payload(Order.class)
 *                 .isEqualTo(new Order("tea"));
 *         }
 *     }
 *
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(ZmqTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(ZmqTypeExcludeFilter.class)
@AutoConfigureZmq
@ImportAutoConfiguration
public @interface ZmqTest {

	/**
	 * The components to test, instead of all that have {@code @ZmqListener} methods.
	 * @return their types
	 */
	Class<?>[] listeners() default {};

	/**
	 * Where sockets bind: {@code ephemeral} ports of 127.0.0.1, or as {@code configured}.
	 * @return one of the two
	 */
	@PropertyMapping("zmq.test.endpoints")
	String endpoints() default "ephemeral";

	/**
	 * Properties, as {@code key=value}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Whether components with {@code @ZmqListener} methods are there.
	 * @return {@code false} for those of {@link #includeFilters()} only
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Which components are there besides.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Which components are not there.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations to leave out.
	 * @return their types
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
