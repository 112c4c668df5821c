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

package io.github.zmqspring.autoconfigure;

import java.time.Duration;

import io.github.zmqspring.autoconfigure.SequenceProperties.Preset;
import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SequenceDefinition.NumberType;
import io.github.zmqspring.core.SequenceDefinition.Scope;
import io.github.zmqspring.core.ZmqConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Maps the properties of a sequence to its definition.
 */
final class SequenceMapper {

	private SequenceMapper() {
	}

	/**
	 * Return the definition.
	 * @param subject the property that the sequence is below
	 * @param properties the properties
	 * @return the definition, or {@code null} if none is configured
	 */
	static @Nullable SequenceDefinition map(String subject, SequenceProperties properties) {
		Preset preset = properties.getPreset();
		Integer frame = properties.getFrame();
		if (preset == null && frame == null) {
			if (properties.getType() != null || properties.getPer() != null || properties.getFirst() != null
					|| !properties.getReplay().isEmpty() || properties.isFromStart()) {
				throw new ZmqConfigurationException(subject, "it does not say where the numbers are",
						"Set %s.preset to bitcoin or vllm, or %s.frame to the index of their frame".formatted(subject,
								subject));
			}
			return null;
		}
		boolean vllm = preset == Preset.VLLM;
		NumberType type = (vllm) ? NumberType.UINT64_BE : NumberType.UINT32_LE;
		PropertyChecks.atLeast(1, subject + ".frame", (frame != null) ? frame : 1);
		PropertyChecks.atLeast(1, subject + ".history", properties.getHistory());
		if (properties.getReplayTimeout().compareTo(Duration.ZERO) <= 0) {
			throw new ZmqConfigurationException(subject + ".replay-timeout",
					"'" + properties.getReplayTimeout() + "' is no time to wait", "Set a duration such as 5s");
		}
		return new SequenceDefinition((frame != null) ? frame : (vllm) ? 1 : 2,
				(properties.getType() != null) ? properties.getType() : type,
				(properties.getPer() != null) ? properties.getPer()
						: (preset == Preset.BITCOIN) ? Scope.TOPIC : Scope.PUBLISHER,
				(properties.getFirst() != null) ? properties.getFirst() : 0, properties.isFromStart(),
				properties.getReplay(), vllm, properties.getReplayTimeout(), properties.getHistory(),
				properties.getHistorySize().toBytes());
	}

}
