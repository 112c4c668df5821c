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

package io.github.zmqspring.autoconfigure.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.security.ZmqAuthenticationDecision;
import io.github.zmqspring.security.ZmqAuthenticator;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The security of sockets as it is written in properties: it works, or stops the start.
 */
@NoLeaks
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class SecurityPropertiesTests {

	private static final String SECRET = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6";

	private static final Duration LONG = Duration.ofSeconds(20);

	private final ZmqKeyPair server = ZmqKeys.generate();

	private final ZmqKeyPair client = ZmqKeys.generate();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class,
				ZmqProxyAutoConfiguration.class))
		.withPropertyValues("zmq.template.receive-timeout=20s", "zmq.sockets.in.type=pull",
				"zmq.sockets.in.bind=tcp://127.0.0.1:*");

	@TempDir
	private Path directory;

	private ApplicationContextRunner curveServer(String... more) {
		return this.runner
			.withPropertyValues("zmq.security.keys.server.secret-key=" + this.server.secretKey(),
					"zmq.security.keys.me.secret-key=" + this.client.secretKey(),
					"zmq.security.keys.hub.public-key=" + this.server.publicKey(),
					"zmq.sockets.in.security.mechanism=curve", "zmq.sockets.in.security.key=server")
			.withPropertyValues(more);
	}

	private static String[] sender(String name, String... security) {
		List<String> properties = new ArrayList<>(
				List.of("zmq.sockets." + name + ".type=push", "zmq.sockets." + name + ".connect=socket:in"));
		for (String one : security) {
			properties.add("zmq.sockets." + name + ".security." + one);
		}
		return properties.toArray(String[]::new);
	}

	private static void assertArrives(ApplicationContext context, String from, String text) {
		ZmqTemplate template = context.getBean(ZmqTemplate.class);
		template.convertAndSend(from, text);
		assertThat(template.receiveAndConvert("in", String.class)).isEqualTo(text);
	}

	@Test
	void curveLetsTheClientsOfItsListIn() {
		curveServer("zmq.security.clients.partners.keys.alice=" + this.client.publicKey(),
				"zmq.sockets.in.security.clients=partners")
			.withPropertyValues(sender("out", "mechanism=curve", "key=me", "server-key=hub"))
			.withPropertyValues(sender("literal", "mechanism=CURVE", "key=me", "server-key=" + this.server.publicKey()))
			.withPropertyValues(sender("stranger", "mechanism=curve", "key=server", "server-key=hub"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertArrives(context, "out", "hello");
				assertArrives(context, "literal", "again");
				assertThat(context.getBean(ZmqSockets.class).awaitPeers("stranger", 1, Duration.ofMillis(500)))
					.isFalse();
				assertThat(context.getBean(ZmqSockets.class).definition("in").toString())
					.doesNotContain(this.server.secretKey());
			});
	}

	@Test
	@RequiresPyzmq
	void libzmqIsLetInAndRefused() {
		curveServer("zmq.security.clients.partners.keys.alice=" + this.client.publicKey(),
				"zmq.sockets.in.security.clients=partners")
			.run((context) -> {
				String script = """
						public, secret, server, endpoint, text = sys.argv[1:6]
						socket = ctx.socket(zmq.PUSH)
						socket.linger = 0
						socket.curve_publickey = public.encode()
						socket.curve_secretkey = secret.encode()
						socket.curve_serverkey = server.encode()
						socket.connect(endpoint)
						socket.send(text.encode())
						say("sent")
						sys.stdin.readline()
						""";
				String endpoint = context.getEnvironment().getRequiredProperty("local.zmq.in.endpoint");
				ZmqKeyPair stranger = ZmqKeys.generate();
				try (PythonPeer bad = PythonPeer.start(script, stranger.publicKey(), stranger.secretKey(),
						this.server.publicKey(), endpoint, "bad");
						PythonPeer good = PythonPeer.start(script, this.client.publicKey(), this.client.secretKey(),
								this.server.publicKey(), endpoint, "good")) {
					assertThat(context.getBean(ZmqTemplate.class).receiveAndConvert("in", String.class))
						.isEqualTo("good");
					assertThat(context.getBean(ZmqSockets.class).status("in").peers()).isEqualTo(1);
					assertThat(context.getBean(ZmqSockets.class).status("in").received()).isEqualTo(1);
				}
			});
	}

	@Test
	void aServerMayHaveSeveralKeysAndLetAnyClientIn() {
		ZmqKeyPair old = ZmqKeys.generate();
		curveServer("zmq.security.keys.old.secret-key=" + old.secretKey(), "zmq.sockets.in.security.key=server,old",
				"zmq.sockets.in.security.allow-any-client=true")
			.withPropertyValues(sender("out", "mechanism=curve", "key=me", "server-key=hub"))
			.withPropertyValues(sender("late", "mechanism=curve", "key=me", "server-key=" + old.publicKey()))
			.run((context) -> {
				assertArrives(context, "out", "by the new key");
				assertArrives(context, "late", "by the old one");
			});
	}

	@Test
	void filesAreReadAndReadAgain(CapturedOutput output) throws Exception {
		Path secret = this.directory.resolve("server.key_secret");
		ZmqKeys.writeSecret(secret, this.server);
		Path clients = Files.createDirectory(this.directory.resolve("clients"));
		curveServer("zmq.security.keys.file.location=" + secret.toUri(), "zmq.sockets.in.security.key=file",
				"zmq.security.clients.partners.location=" + clients.toUri(),
				"zmq.security.clients.partners.reload-on-update=true", "zmq.sockets.in.security.clients=partners")
			.withPropertyValues(sender("out", "mechanism=curve", "key=me", "server-key=hub"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThat(sockets.awaitPeers("out", 1, Duration.ofMillis(300))).isFalse();
				ZmqKeys.writePublic(clients.resolve("alice.key"), this.client);
				assertThat(sockets.awaitPeers("out", 1, LONG)).isTrue();
				assertArrives(context, "out", "hello");
				// a file that is half-written ends no connection, one that is removed
				// does
				Files.writeString(clients.resolve("broken.key"), "metadata\ncurve\n    public-key = \"too sh");
				Files.delete(clients.resolve("alice.key"));
				Awaitility.await().atMost(LONG).until(() -> output.toString().contains("and cannot be used"));
				assertThat(sockets.status("in").peers()).isOne();
				Files.delete(clients.resolve("broken.key"));
				Awaitility.await().atMost(LONG).until(() -> sockets.status("in").peers() == 0);
				ZmqKeys.writePublic(clients.resolve("alice.key"), this.client);
				assertThat(sockets.awaitPeers("out", 1, LONG)).isTrue();
			});
	}

	@Test
	void plainComparesNamesAndPasswords() {
		this.runner
			.withPropertyValues("zmq.security.users.staff.alice=open sesame", "zmq.security.users.staff.bob={noop}b",
					"zmq.sockets.in.security.mechanism=plain", "zmq.sockets.in.security.users=staff")
			.withPropertyValues(sender("alice", "mechanism=plain", "username=alice", "password=open sesame"))
			.withPropertyValues(sender("bob", "mechanism=plain", "username=bob", "password=b"))
			.withPropertyValues(sender("eve", "mechanism=plain", "username=alice", "password=wrong"))
			.run((context) -> {
				assertArrives(context, "alice", "one");
				assertArrives(context, "bob", "two");
				assertThat(context.getBean(ZmqSockets.class).awaitPeers("eve", 1, Duration.ofMillis(500))).isFalse();
			});
	}

	@Test
	void encodedPasswordsAreCompared() {
		String encoded = new BCryptPasswordEncoder(4).encode("open sesame");
		this.runner
			.withPropertyValues("zmq.security.users.staff.alice={bcrypt}" + encoded,
					"zmq.security.users.staff.bob={noop}b", "zmq.security.users.staff.carol=c",
					"zmq.security.users.staff.dave={bcrypt}no hash", "zmq.sockets.in.security.mechanism=plain",
					"zmq.sockets.in.security.users=staff")
			.withPropertyValues(sender("alice", "mechanism=plain", "username=alice", "password=open sesame"))
			.withPropertyValues(sender("bob", "mechanism=plain", "username=bob", "password=b"))
			.withPropertyValues(sender("carol", "mechanism=plain", "username=carol", "password=c"))
			.withPropertyValues(sender("guess", "mechanism=plain", "username=alice", "password=open"))
			.withPropertyValues(sender("stolen", "mechanism=plain", "username=alice", "password={bcrypt}" + encoded))
			.withPropertyValues(sender("nobody", "mechanism=plain", "username=eve", "password=open sesame"))
			.withPropertyValues(sender("dave", "mechanism=plain", "username=dave", "password=no hash"))
			.run((context) -> {
				assertArrives(context, "alice", "one");
				assertArrives(context, "bob", "two");
				assertArrives(context, "carol", "three");
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				for (String refused : List.of("guess", "stolen", "nobody", "dave")) {
					Awaitility.await()
						.until(() -> String.valueOf(sockets.status(refused).lastError()).contains("refused us"));
				}
			});
	}

	@Test
	void anAuthenticatorOfTheApplicationDecidesInsteadOfAList() {
		ZmqAuthenticator authenticator = (request) -> CompletableFuture
			.completedFuture(this.client.publicKey().equals(request.publicKey())
					? ZmqAuthenticationDecision.allow("alice") : ZmqAuthenticationDecision.deny("not alice"));
		curveServer().withBean(ZmqAuthenticator.class, () -> authenticator)
			.withPropertyValues(sender("out", "mechanism=curve", "key=me", "server-key=hub"))
			.withPropertyValues(sender("stranger", "mechanism=curve", "key=server", "server-key=hub"))
			.run((context) -> {
				assertArrives(context, "out", "hello");
				assertThat(context.getBean(ZmqSockets.class).awaitPeers("stranger", 1, Duration.ofMillis(500)))
					.isFalse();
			});
	}

	@Test
	void addressesAreChecked() {
		this.runner.withPropertyValues("zmq.sockets.in.security.deny-addresses=127.0.0.0/8")
			.withPropertyValues(sender("out"))
			.run((context) -> assertThat(context.getBean(ZmqSockets.class).awaitPeers("in", 1, Duration.ofMillis(500)))
				.isFalse());
		this.runner
			.withPropertyValues("zmq.sockets.in.security.mechanism=null",
					"zmq.sockets.in.security.allow-addresses=127.0.0.1, 10.0.0.0/8")
			.withPropertyValues(sender("out"))
			.run((context) -> assertArrives(context, "out", "hello"));
	}

	@Test
	void sidesOfProxiesHaveTheSame() {
		curveServer("zmq.sockets.in.security.allow-any-client=true", "zmq.proxies.p.type=streamer",
				"zmq.proxies.p.frontend.bind=tcp://127.0.0.1:*", "zmq.proxies.p.frontend.security.mechanism=curve",
				"zmq.proxies.p.frontend.security.key=server", "zmq.proxies.p.frontend.security.allow-any-client=true",
				"zmq.proxies.p.backend.connect=socket:in", "zmq.proxies.p.backend.security.mechanism=curve",
				"zmq.proxies.p.backend.security.key=me", "zmq.proxies.p.backend.security.server-key=hub",
				"zmq.sockets.out.type=push", "zmq.sockets.out.connect=socket:p.frontend",
				"zmq.sockets.out.security.mechanism=curve", "zmq.sockets.out.security.key=me",
				"zmq.sockets.out.security.server-key=hub")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertArrives(context, "out", "through");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					mechanism=gssapi | security.mechanism: 'gssapi' is no mechanism | null, plain or curve
					key=server | security.key: without a mechanism it would protect nothing | Set zmq.sockets.in.security.mechanism
					users=staff | security.users: without a mechanism | mechanism
					password=hush | security.password: without a mechanism | mechanism
					mechanism=curve | security: it says neither which clients may connect nor which server | allow-any-client
					mechanism=curve;key=server | security: it says neither which clients | Set clients
					mechanism=curve;allow-any-client=true | security.key: the mechanism curve needs a key pair | zmq.security.keys
					mechanism=curve;key=nobody;allow-any-client=true | security.key: there is no 'nobody' in zmq.security.keys | use one of [
					mechanism=curve;key=hub;allow-any-client=true | security.key: 'hub' has no secret key | zmq.security.keys.hub.secret-key
					mechanism=curve;key=short;allow-any-client=true | zmq.security.keys.short: The secret key has 5 characters instead of 40 | ZmqKeys generate
					mechanism=curve;key=zero;allow-any-client=true | zmq.security.keys.zero: The secret key has only zero bytes | ZmqKeys generate
					mechanism=curve;key=wrong;allow-any-client=true | zmq.security.keys.wrong: The public key is not the one of the secret key | ZmqKeys
					mechanism=curve;key=none;allow-any-client=true | zmq.security.keys.none: it has no key | secret-key, public-key or location
					mechanism=curve;key=lost;allow-any-client=true | zmq.security.keys.lost.location | /nowhere/server.key_secret
					mechanism=curve;key=server;clients=nobody | security.clients: there is no 'nobody' in zmq.security.clients | Define zmq.security.clients.nobody
					mechanism=curve;key=server;clients=empty | zmq.security.clients.empty: it has no client | allow-any-client: true
					mechanism=curve;key=server;clients=bad | zmq.security.clients.bad.keys.eve: The public key has 3 characters | Z85
					mechanism=curve;key=server;clients=partners;allow-any-client=true | it has clients, and allow-any-client as well | Remove one
					mechanism=curve;key=server;clients=partners;server-key=hub | with a server-key it is a client | Remove one
					mechanism=curve;key=server,other;server-key=hub | security.key: | Name one
					mechanism=curve;key=server;server-key=nobody | security.server-key: there is no 'nobody' | zmq.security.keys
					mechanism=curve;key=server;allow-any-client=true;username=a | security.username: it belongs to the mechanism plain | Remove it
					mechanism=plain;key=server | security.key: it belongs to the mechanism curve | Remove it
					mechanism=plain | security: it says neither who may connect nor who it is | users for a server
					mechanism=plain;username=a | security: it has only one of username and password | both
					mechanism=plain;users=nobody | security.users: there is no 'nobody' in zmq.security.users | Define
					mechanism=plain;users=staff;username=a;password=b | with users it is a server | Remove one
					mechanism=plain;users=encoded | zmq.security.users.encoded.alice: Spring Security knows no '{rot13}' | {bcrypt}
					allow-addresses=example.org | security.allow-addresses: 'example.org' is no IP address or range | 10.0.0.0/8
					mechanism=plain;username=a;password=b;deny-addresses=10.0.0.1 | decides about no addresses | Remove
					""")
	void whatWouldNotProtectStopsTheStart(String security, String reason, String action) {
		ApplicationContextRunner wrong = this.runner.withPropertyValues("zmq.security.keys.server.secret-key=" + SECRET,
				"zmq.security.keys.hub.public-key=" + this.server.publicKey(),
				"zmq.security.keys.short.secret-key=12345",
				"zmq.security.keys.other.secret-key=" + this.client.secretKey(),
				"zmq.security.keys.zero.secret-key=0000000000000000000000000000000000000000",
				"zmq.security.keys.wrong.secret-key=" + SECRET,
				"zmq.security.keys.wrong.public-key=" + this.server.publicKey(),
				"zmq.security.keys.none.reload-on-update=true",
				"zmq.security.keys.lost.location=file:/nowhere/server.key_secret",
				"zmq.security.clients.partners.keys.alice=" + this.client.publicKey(),
				"zmq.security.clients.empty.reload-on-update=true", "zmq.security.clients.bad.keys.eve=abc",
				"zmq.security.users.staff.alice=open sesame", "zmq.security.users.encoded.alice={rot13}bcra frfnzr");
		for (String one : security.split(";")) {
			wrong = wrong.withPropertyValues("zmq.sockets.in.security." + one);
		}
		wrong.run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(ZmqConfigurationException.class)
				.hasMessageContaining(reason)
				.hasMessageContaining(action);
			assertThat(context.getStartupFailure()).message()
				.doesNotContain(SECRET)
				.doesNotContain("open sesame")
				.doesNotContain("12345");
		});
	}

	@ParameterizedTest
	@CsvSource({ "tcp://*:0,false", "tcp://0.0.0.0:*,false", "tcp://127.0.0.1:*,true", "inproc://here,true" })
	void clearTextStaysOnThisMachineUnlessAllowed(String endpoint, boolean local) {
		ApplicationContextRunner plain = this.runner.withPropertyValues("zmq.security.users.staff.alice=a",
				"zmq.sockets.x.type=pull", "zmq.sockets.x.bind=" + endpoint.replace(":0", ":*"),
				"zmq.sockets.x.security.mechanism=plain", "zmq.sockets.x.security.users=staff");
		plain.run((context) -> {
			if (local) {
				assertThat(context).hasNotFailed();
			}
			else {
				assertThat(context.getStartupFailure()).rootCause()
					.hasMessageContaining("clear text")
					.hasMessageContaining("zmq.sockets.x.security.allow-clear-text: true");
			}
		});
		plain.withPropertyValues("zmq.sockets.x.security.allow-clear-text=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void clearTextStaysOnThisMachineAtRunTimeAndThroughProxiesToo() {
		this.runner
			.withPropertyValues("zmq.security.users.staff.alice=a", "zmq.sockets.in.security.mechanism=plain",
					"zmq.sockets.in.security.users=staff")
			.run((context) -> {
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThatExceptionOfType(ZmqConfigurationException.class)
					.isThrownBy(() -> sockets.connect("in", "tcp://192.0.2.1:5555"))
					.withMessageContaining("clear text");
				assertThatExceptionOfType(ZmqConfigurationException.class)
					.isThrownBy(() -> sockets.bind("in", "tcp://0.0.0.0:*"))
					.withMessageContaining("clear text");
				assertThat(sockets.bind("in", "tcp://127.0.0.1:*")).isNotNull();
				assertThat(sockets.bind("in", "tcp://localhost:*")).isNotNull();
			});
		this.runner
			.withPropertyValues("zmq.security.users.staff.alice=a", "zmq.proxies.p.type=streamer",
					"zmq.proxies.p.frontend.bind=tcp://*:*", "zmq.proxies.p.frontend.security.mechanism=plain",
					"zmq.proxies.p.frontend.security.users=staff", "zmq.proxies.p.backend.connect=socket:in")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("zmq.proxies.p.frontend.security.allow-clear-text: true"));
	}

	@Test
	void rawTcpHasNoHandshakeThatCouldBeSecured() {
		curveServer("zmq.sockets.in.security.allow-any-client=true", "zmq.sockets.x.type=stream",
				"zmq.sockets.x.bind=tcp://127.0.0.1:*", "zmq.sockets.x.security.mechanism=curve",
				"zmq.sockets.x.security.key=server", "zmq.sockets.x.security.allow-any-client=true")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("zmq.sockets.x.security")
				.hasMessageContaining("STREAM sockets speak raw TCP"));
	}

}
