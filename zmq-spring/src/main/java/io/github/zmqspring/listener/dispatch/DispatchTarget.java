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

package io.github.zmqspring.listener.dispatch;

import java.util.List;

import io.github.zmqspring.listener.ListenerHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * One method of a listener with several.
 *
 * @param handler calls it
 * @param topics prefixes of the topics that it takes; none leaves it to the type
 * @param isDefault whether it takes what no other takes
 * @param payload the parameter that gets the payload, or {@code null} if there is none
 * @since 0.1.0
 */
public record DispatchTarget(ListenerHandler handler, List<byte[]> topics, boolean isDefault,
		@Nullable MethodParameter payload) {

	public DispatchTarget {
		topics = List.copyOf(topics);
	}

}
