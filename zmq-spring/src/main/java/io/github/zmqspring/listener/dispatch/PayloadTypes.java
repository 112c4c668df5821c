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

import java.beans.PropertyDescriptor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.MessageCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * Finds the method whose payload type fits a message.
 */
final class PayloadTypes {

	/** Carried where the socket has {@code envelope: headers}. */
	private static final String TYPE_HEADER = "x-type";

	private final SocketDefinition definition;

	private final MessageCodec codec;

	private final Map<Class<?>, Set<String>> properties = new ConcurrentHashMap<>();

	PayloadTypes(SocketDefinition definition, MessageCodec codec) {
		this.definition = definition;
		this.codec = codec;
	}

	/**
	 * Return the target whose type fits.
	 * @return the target, or {@code null} if none fits, or more than one equally well
	 */
	@Nullable DispatchTarget choose(List<DispatchTarget> targets, ZmqMessage message) {
		String named = (message.hasHeaders()) ? message.headers().get(TYPE_HEADER) : null;
		if (named != null) {
			return targets.stream().filter((target) -> isNamed(type(target), named)).findFirst().orElse(null);
		}
		byte[] payload = MessageCodec.payload(this.definition, message);
		Map<?, ?> object = object(payload);
		List<DispatchTarget> best = new ArrayList<>();
		int most = 0;
		for (DispatchTarget target : targets) {
			int fit = (MessageCodec.isPlain(type(target))) ? 0
					: (object != null) ? fit(type(target), object) : (isReadable(target, payload)) ? 1 : 0;
			if (fit > most) {
				most = fit;
				best.clear();
			}
			if (fit > 0 && fit == most) {
				best.add(target);
			}
		}
		if (best.isEmpty()) {
			best.addAll(targets.stream().filter((target) -> MessageCodec.isPlain(type(target))).toList());
		}
		return (best.size() == 1) ? best.get(0) : null;
	}

	private static Class<?> type(DispatchTarget target) {
		MethodParameter payload = target.payload();
		if (payload == null) {
			return Object.class;
		}
		ResolvableType type = ResolvableType.forMethodParameter(payload);
		Class<?> raw = type.resolve(Object.class);
		return (Message.class.isAssignableFrom(raw)) ? type.getGeneric(0).resolve(Object.class) : raw;
	}

	private static boolean isNamed(Class<?> type, String name) {
		return type.getName().equals(name) || type.getSimpleName().equals(name);
	}

	private @Nullable Map<?, ?> object(byte[] payload) {
		if (payload.length == 0 || !this.codec.convertsObjects()) {
			return null;
		}
		try {
			return (Map<?, ?>) this.codec.decodeFrame(payload, Map.class, new MessageHeaders(null), null);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/** The more of the type's properties are there the better; none may be unknown. */
	private int fit(Class<?> type, Map<?, ?> object) {
		Set<String> known = this.properties.computeIfAbsent(type, PayloadTypes::propertiesOf);
		if (object.isEmpty() || !known.containsAll(object.keySet())) {
			return 0;
		}
		int missing = known.size() - object.size();
		return Math.max(1, Integer.MAX_VALUE - missing);
	}

	private static Set<String> propertiesOf(Class<?> type) {
		if (type.isRecord()) {
			return Stream.of(type.getRecordComponents()).map(RecordComponent::getName).collect(Collectors.toSet());
		}
		return Stream.of(BeanUtils.getPropertyDescriptors(type))
			.map(PropertyDescriptor::getName)
			.filter((name) -> !"class".equals(name))
			.collect(Collectors.toSet());
	}

	private boolean isReadable(DispatchTarget target, byte[] payload) {
		try {
			this.codec.decodeFrame(payload, type(target), new MessageHeaders(null), target.payload());
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
