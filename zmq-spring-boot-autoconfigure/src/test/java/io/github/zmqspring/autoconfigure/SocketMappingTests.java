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
import java.util.List;
import java.util.function.Consumer;

import io.github.zmqspring.autoconfigure.security.SecurityMapper;
import io.github.zmqspring.autoconfigure.security.SecurityProperties;
import io.github.zmqspring.core.Compression;
import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.ReturnPathMode;
import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of the mapping from properties to definitions, without an application.
 */
class SocketMappingTests {

	private static final DefaultListableBeanFactory BEANS = new DefaultListableBeanFactory();

	private static SocketDefinition map(SocketType type, Consumer<SocketProperties> properties) {
		SocketProperties socket = new SocketProperties();
		properties.accept(socket);
		SecurityMapper security = new SecurityMapper(new SecurityProperties(),
				BEANS.getBeanProvider(io.github.zmqspring.security.ZmqAuthenticator.class),
				BEANS.getBeanProvider(io.github.zmqspring.autoconfigure.security.UserAuthentication.class));
		try {
			return SocketDefinitionMapper.definition("zmq.sockets.s", "s", type, socket, security);
		}
		finally {
			security.destroy();
		}
	}

	private static void assertRefused(String property, Consumer<SocketProperties> properties) {
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> map(SocketType.SUB, properties))
			.withMessageContaining("zmq.sockets.s." + property);
	}

	@Test
	void eachPropertyGetsToTheDefinition() {
		SocketDefinition definition = map(SocketType.XPUB, (socket) -> {
			socket.setBind(List.of("tcp://*:1 ,tcp://*:2"));
			socket.setConnect(List.of("tcp://a:3"));
			socket.setTopics(List.of("t"));
			socket.setAutoStartup(false);
			socket.getHealth().setRequiredPeers(3);
			socket.getOptions().setSendHwm(5);
			socket.setEnvelope(Envelope.HEADERS);
			socket.setEnvelopeHeaders(List.of("tenant"));
			socket.setLastValueCache(true);
			socket.setLastValueCacheSize(7);
			socket.setReturnPath(ReturnPathMode.NONE);
			socket.setTopicSeparator("/");
			socket.getSequence().setFrame(2);
			socket.setContentType(MimeTypeUtils.APPLICATION_JSON);
			socket.setCompression(Compression.Format.GZIP);
			socket.setMaxDecompressedSize(DataSize.ofBytes(9));
		});
		assertThat(definition.name()).isEqualTo("s");
		assertThat(definition.type()).isEqualTo(SocketType.XPUB);
		assertThat(definition.bind()).containsExactly("tcp://*:1", "tcp://*:2");
		assertThat(definition.connect()).containsExactly("tcp://a:3");
		assertThat(definition.topics()).containsExactly("t");
		assertThat(definition.autoStartup()).isFalse();
		assertThat(definition.requiredPeers()).isEqualTo(3);
		assertThat(definition.options().get(SocketOption.SEND_HWM, Integer.class)).isEqualTo(5);
		assertThat(definition.options().values()).hasSize(1);
		assertThat(definition.envelope()).isEqualTo(Envelope.HEADERS);
		assertThat(definition.envelopeHeaders()).containsExactly("tenant");
		assertThat(definition.lastValueCacheSize()).isEqualTo(7);
		assertThat(definition.returnPath()).isEqualTo(ReturnPathMode.NONE);
		assertThat(definition.topicSeparator()).isEqualTo("/");
		assertThat(definition.sequence()).isNotNull();
		assertThat(definition.contentType()).isEqualTo(MimeTypeUtils.APPLICATION_JSON);
		assertThat(definition.compression()).isEqualTo(new Compression(Compression.Format.GZIP, 9));
		assertThat(definition.security()).isNull();
	}

	@Test
	void whatIsNotSetHasItsDefault() {
		SocketDefinition definition = map(SocketType.SUB, (socket) -> {
		});
		assertThat(definition.bind()).isEmpty();
		assertThat(definition.connect()).isEmpty();
		assertThat(definition.autoStartup()).isTrue();
		assertThat(definition.envelopeHeaders()).isEqualTo(SocketDefinition.DEFAULT_ENVELOPE_HEADERS);
		assertThat(definition.lastValueCacheSize()).isZero();
		assertThat(definition.sequence()).isNull();
		assertThat(definition.compression().isOn()).isFalse();
		assertThat(definition.options().values()).isEmpty();
	}

	@Test
	void whatCannotWorkIsRefusedByTheNameOfItsProperty() {
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> map(null, (socket) -> {
		})).withMessageContaining("zmq.sockets.s.type");
		assertRefused("health.required-peers", (socket) -> socket.getHealth().setRequiredPeers(-1));
		assertRefused("bind", (socket) -> socket.setBind(List.of("tcp://*:1,")));
		assertRefused("connect", (socket) -> socket.setConnect(List.of("")));
		assertRefused("envelope-headers", (socket) -> socket.setEnvelopeHeaders(List.of("x")));
		assertRefused("last-value-cache-size", (socket) -> socket.setLastValueCacheSize(0));
		assertRefused("max-decompressed-size", (socket) -> socket.setMaxDecompressedSize(DataSize.ofBytes(0)));
		assertRefused("sequence", (socket) -> socket.getSequence().setFirst(1L));
		assertRefused("sequence", (socket) -> socket.getSequence().setFromStart(true));
		assertRefused("sequence.frame", (socket) -> socket.getSequence().setFrame(0));
		assertRefused("sequence.history", (socket) -> {
			socket.getSequence().setFrame(1);
			socket.getSequence().setHistory(0);
		});
		assertRefused("sequence.replay-timeout", (socket) -> {
			socket.getSequence().setFrame(1);
			socket.getSequence().setReplayTimeout(Duration.ZERO);
		});
	}

	@Test
	void presetsOfSequencesAreThoseOfTheirPublishers() {
		SequenceDefinition bitcoin = map(SocketType.SUB,
				(socket) -> socket.getSequence().setPreset(SequenceProperties.Preset.BITCOIN))
			.sequence();
		assertThat(bitcoin).isNotNull();
		assertThat(bitcoin.frame()).isEqualTo(2);
		assertThat(bitcoin.type()).isEqualTo(SequenceDefinition.NumberType.UINT32_LE);
		assertThat(bitcoin.per()).isEqualTo(SequenceDefinition.Scope.TOPIC);
		assertThat(bitcoin.bareReplay()).isFalse();
		SequenceDefinition vllm = map(SocketType.SUB,
				(socket) -> socket.getSequence().setPreset(SequenceProperties.Preset.VLLM))
			.sequence();
		assertThat(vllm).isNotNull();
		assertThat(vllm.frame()).isOne();
		assertThat(vllm.type()).isEqualTo(SequenceDefinition.NumberType.UINT64_BE);
		assertThat(vllm.per()).isEqualTo(SequenceDefinition.Scope.PUBLISHER);
		assertThat(vllm.bareReplay()).isTrue();
		SequenceDefinition own = map(SocketType.SUB, (socket) -> {
			SequenceProperties sequence = socket.getSequence();
			sequence.setPreset(SequenceProperties.Preset.VLLM);
			sequence.setFrame(3);
			sequence.setType(SequenceDefinition.NumberType.UINT32_LE);
			sequence.setPer(SequenceDefinition.Scope.TOPIC);
			sequence.setFirst(4L);
			sequence.setFromStart(true);
			sequence.setReplay(List.of("tcp://a:1"));
			sequence.setReplayTimeout(Duration.ofSeconds(6));
			sequence.setHistory(7);
			sequence.setHistorySize(DataSize.ofBytes(8));
		}).sequence();
		assertThat(own).isEqualTo(new SequenceDefinition(3, SequenceDefinition.NumberType.UINT32_LE,
				SequenceDefinition.Scope.TOPIC, 4, true, List.of("tcp://a:1"), true, Duration.ofSeconds(6), 7, 8));
	}

	@Test
	void partsOfTheHeapAndSizesAreMemory() {
		long heap = Runtime.getRuntime().maxMemory();
		assertThat(memory("25%")).isEqualTo(heap / 4);
		assertThat(memory(" 100 % ")).isEqualTo(heap);
		assertThat(memory("2MB")).isEqualTo(2 << 20);
		assertThat(memory("1MB")).isEqualTo(1 << 20);
		for (String text : List.of("101%", "0%", "-1%", "1023KB", "x", "%", "", (heap + 1) + "B")) {
			assertThatExceptionOfType(ZmqConfigurationException.class).as(text)
				.isThrownBy(() -> memory(text))
				.withMessageContaining("zmq.context.max-incoming-memory");
		}
	}

	private static long memory(String text) {
		ZmqProperties.Context context = new ZmqProperties.Context();
		context.setMaxIncomingMemory(text);
		return PropertyChecks.maxIncomingMemory(context);
	}

}
