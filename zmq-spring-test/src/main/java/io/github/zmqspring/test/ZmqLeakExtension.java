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

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Checks for {@link NoLeaks}: records what is there before the first test and before each
 * test, and compares when JUnit closes the test and the class.
 * <p>
 * The comparison is a resource in JUnit's store, not an {@code afterEach} callback: the
 * store is closed last and in reverse order. So all that came after the record is gone by
 * then, whatever the order in which extensions are registered, and a leak is added to a
 * test's own failure as a suppressed one.
 *
 * @since 0.1.0
 */
public final class ZmqLeakExtension implements BeforeAllCallback, BeforeEachCallback {

	private static final Namespace NAMESPACE = Namespace.create(ZmqLeakExtension.class);

	private static final int DEFAULT_TIMEOUT_SECONDS = 10;

	@Override
	public void beforeAll(ExtensionContext context) {
		record(context, "Class " + context.getRequiredTestClass().getName());
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		record(context, "Test " + context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName());
	}

	private void record(ExtensionContext context, String name) {
		LeakCheck outer = context.getParent().map((parent) -> find(store(parent))).orElse(null);
		store(context).put(LeakCheck.class, new LeakCheck(name, timeout(context), outer));
	}

	private static @Nullable LeakCheck find(Store store) {
		return store.get(LeakCheck.class, LeakCheck.class);
	}

	private static Store store(ExtensionContext context) {
		return context.getStore(NAMESPACE);
	}

	private static Duration timeout(ExtensionContext context) {
		int seconds = AnnotationSupport
			.findAnnotation(context.getRequiredTestClass(), NoLeaks.class, context.getEnclosingTestClasses())
			.map(NoLeaks::timeoutSeconds)
			.orElse(DEFAULT_TIMEOUT_SECONDS);
		return Duration.ofSeconds(seconds);
	}

}
