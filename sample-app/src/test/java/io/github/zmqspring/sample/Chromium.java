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

package io.github.zmqspring.sample;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * A headless Chromium with a profile of its own, driven through DevTools.
 */
final class Chromium implements AutoCloseable {

	private static final List<String> CANDIDATES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome", "/usr/bin/google-chrome-stable");

	private static final List<String> OPTIONS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
			"--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--remote-debugging-port=0");

	private final Path profile;

	private final Process process;

	private final Thread killer = new Thread(this::kill);

	private final DevTools devTools;

	private Chromium(Path executable) throws IOException {
		this.profile = Files.createTempDirectory("sample-chromium");
		List<String> command = Stream
			.concat(Stream.of(executable.toString(), "--user-data-dir=" + this.profile), OPTIONS.stream())
			.toList();
		this.process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		Runtime.getRuntime().addShutdownHook(this.killer);
		try {
			this.devTools = new DevTools(address());
		}
		catch (RuntimeException | Error ex) {
			end();
			throw ex;
		}
	}

	static Optional<Path> find() {
		return CANDIDATES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
	}

	static Chromium start() throws IOException {
		return new Chromium(find().orElseThrow(() -> new IllegalStateException("There is no Chromium")));
	}

	ChromiumPage open() {
		String target = this.devTools.call(null, "Target.createTarget", Map.of("url", "about:blank"))
			.get("targetId")
			.asString();
		String session = this.devTools.call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
			.get("sessionId")
			.asString();
		return new ChromiumPage(this.devTools, target, session);
	}

	private URI address() {
		Path file = this.profile.resolve("DevToolsActivePort");
		List<String> lines = Awaitility.await("Chromium to open its DevTools port")
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> (Files.exists(file)) ? Files.readAllLines(file) : List.of(), (found) -> found.size() >= 2);
		return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
	}

	@Override
	public void close() throws IOException {
		this.devTools.close();
		end();
	}

	private void end() throws IOException {
		List<ProcessHandle> family = Stream.concat(this.process.descendants(), Stream.of(this.process.toHandle()))
			.toList();
		kill();
		family.forEach((each) -> each.onExit().orTimeout(10, TimeUnit.SECONDS).join());
		Runtime.getRuntime().removeShutdownHook(this.killer);
		FileSystemUtils.deleteRecursively(this.profile);
	}

	private void kill() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

}
