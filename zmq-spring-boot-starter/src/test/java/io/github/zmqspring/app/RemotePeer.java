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

package io.github.zmqspring.app;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.github.zmqspring.test.PythonPeer;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of libzmq that do as they are told, one command after the other.
 */
final class RemotePeer implements AutoCloseable {

	private static final String SCRIPT = """
			socks = {}
			say("up")
			while True:
			    cmd, name, *rest = hear().split(" ")
			    try:
			        if cmd in ("bind", "connect"):
			            s = ctx.socket(getattr(zmq, rest[0]))
			            s.linger, s.rcvtimeo, s.sndtimeo = 2000, 15000, 15000
			            if rest[0] == "SUB":
			                s.subscribe(b"")
			            socks[name] = s
			            if cmd == "bind":
			                say("ok tcp://127.0.0.1:%d" % s.bind_to_random_port("tcp://127.0.0.1"))
			            else:
			                s.connect(rest[1])
			                say("ok")
			        elif cmd == "send":
			            socks[name].send_multipart([b"" if w == "-" else bytes.fromhex(w) for w in rest])
			            say("ok")
			        elif cmd == "recv":
			            if socks[name].poll(int(rest[0])):
			                say("ok", *[f.hex() or "-" for f in socks[name].recv_multipart()])
			            else:
			                say("none")
			        elif cmd == "count":
			            n = 0
			            while socks[name].poll(int(rest[0])):
			                socks[name].recv_multipart()
			                n += 1
			            say("ok", n)
			        elif cmd == "close":
			            socks.pop(name).close()
			            say("ok")
			    except Exception as ex:
			        say("failed", repr(ex))
			""";

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final PythonPeer peer = PythonPeer.start(SCRIPT);

	RemotePeer() {
		this.peer.awaitLine("up");
	}

	String bind(String name, String type) {
		return ask("bind " + name + " " + type);
	}

	void connect(String name, String type, String endpoint) {
		ask("connect " + name + " " + type + " " + endpoint);
	}

	void send(String name, Object... frames) {
		StringBuilder command = new StringBuilder("send ").append(name);
		for (Object frame : frames) {
			byte[] bytes = (frame instanceof byte[] raw) ? raw : frame.toString().getBytes(StandardCharsets.UTF_8);
			command.append(' ').append((bytes.length != 0) ? HexFormat.of().formatHex(bytes) : "-");
		}
		ask(command.toString());
	}

	/** The frames of the next message, as text. */
	List<String> receive(String name) {
		List<String> frames = poll(name, TIMEOUT);
		if (frames == null) {
			throw new AssertionError("Socket '" + name + "' of the peer received nothing within " + TIMEOUT);
		}
		return frames;
	}

	@Nullable List<String> poll(String name, Duration timeout) {
		String answer = say("recv " + name + " " + timeout.toMillis());
		if (answer.equals("none")) {
			return null;
		}
		List<String> frames = new ArrayList<>();
		for (String frame : ok(answer).split(" ")) {
			frames
				.add(frame.equals("-") ? "" : new String(HexFormat.of().parseHex(frame), StandardCharsets.ISO_8859_1));
		}
		return frames;
	}

	/** Count messages until none came for that time. */
	void startCounting(String name, Duration quiet) {
		this.peer.tell("count " + name + " " + quiet.toMillis());
	}

	long count() {
		return Long.parseLong(ok(this.peer.readLine(TIMEOUT)));
	}

	void close(String name) {
		ask("close " + name);
	}

	private String ask(String command) {
		return ok(say(command));
	}

	private String say(String command) {
		this.peer.tell(command);
		return this.peer.readLine(TIMEOUT.plusSeconds(5));
	}

	private static String ok(String answer) {
		if (!answer.startsWith("ok")) {
			throw new AssertionError("The peer says: " + answer);
		}
		return answer.substring(2).strip();
	}

	@Override
	public void close() {
		this.peer.close();
	}

}
