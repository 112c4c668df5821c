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

package io.github.zmqspring.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;

import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ZmqKeys}.
 */
class ZmqKeysTests {

	/** The server of libzmq's own CURVE examples. */
	private static final String PUBLIC = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";

	private static final String SECRET = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6";

	@TempDir
	Path directory;

	@Test
	void publicKeyIsDerivedFromTheSecretKey() {
		assertThat(ZmqKeyPair.ofSecretKey(SECRET).publicKey()).isEqualTo(PUBLIC);
		assertThat(ZmqKeyPair.of(PUBLIC, SECRET).secretKey()).isEqualTo(SECRET);
	}

	@Test
	void z85IsTheOneOfItsSpecification() {
		assertThat(Z85.encode(HexFormat.of().parseHex("864fd26fb559f75b"))).isEqualTo("HelloWorld");
		assertThat(Z85.decode("HelloWorld")).isEqualTo(HexFormat.of().parseHex("864fd26fb559f75b"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "too-short|characters instead of 40",
					"JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh |character 40 is not one of Z85",
					"#####VSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{L|are no Z85 group",
					"0000000000000000000000000000000000000000|only zero bytes" })
	void keyThatCannotBeOneIsRefusedWithoutBeingQuoted(String key, String reason) {
		String padded = (key.length() == 39) ? key + " " : key;
		assertThatExceptionOfType(ZmqKeyException.class).isThrownBy(() -> ZmqKeyPair.ofSecretKey(padded))
			.withMessageContaining(reason)
			.withMessageNotContaining(key.substring(0, 9));
	}

	@Test
	void halvesThatDoNotBelongTogetherAreRefused() {
		String other = ZmqKeys.generate().publicKey();
		assertThatExceptionOfType(ZmqKeyException.class).isThrownBy(() -> ZmqKeyPair.of(other, SECRET))
			.withMessageContaining("not the one of the secret key")
			.withMessageNotContaining(SECRET);
	}

	@Test
	void generatedKeysCanBeWrittenIntoPropertiesAsTheyAre() {
		for (int i = 0; i < 500; i++) {
			ZmqKeyPair pair = ZmqKeys.generate();
			assertThat(pair.publicKey() + " " + pair.secretKey()).doesNotContain("${", "#{");
		}
	}

	@Test
	void secretKeyIsNotShown() {
		assertThat(ZmqKeyPair.ofSecretKey(SECRET)).asString().contains(PUBLIC).doesNotContain(SECRET);
	}

	@Test
	void secretFileIsReadableByItsOwnerAlone() throws IOException {
		ZmqKeyPair pair = ZmqKeys.generate();
		Path file = this.directory.resolve("server.key_secret");
		ZmqKeys.writeSecret(file, pair);
		assertThat(ZmqKeys.read(file)).isEqualTo(pair);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
	}

	@Test
	void publicFileHasNoSecretKey() throws IOException {
		ZmqKeyPair pair = ZmqKeys.generate();
		Path file = this.directory.resolve("server.key");
		ZmqKeys.writePublic(file, pair);
		assertThat(ZmqKeys.read(file).hasSecretKey()).isFalse();
		assertThat(Files.readString(file)).doesNotContain(pair.secretKey());
	}

	@Test
	void pemFileOfX25519IsRead() throws Exception {
		byte[] encoded = KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate().getEncoded();
		Path file = this.directory.resolve("key.pem");
		Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
				+ "\n-----END PRIVATE KEY-----\n");
		assertThat(ZmqKeys.read(file).hasSecretKey()).isTrue();
	}

	@Test
	void fileThatIsNoCertificateIsNamed() throws IOException {
		Path file = this.directory.resolve("nothing.key");
		assertThatExceptionOfType(ZmqKeyException.class).isThrownBy(() -> ZmqKeys.read(file))
			.withMessageContaining("nothing.key cannot be read: NoSuchFile");
		Files.writeString(file, "metadata\n    name = x\n");
		assertThatExceptionOfType(ZmqKeyException.class).isThrownBy(() -> ZmqKeys.read(file))
			.withMessageContaining("no section 'curve'");
		Files.write(file, new byte[] { (byte) 0xff, (byte) 0xfe, 0 });
		assertThatExceptionOfType(ZmqKeyException.class).isThrownBy(() -> ZmqKeys.read(file))
			.withMessageContaining("not a text file");
	}

	@Test
	@RequiresPyzmq
	void certificatesAreThoseOfPyzmqBothWays() {
		Path ours = this.directory.resolve("ours.key_secret");
		ZmqKeyPair pair = ZmqKeys.generate();
		ZmqKeys.writeSecret(ours, pair);
		try (PythonPeer peer = PythonPeer.start("""
				import zmq.auth
				public, secret = zmq.auth.load_certificate(sys.argv[1])
				say("ours", public.decode(), secret.decode(), zmq.curve_public(secret).decode())
				zmq.auth.create_certificates(sys.argv[2], "theirs", {"name": "hub"})
				say("written")
				""", ours.toString(), this.directory.toString())) {
			assertThat(peer.awaitLine("ours "))
				.isEqualTo("ours %s %s %s".formatted(pair.publicKey(), pair.secretKey(), pair.publicKey()));
			peer.awaitLine("written");
			assertThat(peer.awaitExit()).isZero();
		}
		ZmqKeyPair theirs = ZmqKeys.read(this.directory.resolve("theirs.key_secret"));
		assertThat(theirs.hasSecretKey()).isTrue();
		assertThat(ZmqKeys.read(this.directory.resolve("theirs.key")).publicKey()).isEqualTo(theirs.publicKey());
	}

	@Test
	void commandLineGeneratesShowsAndVerifies() {
		String name = this.directory.resolve("cli").toString();
		assertThat(run("generate", name)).startsWith("0 ");
		String shown = run("public", name + ".key_secret");
		assertThat(run("public", name + ".key")).isEqualTo(shown);
		assertThat(run("verify", name + ".key_secret")).contains("with its secret key");
		assertThat(run("generate", name)).startsWith("1 ").contains("exists");
		assertThat(run("verify", name + ".none")).startsWith("1 ");
		assertThat(run()).startsWith("2 ").contains("Usage");
		assertThat(run("generate")).contains("secret-key");
	}

	@ParameterizedTest
	@ValueSource(strings = { ".key", ".key_secret" })
	void commandLineReplacesNoHalfOfAPair(String half) throws IOException {
		Path file = Files.writeString(this.directory.resolve("half" + half), "precious");
		assertThat(run("generate", this.directory.resolve("half").toString())).startsWith("1 ")
			.contains(half + " exists");
		assertThat(file).hasContent("precious");
		assertThat(this.directory).isDirectoryNotContaining((other) -> !other.equals(file));
	}

	private static String run(String... args) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
		int code = ZmqKeys.run(stream, stream, args);
		return code + " " + bytes.toString(StandardCharsets.UTF_8);
	}

}
