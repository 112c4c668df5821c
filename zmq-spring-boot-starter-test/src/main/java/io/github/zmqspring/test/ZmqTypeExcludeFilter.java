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

import java.io.IOException;
import java.util.Set;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqListeners;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Lets the components through that have listener methods.
 */
class ZmqTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<ZmqTest> {

	private final Set<Class<?>> listeners;

	ZmqTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.listeners = Set.of(getAnnotation().getValue("listeners", Class[].class).orElseGet(() -> new Class<?>[0]));
	}

	@Override
	protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		if (super.defaultInclude(reader, factory)) {
			return true;
		}
		AnnotationMetadata metadata = reader.getAnnotationMetadata();
		return this.listeners.isEmpty() && (metadata.hasAnnotation(ZmqListener.class.getName())
				|| metadata.hasAnnotation(ZmqListeners.class.getName())
				|| metadata.hasMetaAnnotation(ZmqListener.class.getName())
				|| metadata.hasAnnotatedMethods(ZmqListener.class.getName())
				|| metadata.hasAnnotatedMethods(ZmqListeners.class.getName()));
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.listeners;
	}

}
