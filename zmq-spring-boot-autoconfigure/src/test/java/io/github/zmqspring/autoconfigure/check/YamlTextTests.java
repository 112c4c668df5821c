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

package io.github.zmqspring.autoconfigure.check;

import java.nio.file.Path;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A text that YAML reads as something else is refused, and what stays as it was written
 * is not.
 */
@NoLeaks
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class YamlTextTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			on | a boolean | true
			off | a boolean | false
			yes | a boolean | true
			No | a boolean | false
			TRUE | a boolean | true
			01001 | a number | 513
			1e3 | a number | 1000.0
			1.10 | a number | 1.1
			.5 | a number | 0.5
			0x1F | a number | 31
			0b11 | a number | 3
			1_000 | a number | 1000
			+7 | a number | 7
			12:30:00 | a number | 45000
			.inf | a number | Infinity
			6e-3 | a number | 0.006
			""")
	void textThatBecomesAnotherIsRefused(String written, String kind, String read) {
		for (String form : new String[] { "[first, %s]", "[ %s , last]", "%s # a comment", "%s",
				"\n        - first\n        - %s" }) {
			assertThatExceptionOfType(ZmqConfigurationException.class).as(form)
				.isThrownBy(() -> run("topics: " + form.formatted(written)))
				.withMessageContaining("'%s' is %s in YAML, and is read as '%s'".formatted(written, kind, read))
				.withMessageContaining("Quote it: \"" + written + "\"")
				.withMessageContaining("application.yml] - ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "10001", "true", "false", "1.5", "-7", "0", "2024-01-01", "0o17", "a, b", "'on'",
			"\"01001\"", "'1e3'", "weather", "1.2.3", "10:75", "''" })
	void textThatStaysAsItWasIsNot(String written) {
		run("topics: [" + written + "]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "~", "null", "", "NULL" })
	void nothingIsNoTopic(String written) {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> run("topics:\n        - first\n        - " + written))
			.withMessageContaining("'%s' is nothing in YAML".formatted(written));
	}

	@Test
	void concernsEveryText() {
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> app().yml("""
				zmq:
				  sockets:
				    out: {type: dealer, connect: "inproc://x", options: {routing-id: 0042, hello-message: 1_000}}
				    sub: {type: sub, connect: "inproc://x", envelope: off}
				  listener: {error-reply: no}
				  template: {default-socket: 007}
				""").run((context) -> {
		}))
			.withMessageContaining(
					"zmq.sockets.out.options.routing-id: '0042' is a number in YAML, and is read as '34'")
			.withMessageContaining("hello-message: '1_000' is a number")
			.withMessageContaining("zmq.sockets.sub.envelope: 'off' is a boolean")
			.withMessageContaining("zmq.listener.error-reply: 'no' is a boolean")
			.withMessageContaining("zmq.template.default-socket: '007' is a number");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			linger: 1:30 | is a number to the base 60 in YAML, and is read as 90
			receive-hwm: 010 | is an octal number in YAML, and is read as 8
			heartbeat-interval: 10:00 | is a number to the base 60
			""")
	void numbersOfOtherBasesAreRefused(String option, String reason) {
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> run("options: {" + option + "}"))
			.withMessageContaining(reason);
	}

	@Test
	void aTimeWithoutAUnitIsToldOf(CapturedOutput output) {
		run("options: {linger: 10, heartbeat-interval: 0, handshake-interval: 5s, receive-hwm: 1_000}");
		assertThat(output).containsOnlyOnce("has no unit")
			.contains("zmq.sockets.in.options.linger has no unit and is read as milliseconds: write 10ms, or 10s");
	}

	@Test
	void otherSourcesThanYamlHaveTextOnly(CapturedOutput output) {
		app().file("application.properties", """
				zmq.sockets.in.type=sub
				zmq.sockets.in.bind=inproc://in
				zmq.sockets.in.topics=on,01001,1e3
				zmq.sockets.in.options.linger=10
				""").variable("ZMQ_TEMPLATE_DEFAULTSOCKET", "in").run((context) -> {
			SocketDefinition definition = context.getBean(ZmqSockets.class).definition("in");
			assertThat(definition.topics()).containsExactly("on", "01001", "1e3");
		});
		assertThat(output).doesNotContain("has no unit");
	}

	@ParameterizedTest
	@CsvSource({ "on,true", "yes,true", "no,false" })
	void aBooleanIsNoName(String name, String read) {
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> app().yml("""
				zmq:
				  sockets:
				    %s: {type: pull, bind: "inproc://in"}
				""".formatted(name)).run((context) -> {
		})).withMessageContaining("'%s' is a boolean in YAML".formatted(read)).withMessageContaining("Quote the name");
	}

	@Test
	void aNumberIsATroublesomeName(CapturedOutput output) {
		app().yml("""
				zmq:
				  sockets:
				    010: {type: pull, bind: "inproc://in"}
				    "09": {type: pull, bind: "inproc://other"}
				""").run((context) -> assertThat(context.getBean(ZmqSockets.class).names()).containsExactly("09", "8"));
		assertThat(output).containsOnlyOnce("The name '8' in zmq.sockets[8] is a number")
			.doesNotContain("The name '09'");
	}

	@Test
	void anchorsAndAliasesAreFollowed() {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> run("topics: [&zip 01001, other, *zip]"))
			.withMessageContaining("topics[0]: '01001' is a number in YAML, and is read as '513'")
			.withMessageContaining("topics[2]: '01001' is a number in YAML, and is read as '513'");
	}

	private void run(String property) {
		app().yml("""
				zmq:
				  sockets:
				    in:
				      type: sub
				      bind: "inproc://in"
				      %s
				""".formatted(property)).run((context) -> {
		});
	}

	private ConfiguredApp app() {
		return new ConfiguredApp(this.directory);
	}

}
