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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.XECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes key files: the certificates of CZMQ and pyzmq (sections
 * {@code metadata} and {@code curve}, RFC 4), and PKCS#8 PEM files of X25519.
 */
final class CertificateFile {

	private static final Pattern ENTRY = Pattern.compile("^\\s+([A-Za-z0-9_-]+)\\s*=\\s*(.*?)\\s*$");

	private static final Pattern PEM = Pattern
		.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

	private static final long LARGEST = 64 * 1024;

	private CertificateFile() {
	}

	/**
	 * Read a file.
	 * @throws ZmqKeyException if it cannot be read or has no key
	 */
	static ZmqKeyPair read(Path file) {
		String text;
		try {
			if (Files.size(file) > LARGEST) {
				throw new ZmqKeyException("%s is too large for a certificate".formatted(file));
			}
			text = Files.readString(file);
		}
		catch (MalformedInputException ex) {
			throw new ZmqKeyException("%s is not a text file".formatted(file));
		}
		catch (IOException ex) {
			throw new ZmqKeyException("%s cannot be read: %s".formatted(file, reason(ex)));
		}
		try {
			Matcher pem = PEM.matcher(text);
			return (pem.find()) ? ofPkcs8(pem.group(1)) : ofSections(text);
		}
		catch (ZmqKeyException ex) {
			throw new ZmqKeyException("%s: %s".formatted(file, ex.getMessage()));
		}
	}

	private static String reason(IOException ex) {
		return ex.getClass().getSimpleName().replaceAll("Exception$", "");
	}

	private static ZmqKeyPair ofSections(String text) {
		Map<String, String> curve = new LinkedHashMap<>();
		boolean inside = false;
		for (String line : text.split("\\R")) {
			if (line.isBlank() || line.stripLeading().startsWith("#")) {
				continue;
			}
			if (!Character.isWhitespace(line.charAt(0))) {
				inside = line.strip().equals("curve");
				continue;
			}
			Matcher entry = ENTRY.matcher(line);
			if (inside && entry.matches()) {
				curve.put(entry.group(1), unquoted(entry.group(2)));
			}
		}
		String publicKey = curve.get("public-key");
		String secretKey = curve.get("secret-key");
		if (secretKey != null) {
			return (publicKey != null) ? ZmqKeyPair.of(publicKey, secretKey) : ZmqKeyPair.ofSecretKey(secretKey);
		}
		if (publicKey == null) {
			throw new ZmqKeyException("it has no section 'curve' with a public-key or a secret-key");
		}
		return ZmqKeyPair.ofPublicKey(publicKey);
	}

	private static String unquoted(String value) {
		boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
		return (quoted) ? value.substring(1, value.length() - 1) : value;
	}

	private static ZmqKeyPair ofPkcs8(String base64) {
		try {
			byte[] encoded = Base64.getMimeDecoder().decode(base64);
			var key = KeyFactory.getInstance("X25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
			byte[] scalar = ((XECPrivateKey) key).getScalar()
				.orElseThrow(() -> new ZmqKeyException("its private key is not accessible"));
			return ZmqKeyPair.ofSecretKey(scalar);
		}
		catch (GeneralSecurityException | IllegalArgumentException | ClassCastException ex) {
			throw new ZmqKeyException("its private key is not PKCS#8 of X25519");
		}
	}

	/**
	 * Write a certificate file, readable by its owner alone if it has the secret key. A
	 * file that is there is replaced at once, never half.
	 */
	static void write(Path file, ZmqKeyPair pair, Map<String, String> metadata, boolean withSecretKey) {
		StringBuilder text = new StringBuilder("#   ZeroMQ CURVE ")
			.append((withSecretKey) ? "**Secret** Certificate\n#   DO NOT PROVIDE THIS FILE TO OTHER USERS"
					+ " nor change its permissions.\n\n" : "Public Certificate\n\n")
			.append("metadata\n");
		metadata.forEach((name, value) -> text.append("    %s = \"%s\"\n".formatted(name, value)));
		text.append("curve\n    public-key = \"%s\"\n".formatted(pair.publicKey()));
		if (withSecretKey) {
			text.append("    secret-key = \"%s\"\n".formatted(pair.secretKey()));
		}
		try {
			Path directory = file.toAbsolutePath().getParent();
			Path temporary = createTemporary(directory, withSecretKey);
			try {
				Files.write(temporary, text.toString().getBytes(StandardCharsets.UTF_8));
				Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
			}
			finally {
				Files.deleteIfExists(temporary);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be written".formatted(file), ex);
		}
	}

	private static Path createTemporary(@Nullable Path directory, boolean secret) throws IOException {
		Path parent = (directory != null) ? directory : Path.of(".");
		boolean posix = Files.getFileAttributeView(parent, java.nio.file.attribute.PosixFileAttributeView.class,
				LinkOption.NOFOLLOW_LINKS) != null;
		return (posix)
				? Files.createTempFile(parent, ".zmq", null,
						PosixFilePermissions
							.asFileAttribute(PosixFilePermissions.fromString((secret) ? "rw-------" : "rw-r--r--")))
				: Files.createTempFile(parent, ".zmq", null);
	}

}
