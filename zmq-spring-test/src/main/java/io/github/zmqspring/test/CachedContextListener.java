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

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Starts the application context of a {@link NoLeaks} class, and takes down what comes
 * with it: the context may stay in the cache when the class ends, for the next one.
 */
class CachedContextListener implements TestExecutionListener, Ordered {

	private static final String SEEN = CachedContextListener.class.getName();

	@Override
	public void prepareTestInstance(TestContext testContext) {
		if (testContext.hasAttribute(SEEN)
				|| !TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(), NoLeaks.class)) {
			return;
		}
		testContext.setAttribute(SEEN, true);
		ResourceSnapshot before = ResourceSnapshot.take();
		ApplicationContext context = testContext.getApplicationContext();
		ResourceSnapshot after = ResourceSnapshot.take();
		if (context instanceof ConfigurableApplicationContext configurable) {
			CachedContexts.add(context, configurable::isActive, after.minus(before));
		}
	}

	/** Before all those that start the context themselves. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
