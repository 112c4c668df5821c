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

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MarkerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ZmqAppender}.
 */
@NoLeaks
@Timeout(120)
class ZmqAppenderTests {

	private final LoggerContext logging = new LoggerContext();

	@AfterEach
	void stop() {
		this.logging.stop();
	}

	private Logger configure(String settings) throws JoranException {
		JoranConfigurator configurator = new JoranConfigurator();
		configurator.setContext(this.logging);
		configurator.doConfigure(new ByteArrayInputStream("""
				<configuration>
				  <appender name="ZMQ" class="%s">%s</appender>
				  <root level="debug"><appender-ref ref="ZMQ"/></root>
				</configuration>
				""".formatted(ZmqAppender.class.getName(), settings).getBytes(StandardCharsets.UTF_8)));
		return this.logging.getLogger("app.orders");
	}

	private ZmqAppender appender() {
		Appender<ILoggingEvent> appender = this.logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("ZMQ");
		return (ZmqAppender) appender;
	}

	/** Logs until the subscription has arrived, which no event reports. */
	private static void untilItArrives(Runnable log, ZMQ.Socket subscriber) {
		for (int i = 0; i < 400; i++) {
			log.run();
			if (subscriber.recv() != null) {
				subscriber.recv();
				return;
			}
		}
		throw new AssertionError("Nothing was published");
	}

	private static ZMQ.Socket subscriber(ZContext zeromq, String topic) {
		ZMQ.Socket subscriber = zeromq.createSocket(SocketType.SUB);
		subscriber.setHandshakeIvl(2000);
		subscriber.setReceiveTimeOut(50);
		subscriber.subscribe(topic.getBytes(StandardCharsets.UTF_8));
		return subscriber;
	}

	@Test
	void topicsAreRootLevelMarkerAndLogger() throws Exception {
		Logger log = configure(
				"""
						<bind>tcp://127.0.0.1:*</bind><rootTopic>shop</rootTopic><includeLogger>true</includeLogger>
						<sendHwm>100</sendHwm><linger>500 milliseconds</linger>
						<encoder class="ch.qos.logback.classic.encoder.PatternLayoutEncoder"><pattern>%level|%msg</pattern></encoder>
						""");
		try (ZContext zeromq = new ZContext(); ZMQ.Socket subscriber = subscriber(zeromq, "shop.WARN")) {
			subscriber.connect(appender().getBoundEndpoints().get(0));
			untilItArrives(() -> log.warn("hello"), subscriber);
			while (subscriber.recv() != null) {
				// the rest of the hellos
			}
			log.info("not for us");
			log.warn(MarkerFactory.getMarker("late.delivery"), "order {}", 7);
			subscriber.setReceiveTimeOut(20_000);
			assertThat(subscriber.recvStr()).isEqualTo("shop.WARN.late.delivery.app.orders");
			assertThat(subscriber.recvStr()).isEqualTo("WARN|order 7");
			assertThat(subscriber.hasReceiveMore()).isFalse();
		}
	}

	@Test
	void securedLogIsReadByKnownSubscribersOnly(@TempDir Path directory) throws Exception {
		ZmqKeyPair server = ZmqKeys.generate();
		ZmqKeyPair client = ZmqKeys.generate();
		ZmqKeys.writeSecret(directory.resolve("shop.key_secret"), server);
		ZmqKeys.writePublic(Files.createDirectory(directory.resolve("clients")).resolve("reader.key"), client);
		Logger log = configure("""
				<bind>tcp://127.0.0.1:*</bind>
				<security><keyFile>%1$s/shop.key_secret</keyFile><clients>%1$s/clients</clients></security>
				""".formatted(directory));
		try (ZContext zeromq = new ZContext();
				ZMQ.Socket reader = subscriber(zeromq, "");
				ZMQ.Socket open = subscriber(zeromq, "");
				ZMQ.Socket stranger = subscriber(zeromq, "")) {
			secure(reader, server, client);
			secure(stranger, server, ZmqKeys.generate());
			for (ZMQ.Socket each : new ZMQ.Socket[] { open, stranger, reader }) {
				each.connect(appender().getBoundEndpoints().get(0));
			}
			untilItArrives(() -> log.warn("secret"), reader);
			assertThat(open.recv()).isNull();
			assertThat(stranger.recv()).isNull();
		}
	}

	private static void secure(ZMQ.Socket socket, ZmqKeyPair server, ZmqKeyPair client) {
		socket.setCurveServerKey(server.publicKeyBytes());
		socket.setCurvePublicKey(client.publicKeyBytes());
		socket.setCurveSecretKey(client.secretKeyBytes());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			<keyFile>/nowhere</keyFile><allowAnyClient>true</allowAnyClient> | cannot be read
			<allowAnyClient>true</allowAnyClient> | needs a <keyFile>
			<keyFile>KEY</keyFile> | needs one of
			<keyFile>KEY</keyFile><serverKey>abc</serverKey> | The public key has 3 characters
			<keyFile>KEY</keyFile><clients>/nowhere</clients> | /nowhere cannot be read
			""")
	void securityThatWouldNotProtectPublishesNothing(String security, String reason, @TempDir Path directory)
			throws Exception {
		Path key = directory.resolve("key");
		ZmqKeys.writeSecret(key, ZmqKeys.generate());
		configure("<bind>tcp://127.0.0.1:*</bind><security>%s</security>"
			.formatted(security.replace("KEY", key.toString())));
		assertThat(appender().isStarted()).isFalse();
		assertThat(appender().getBoundEndpoints()).isEmpty();
		assertThat(this.logging.getStatusManager().getCopyOfStatusList())
			.anySatisfy((status) -> assertThat(status.getMessage()).contains(reason));
	}

	@Test
	void itConnectsToACollectorThatIsBound() throws Exception {
		try (ZContext zeromq = new ZContext(); ZMQ.Socket subscriber = subscriber(zeromq, "ERROR")) {
			int port = subscriber.bindToRandomPort("tcp://127.0.0.1");
			Logger log = configure("<connect>tcp://127.0.0.1:%d</connect>".formatted(port));
			untilItArrives(() -> log.error("broken", new IllegalStateException("cause")), subscriber);
			this.logging.stop();
		}
	}

	@Test
	@RequiresPyzmq
	void aSubscriberOfPyzmqPicksALevel() throws Exception {
		Logger log = configure("""
				<bind>tcp://127.0.0.1:*</bind><rootTopic>shop</rootTopic>
				<layout class="ch.qos.logback.classic.PatternLayout"><pattern>%msg</pattern></layout>
				""");
		try (PythonPeer peer = PythonPeer.start("""
				sub = ctx.socket(zmq.SUB)
				sub.setsockopt(zmq.HANDSHAKE_IVL, 2000)
				sub.subscribe(b"shop.ERROR")
				sub.connect(sys.argv[1])
				say("ready")
				topic, message = sub.recv_multipart()
				say("got", topic.decode(), message.decode())
				""", appender().getBoundEndpoints().get(0))) {
			peer.awaitLine("ready");
			String line = null;
			for (int i = 0; i < 400 && line == null; i++) {
				log.info("noise");
				log.error("a grave thing");
				try {
					line = peer.awaitLine("got ", Duration.ofMillis(100));
				}
				catch (AssertionError ex) {
					// its subscription has not arrived yet
				}
			}
			assertThat(line).isEqualTo("got shop.ERROR a grave thing");
		}
	}

	@Test
	void loggingNeverWaitsForASubscriberThatDoesNotRead() throws Exception {
		Logger log = configure("<bind>tcp://127.0.0.1:*</bind><sendHwm>10</sendHwm><linger>0</linger>");
		try (ZContext zeromq = new ZContext(); ZMQ.Socket subscriber = subscriber(zeromq, "")) {
			subscriber.setRcvHWM(1);
			subscriber.connect(appender().getBoundEndpoints().get(0));
			untilItArrives(() -> log.info("hello"), subscriber);
			String text = "x".repeat(1000);
			for (int i = 0; i < 50_000; i++) {
				log.info(text);
			}
			this.logging.stop();
		}
	}

	@Test
	void itDropsWhatASubscriberThatDoesNotReadHasNoRoomFor() throws Exception {
		Logger log = configure("<bind>tcp://127.0.0.1:*</bind><sendHwm>5</sendHwm><linger>0</linger>");
		try (ZContext zeromq = new ZContext(); ZMQ.Socket subscriber = subscriber(zeromq, "WARN")) {
			subscriber.setRcvHWM(1);
			subscriber.connect(appender().getBoundEndpoints().get(0));
			untilItArrives(() -> log.warn("hello"), subscriber);
			logMegabytes(log, 100);
			subscriber.setReceiveTimeOut(1000);
			// five here, one there, and what is on its way
			assertThat(received(subscriber)).isBetween(5, 60);
		}
	}

	@Test
	void whatIsLoggedLastIsKeptForItsLinger() throws Exception {
		Logger log = configure("<bind>tcp://127.0.0.1:*</bind><linger>60 seconds</linger>");
		try (ZContext zeromq = new ZContext(); ZMQ.Socket subscriber = subscriber(zeromq, "WARN")) {
			subscriber.setRcvHWM(1);
			subscriber.connect(appender().getBoundEndpoints().get(0));
			untilItArrives(() -> log.warn("hello"), subscriber);
			logMegabytes(log, 100);
			Thread stop = new Thread(this.logging::stop, "stop");
			stop.start();
			// longer than without the property
			stop.join(4000);
			assertThat(stop.isAlive()).isTrue();
			subscriber.setReceiveTimeOut(20_000);
			int megabytes = 0;
			while (megabytes < 100) {
				assertThat(subscriber.recv()).isNotNull();
				megabytes += (subscriber.recv().length > 1_000_000) ? 1 : 0;
			}
			stop.join(20_000);
			assertThat(stop.isAlive()).isFalse();
		}
	}

	private static void logMegabytes(Logger log, int count) {
		String text = "x".repeat(1_000_000);
		for (int i = 0; i < count; i++) {
			log.warn(text);
		}
	}

	private static int received(ZMQ.Socket subscriber) {
		int received = 0;
		while (subscriber.recv() != null) {
			received += (subscriber.recv().length > 1_000_000) ? 1 : 0;
		}
		return received;
	}

	@Test
	void whatIsLoggedWhileItPublishesIsLeftOut() throws Exception {
		Logger log = configure(
				"<bind>tcp://127.0.0.1:*</bind><layout class=\"%s\"/>".formatted(Chatty.class.getName()));
		log.info("once");
		assertThat(Chatty.calls).isOne();
	}

	@Test
	void whatIsWrongIsAStatusAndNoException() throws Exception {
		configure("");
		assertThat(errors()).contains("give it <bind> or <connect>");
		configure("<bind>nonsense</bind>");
		assertThat(errors()).contains("'nonsense' is not an endpoint");
	}

	private String errors() {
		return this.logging.getStatusManager()
			.getCopyOfStatusList()
			.stream()
			.filter((status) -> status.getLevel() == Status.ERROR)
			.map(Status::getMessage)
			.toList()
			.toString();
	}

	/** Logs itself. */
	public static class Chatty extends LayoutBase<ILoggingEvent> {

		static int calls;

		@Override
		public String doLayout(ILoggingEvent event) {
			calls++;
			((LoggerContext) getContext()).getLogger("chatty").info("me too");
			return event.getFormattedMessage();
		}

	}

}
