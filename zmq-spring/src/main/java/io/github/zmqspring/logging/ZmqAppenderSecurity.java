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

package io.github.zmqspring.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.zmqspring.security.AddressRanges;
import io.github.zmqspring.security.SocketAuthentication;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.security.ZmqKeyException;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import org.jspecify.annotations.Nullable;

/**
 * The CURVE security of a {@link ZmqAppender}, read when it starts: <pre>
 * &lt;security&gt;
 *   &lt;keyFile&gt;/etc/zmq/shop.key_secret&lt;/keyFile&gt;
 *   &lt;serverKey&gt;/etc/zmq/collector.key&lt;/serverKey&gt;
 * &lt;/security&gt;
 * </pre> With {@code serverKey} the appender is a client of the collector, with
 * {@code clients} or {@code allowAnyClient} the server of its subscribers.
 *
 * @since 0.1.0
 */
public class ZmqAppenderSecurity {

	private @Nullable String keyFile;

	private @Nullable String serverKey;

	private @Nullable String clients;

	private boolean allowAnyClient;

	/**
	 * Set the file with the key pair of the appender.
	 * @param keyFile a certificate file of CZMQ and pyzmq, or PKCS#8 PEM of X25519
	 */
	public void setKeyFile(String keyFile) {
		this.keyFile = keyFile;
	}

	/**
	 * Set the public key of the collector.
	 * @param serverKey 40 characters of Z85, or a file
	 */
	public void setServerKey(String serverKey) {
		this.serverKey = serverKey;
	}

	/**
	 * Set which subscribers the appender lets in.
	 * @param clients a directory of public certificates
	 */
	public void setClients(String clients) {
		this.clients = clients;
	}

	/**
	 * Set whether any subscriber is let in, whatever its key.
	 * @param allowAnyClient whether it is
	 */
	public void setAllowAnyClient(boolean allowAnyClient) {
		this.allowAnyClient = allowAnyClient;
	}

	/**
	 * Return the security.
	 * @throws ZmqKeyException if a key cannot be read
	 * @throws IllegalArgumentException if it would not protect
	 */
	SocketSecurity toSecurity() {
		if (this.keyFile == null) {
			throw new IllegalArgumentException("<security> needs a <keyFile>");
		}
		ZmqKeyPair own = ZmqKeys.read(Path.of(this.keyFile));
		if (!own.hasSecretKey()) {
			throw new IllegalArgumentException("%s has no secret key".formatted(this.keyFile));
		}
		boolean server = this.clients != null || this.allowAnyClient;
		if (server == (this.serverKey != null) || (this.clients != null && this.allowAnyClient)) {
			throw new IllegalArgumentException(
					"<security> needs one of <serverKey>, <clients> and <allowAnyClient>, and no more");
		}
		if (this.serverKey != null) {
			String text = this.serverKey.strip();
			ZmqKeyPair key = (Files.exists(Path.of(text))) ? ZmqKeys.read(Path.of(text)) : ZmqKeyPair.ofPublicKey(text);
			return SocketSecurity.ofCurveClient(() -> own, () -> key);
		}
		Map<String, String> known = (this.clients != null) ? read(Path.of(this.clients)) : null;
		return SocketSecurity.ofCurveServer(() -> List.of(own),
				new SocketAuthentication(AddressRanges.of(List.of()), AddressRanges.of(List.of()),
						(known != null) ? () -> known : null, null, List.of(), Runnable::run, Duration.ofSeconds(10)));
	}

	private static Map<String, String> read(Path directory) {
		Map<String, String> users = new LinkedHashMap<>();
		try (Stream<Path> files = Files.list(directory)) {
			files.filter(Files::isRegularFile)
				.forEach((file) -> users.put(ZmqKeys.read(file).publicKey(), file.getFileName().toString()));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("%s cannot be read".formatted(directory), ex);
		}
		return users;
	}

}
