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

package io.github.zmqspring.transport.zmtp;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zmq.Msg;
import zmq.Options;
import zmq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubscriptionCommands}.
 */
class SubscriptionCommandsTests {

	private static SubscriptionCommands of(int type) {
		Options options = new Options();
		options.type = type;
		return new SubscriptionCommands(options);
	}

	private static Msg command(String text) {
		Msg command = new Msg(((char) text.indexOf('|') + text.replace("|", "")).getBytes(StandardCharsets.US_ASCII));
		command.setFlags(Msg.COMMAND);
		return command;
	}

	@ParameterizedTest
	@CsvSource({ "SUBSCRIBE|weather, 1, weather", "CANCEL|weather, 0, weather", "SUBSCRIBE|, 1, ''", "CANCEL|, 0, ''" })
	void publishersGetTheMessagesOfOtherVersions(String command, int first, String topic) {
		for (int type : new int[] { ZMQ.ZMQ_PUB, ZMQ.ZMQ_XPUB }) {
			Msg message = of(type).read(command(command));
			assertThat(message.isCommand()).isFalse();
			assertThat(message.data()).isEqualTo(((char) first + topic).getBytes(StandardCharsets.US_ASCII));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { ZMQ.ZMQ_SUB, ZMQ.ZMQ_XSUB, ZMQ.ZMQ_DEALER })
	void othersGetCommandsAsTheyAre(int type) {
		for (String text : new String[] { "SUBSCRIBE|a", "CANCEL|a", "PING|a" }) {
			Msg command = command(text);
			assertThat(of(type).read(command)).isSameAs(command);
		}
	}

	@Test
	void otherCommandsStayWhatTheyAre() {
		Msg command = command("PING|a");
		assertThat(of(ZMQ.ZMQ_PUB).read(command)).isSameAs(command);
	}

}
