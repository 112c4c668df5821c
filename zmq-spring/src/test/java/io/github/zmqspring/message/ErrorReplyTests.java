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

package io.github.zmqspring.message;

import io.github.zmqspring.core.ZmqMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Error replies, ours and those that a server in another language makes.
 */
class ErrorReplyTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "", "plain", "a \"quoted\" \\ word", "two\nlines\tand \u0001", "ä€😀", "\",\"detail\":\"" })
	void whatIsWrittenIsRead(String text) {
		ErrorReply reply = new ErrorReply(text, text);
		assertThat(ErrorReply.from(ZmqMessage.of((Object[]) reply.toFrames()))).isEqualTo(reply);
	}

	@Test
	void anyJsonOfTheRightTypeIsRead() {
		assertThat(
				read("""
						{ "status": 500, "more": {"a": [1, "}", {}], "b": null},
						  "detail": "line\\nline \\u00e4\\/", "ok": true, "title": "ValueError", "type": "urn:zmq:handler-error" }
						"""))
			.isEqualTo(new ErrorReply("ValueError", "line\nline ä/"));
		assertThat(read("{\"type\":\"urn:zmq:handler-error\"}")).isEqualTo(new ErrorReply("Error", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "{}", "[]", "{\"type\":\"other\"}", "{\"type\":\"urn:zmq:handler-error\"",
			"{\"type\":\"urn:zmq:handler-error\",\"title\":\"\\uZZZZ\"}", "{\"type\":\"urn:zmq:handler-error\",}",
			"{\"type\":\"urn:zmq:handler-error\",\"detail\":\"\\u00", "{\"type\":[[[[", "{\"a\":" })
	void anythingElseIsAReply(String json) {
		assertThat(read(json)).isNull();
	}

	@Test
	void onlyTwoFramesOfWhichTheFirstIsEmptyAreAnError() {
		byte[] json = new ErrorReply("a", "b").toFrames()[1];
		assertThat(ErrorReply.from(ZmqMessage.of((Object) json))).isNull();
		assertThat(ErrorReply.from(ZmqMessage.of("x", json))).isNull();
		assertThat(ErrorReply.from(ZmqMessage.of("", json, ""))).isNull();
	}

	private static ErrorReply read(String json) {
		return ErrorReply.from(ZmqMessage.of("", json));
	}

}
