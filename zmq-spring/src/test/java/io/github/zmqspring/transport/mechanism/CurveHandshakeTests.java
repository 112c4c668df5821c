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

package io.github.zmqspring.transport.mechanism;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zmq.Msg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CurveHandshake} and {@link CurveCipher}, without a wire. That libzmq
 * understands them is tested over one.
 */
class CurveHandshakeTests {

	private final byte[] serverSecret = Nacl.random(Nacl.KEY);

	private final byte[] clientSecret = Nacl.random(Nacl.KEY);

	private final CurveServerHandshake server = server(this.serverSecret);

	private final CurveClientHandshake client = client(Nacl.publicKey(this.serverSecret));

	@Test
	void bothSidesGetReadyAndKnowEachOther() throws Exception {
		shakeHands();
		assertThat(this.server.clientKey()).isEqualTo(Nacl.publicKey(this.clientSecret));
		assertThat(text(this.server.metadata())).isEqualTo("of the client");
		assertThat(text(this.client.metadata())).isEqualTo("of the server");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 63, 64, 255, 4096, 100_000 })
	void messagesComeOutAsTheyWentIn(int size) throws Exception {
		shakeHands();
		CurveCipher out = this.client.cipher();
		CurveCipher in = this.server.cipher();
		byte[] body = new byte[size];
		new Random(size).nextBytes(body);
		for (int flags : new int[] { 0, Msg.MORE, Msg.COMMAND }) {
			Msg message = new Msg(body.clone());
			message.setFlags(flags);
			Msg decrypted = in.decrypt(out.encrypt(message));
			assertThat(decrypted).isNotNull();
			assertThat(decrypted.data()).isEqualTo(body);
			assertThat(decrypted.flags()).isEqualTo(flags);
		}
	}

	@Test
	void frameThatWasChangedRepeatedOrLeftOutIsNotDecrypted() throws Exception {
		shakeHands();
		CurveCipher out = this.server.cipher();
		CurveCipher in = this.client.cipher();
		byte[] sealed = out.encrypt(new Msg("secret".getBytes(StandardCharsets.UTF_8))).data();
		for (int i = 0; i < sealed.length; i++) {
			byte[] changed = sealed.clone();
			changed[i] ^= 1;
			if (i < 8 || i >= 16) {
				assertThat(in.decrypt(new Msg(changed))).as("byte %d", i).isNull();
			}
		}
		for (int size = 0; size < sealed.length; size++) {
			assertThat(in.decrypt(new Msg(Arrays.copyOf(sealed, size)))).isNull();
		}
		assertThat(in.decrypt(new Msg(sealed))).isNotNull();
		assertThat(in.decrypt(new Msg(sealed))).isNull();
	}

	@Test
	void clientOfAnotherServerIsRefused() {
		CurveClientHandshake stranger = client(Nacl.publicKey(Nacl.random(Nacl.KEY)));
		assertThatExceptionOfType(HandshakeFailure.class).isThrownBy(() -> this.server.receive(stranger.send()))
			.withMessage("it expects another server key");
	}

	@Test
	void serverWithTwoKeysServesTheClientsOfBoth() throws Exception {
		byte[] older = Nacl.random(Nacl.KEY);
		for (byte[] secret : new byte[][] { older, this.serverSecret }) {
			CurveServerHandshake both = new CurveServerHandshake(List.of(this.serverSecret, older), new byte[0]);
			CurveClientHandshake peer = client(Nacl.publicKey(secret));
			both.receive(peer.send());
			peer.receive(both.send());
			both.receive(peer.send());
			assertThat(both.state()).isEqualTo(CurveHandshake.State.DECIDE);
		}
	}

	@Test
	void refusedClientIsToldTheStatus() throws Exception {
		this.server.receive(this.client.send());
		this.client.receive(this.server.send());
		this.server.receive(this.client.send());
		this.server.refuse("400");
		this.client.receive(this.server.send());
		assertThat(this.client.refusal()).isEqualTo("400");
		assertThat(this.server.state()).isEqualTo(CurveHandshake.State.REFUSED);
		assertThat(this.client.state()).isEqualTo(CurveHandshake.State.REFUSED);
	}

	@Test
	void aNonceThatWasUsedIsRefusedOnBothSides() throws Exception {
		this.server.receive(this.client.send());
		this.client.receive(this.server.send());
		this.client.nonce--;
		byte[] repeated = this.client.send();
		assertThatExceptionOfType(HandshakeFailure.class).isThrownBy(() -> this.server.receive(repeated))
			.withMessage("INITIATE repeats a nonce");
		CurveServerHandshake other = server(this.serverSecret);
		CurveClientHandshake peer = client(Nacl.publicKey(this.serverSecret));
		other.receive(peer.send());
		peer.receive(other.send());
		other.receive(peer.send());
		other.allow();
		peer.peerNonce = other.nonce;
		byte[] ready = other.send();
		assertThatExceptionOfType(HandshakeFailure.class).isThrownBy(() -> peer.receive(ready))
			.withMessage("READY repeats a nonce");
	}

	@Test
	void noCommandOfTheClientMayBeChangedInAnyByte() throws Exception {
		byte[] hello = this.client.send();
		for (int i = 0; i < hello.length; i++) {
			// the padding means nothing
			if (i >= 8 && i < 80) {
				continue;
			}
			assertRefused(server(this.serverSecret), hello, i);
		}
		this.server.receive(hello);
		this.client.receive(this.server.send());
		byte[] initiate = this.client.send();
		for (int i = 0; i < initiate.length; i++) {
			assertRefused(this.server, initiate, i);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 6, 8, 199, 201, 4096 })
	void helloOfAnotherLengthIsRefused(int size) {
		byte[] hello = Arrays.copyOf(this.client.send(), size);
		assertThatExceptionOfType(HandshakeFailure.class).isThrownBy(() -> this.server.receive(hello));
	}

	private static void assertRefused(CurveServerHandshake server, byte[] command, int index) {
		byte[] changed = command.clone();
		changed[index] ^= 1;
		assertThatExceptionOfType(HandshakeFailure.class).as("byte %d", index)
			.isThrownBy(() -> server.receive(changed));
	}

	private void shakeHands() throws HandshakeFailure {
		this.server.receive(this.client.send());
		this.client.receive(this.server.send());
		this.server.receive(this.client.send());
		this.server.allow();
		this.client.receive(this.server.send());
		assertThat(this.client.state()).isEqualTo(CurveHandshake.State.READY);
		assertThat(this.server.state()).isEqualTo(CurveHandshake.State.READY);
	}

	private CurveServerHandshake server(byte[] secret) {
		return new CurveServerHandshake(List.of(secret), "of the server".getBytes(StandardCharsets.UTF_8));
	}

	private CurveClientHandshake client(byte[] serverKey) {
		return new CurveClientHandshake(Nacl.publicKey(this.clientSecret), this.clientSecret, serverKey,
				"of the client".getBytes(StandardCharsets.UTF_8));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
