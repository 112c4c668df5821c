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

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes, reads, writes and checks CURVE keys (RFC 26). Its {@link #main(String...)} does
 * so on a command line: <pre>
 * java -cp app.jar io.github.zmqspring.security.ZmqKeys generate server
 * </pre>
 *
 * @since 0.1.0
 */
public final class ZmqKeys {

	private static final String USAGE = """
			Usage:
			  generate          print a new key pair
			  generate FILE     write FILE.key (public) and FILE.key_secret (for its owner only)
			  public FILE       print the public key of a certificate or PEM file
			  verify FILE       check a file: readable, a valid key, both halves belong together
			""";

	private ZmqKeys() {
	}

	/**
	 * Make a key pair.
	 * @return the pair
	 */
	public static ZmqKeyPair generate() {
		while (true) {
			ZmqKeyPair pair = ZmqKeyPair.ofSecretKey(X25519.newSecretKey());
			// properties would take these for placeholders and expressions
			if (!(pair.publicKey() + ' ' + pair.secretKey()).matches(".*[$#][{].*")) {
				return pair;
			}
		}
	}

	/**
	 * Read a key file: a certificate of CZMQ or pyzmq, or a PKCS#8 PEM file of X25519.
	 * @param file the file
	 * @return the key pair, or its public half if the file has no more
	 * @throws ZmqKeyException if it cannot be read, or what it has is not a key
	 */
	public static ZmqKeyPair read(Path file) {
		return CertificateFile.read(file);
	}

	/**
	 * Write the public half of a key pair in the form of CZMQ and pyzmq.
	 * @param file the file, which is replaced if it exists
	 * @param pair the key pair
	 * @throws java.io.UncheckedIOException if it cannot be written
	 */
	public static void writePublic(Path file, ZmqKeyPair pair) {
		CertificateFile.write(file, pair, Map.of(), false);
	}

	/**
	 * Write both halves of a key pair in the form of CZMQ and pyzmq, readable by the
	 * file's owner alone where the file system has permissions.
	 * @param file the file, which is replaced if it exists
	 * @param pair the key pair
	 * @throws java.io.UncheckedIOException if it cannot be written
	 * @throws IllegalStateException if the secret key is not known
	 */
	public static void writeSecret(Path file, ZmqKeyPair pair) {
		CertificateFile.write(file, pair, Map.of(), true);
	}

	/**
	 * Generate, show or verify keys.
	 * @param args the command and a file
	 */
	public static void main(String... args) {
		System.exit(run(System.out, System.err, args));
	}

	static int run(PrintStream out, PrintStream err, String... args) {
		try {
			String command = (args.length > 0) ? args[0] : "";
			if (command.equals("generate") && args.length == 1) {
				ZmqKeyPair pair = generate();
				out.println("public-key: \"" + pair.publicKey() + '"');
				out.println("secret-key: \"" + pair.secretKey() + '"');
				return 0;
			}
			if (args.length == 2 && command.equals("generate")) {
				return generate(out, err, args[1]);
			}
			if (args.length == 2 && command.equals("public")) {
				out.println(read(Path.of(args[1])).publicKey());
				return 0;
			}
			if (args.length == 2 && command.equals("verify")) {
				ZmqKeyPair pair = read(Path.of(args[1]));
				out.println(pair.publicKey() + ((pair.hasSecretKey()) ? " (with its secret key)" : " (public half)"));
				return 0;
			}
			err.print(USAGE);
			return 2;
		}
		catch (ZmqKeyException | java.io.UncheckedIOException ex) {
			err.println(ex.getMessage());
			return 1;
		}
	}

	private static int generate(PrintStream out, PrintStream err, String name) {
		Path publicFile = Path.of(name + ".key");
		Path secretFile = Path.of(name + ".key_secret");
		for (Path file : new Path[] { publicFile, secretFile }) {
			if (Files.exists(file)) {
				err.println(file + " exists: remove it first, or choose another name");
				return 1;
			}
		}
		ZmqKeyPair pair = generate();
		writeSecret(secretFile, pair);
		writePublic(publicFile, pair);
		out.println(publicFile + " and " + secretFile + " written, public key " + pair.publicKey());
		return 0;
	}

}
