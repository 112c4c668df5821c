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

import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zmq.Options;
import zmq.ZMQ;
import zmq.io.mechanism.Mechanisms;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Greeting}: which version the peer speaks, and what is sent to it
 * meanwhile.
 */
class GreetingTests {

	private static final String SIGNATURE = "ff00000000000000017f";

	private final Options options = new Options();

	private final ByteBuffer sent = ByteBuffer.allocate(100);

	private Greeting.@Nullable Version read(Greeting greeting, String hex, int most) {
		ByteBuffer data = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
		Greeting.Version version = null;
		while (version == null && data.hasRemaining()) {
			ByteBuffer part = data.slice(data.position(), Math.min(most, data.remaining()));
			version = greeting.read(part);
			data.position(data.position() + part.position());
			greeting.write(this.sent);
		}
		assertThat(greeting.hasMore()).isFalse();
		return version;
	}

	private String sent() {
		return HexFormat.of().formatHex(this.sent.array(), 0, this.sent.position());
	}

	private static String greeting(int minor, String mechanism) {
		return SIGNATURE + "03" + HexFormat.of().toHexDigits((byte) minor)
				+ HexFormat.of().formatHex(mechanism.getBytes()) + "00".repeat(52 - mechanism.length());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 100 })
	void zmtp3IsGreetedWithVersionAndMechanism(int most) {
		this.options.mechanism = Mechanisms.PLAIN;
		Greeting greeting = new Greeting(this.options);
		assertThat(greeting.hasMore()).isTrue();
		assertThat(read(greeting, greeting(1, "PLAIN"), most)).isEqualTo(Greeting.Version.ZMTP_3);
		assertThat(sent()).isEqualTo(greeting(1, "PLAIN"));
		assertThat(greeting.minor()).isOne();
		assertThat(greeting.isSameMechanism()).isTrue();
		assertThat(greeting.mechanism()).isEqualTo("PLAIN");
		assertThat(greeting.isUnversioned()).isFalse();
	}

	@Test
	void anotherMechanismIsNamedWithoutWhatIsNoName() {
		Greeting greeting = new Greeting(this.options);
		assertThat(read(greeting, greeting(0, "CuRVE\u0007Z@["), 100)).isEqualTo(Greeting.Version.ZMTP_3);
		assertThat(greeting.minor()).isZero();
		assertThat(greeting.isSameMechanism()).isFalse();
		assertThat(greeting.mechanism()).isEqualTo("C?RVE?Z??");
	}

	@Test
	void olderVersionsAreToldTheSocketsType() {
		this.options.type = ZMQ.ZMQ_PULL;
		assertThat(read(new Greeting(this.options), SIGNATURE + "0108", 1)).isEqualTo(Greeting.Version.ZMTP_2);
		assertThat(sent()).isEqualTo(SIGNATURE + "0307");
		this.sent.clear();
		assertThat(read(new Greeting(this.options), SIGNATURE + "0008", 100)).isEqualTo(Greeting.Version.ZMTP_1);
		assertThat(sent()).isEqualTo(SIGNATURE + "0307");
	}

	@Test
	void aHigherVersionIsGreetedAsThis() {
		Greeting greeting = new Greeting(this.options);
		String higher = SIGNATURE + "ff" + greeting(9, "NULL").substring(22);
		assertThat(read(greeting, higher, 100)).isEqualTo(Greeting.Version.ZMTP_3);
		assertThat(greeting.minor()).isEqualTo(9);
	}

	@ParameterizedTest
	@ValueSource(strings = { "01", "474554", "7f", "ff00000000000000017e" })
	void whatIsNoSignatureGetsTheIdentity(String hex) {
		this.options.identity = "me".getBytes();
		this.options.identitySize = 2;
		Greeting greeting = new Greeting(this.options);
		assertThat(read(greeting, hex, 100)).isEqualTo(Greeting.Version.UNVERSIONED);
		assertThat(greeting.isUnversioned()).isTrue();
		assertThat(sent()).isEqualTo("ff00000000000000037f6d65");
		byte[] kept = new byte[greeting.notGreeting().remaining()];
		greeting.notGreeting().get(kept);
		assertThat(hex).startsWith(HexFormat.of().formatHex(kept));
	}

	@Test
	void whatFollowsTheGreetingIsLeft() {
		ByteBuffer data = ByteBuffer.wrap(HexFormat.of().parseHex(greeting(0, "NULL") + "0401"));
		assertThat(new Greeting(this.options).read(data)).isEqualTo(Greeting.Version.ZMTP_3);
		assertThat(data.remaining()).isEqualTo(2);
	}

}
