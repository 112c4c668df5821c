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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.ListenerStatus.State;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyStatus;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a real browser.
 */
@RequiresChromium
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "zmq.proxies.relay.type=streamer", "zmq.proxies.relay.frontend.bind=inproc://relay-in",
				"zmq.proxies.relay.backend.bind=inproc://relay-out" })
@ActiveProfiles("test")
@DirtiesContext
class PageTests {

	private static final String[] SOCKETS = { "digests", "feed", "feed-in", "feed-in.replay", "feed.replay", "files",
			"relay.backend", "relay.frontend", "results", "rpc", "rpc-client", "telemetry", "telemetry-in", "tokens",
			"tokens-client", "work" };

	@TempDir
	static Path directory;

	private static Chromium chromium;

	@Value("${local.server.port}")
	private int port;

	@Autowired
	private EventHub hub;

	@Autowired
	private ZmqSockets sockets;

	@Autowired
	private ZmqListenerRegistry listeners;

	@Autowired
	private ZmqProxies proxies;

	private ChromiumPage page;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("sample.digest.directory", () -> directory.toString());
	}

	@BeforeAll
	static void start() throws IOException {
		SampleFiles.create(directory, 20);
		chromium = Chromium.start();
	}

	@AfterAll
	static void close() throws IOException {
		if (chromium != null) {
			chromium.close();
		}
	}

	@BeforeEach
	void open() {
		this.page = chromium.open();
		this.page.resize(1280, 900);
		this.page.navigate(url());
		await("the stream").until(() -> this.page.text("#connection-text").equals("live"));
	}

	@AfterEach
	void closePage() {
		this.page.close();
	}

	private String url() {
		return "http://127.0.0.1:" + this.port + "/";
	}

	@Test
	void aStreamShowsItsElementsAndCanBeCancelled() {
		this.page.evaluate("document.getElementById('prompt').value = 'one two three'");
		this.page.evaluate("document.getElementById('stream-start').click()");
		await("the end").until(() -> this.page.text("#stream-state").equals("ended"));
		assertThat(this.page.text("#stream-elements").trim()).isEqualTo("one two three");
		this.page.evaluate("document.getElementById('prompt').value = 'word '.repeat(200)");
		this.page.evaluate("document.getElementById('stream-start').click()");
		await("some words").until(() -> number("#stream-count") > 2);
		this.page.evaluate("document.getElementById('stream-cancel').click()");
		assertThat(this.page.text("#stream-state")).isEqualTo("cancelled");
		await("the server's end").until(() -> this.listeners.status("tokenService.stream").active() == 0);
		assertClean();
	}

	@Test
	void aGapOfTheFeedIsMended() throws IOException {
		await("numbers")
			.until(() -> this.page.evaluate("document.querySelectorAll('#feed-numbers li').length").asInt() > 3);
		this.page.evaluate("document.getElementById('make-gap').click()");
		await("what was fetched")
			.until(() -> this.page.evaluate("document.querySelectorAll('#feed-numbers [data-fetched=true]').length")
				.asInt() > 1);
		assertThat(number("#feed-recovered")).isPositive();
		assertThat(this.page.text("#feed-missed")).isEqualTo("0");
		screenshot("feed");
		assertClean();
	}

	@Test
	void figuresMove() {
		await("a sample").until(() -> number("#samples") > 0);
		long first = number("#samples");
		await("more samples").until(() -> number("#samples") > first + 2);
		assertThat(this.page.text("#heap-used")).matches("[\\d.,]+ [KMGT]B");
		assertThat(this.page.text("#process-cpu")).matches("[\\d.]+ %");
		assertThat(this.page.evaluate("""
				(() => {
					const canvas = document.getElementById("heap-chart");
					const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
					return pixels.some((value) => value !== 0);
				})()""").asBoolean()).as("something is drawn").isTrue();
		assertClean();
	}

	@Test
	void thePipelineFinishesAndRunsAgain() {
		awaitRun("finished");
		assertThat(this.page.text("#run-counts")).isEqualTo("23 of 23 files");
		assertThat(this.page.text("#directory")).isEqualTo(directory.toString());
		assertThat(this.page.evaluate("document.querySelectorAll('#latest li').length").asInt()).isPositive();
		int last = run();
		this.page.evaluate("document.getElementById('run-again').click()");
		await("the next run").until(() -> run() == last + 1);
		awaitRun("finished");
		assertClean();
	}

	private int run() {
		return Integer.parseInt(this.page.text("#run-state").split(" ")[1]);
	}

	private void awaitRun(String state) {
		await("a run that has " + state).until(() -> this.page.text("#run-state").matches("Run \\d+ " + state));
	}

	@Test
	void aRequestShowsItsReply() {
		send("reverse", "<b>stressed</b>");
		await("the reply").until(() -> this.page.text("#reply-result").equals(">b/<desserts>b<"));
		assertThat(this.page.text("#reply-round-trip")).matches("[\\d.,]+ [µm]s");
		assertThat(this.page.text("#reply-handler")).isNotEqualTo("–");
		send("upper", "<img src=x onerror=alert(1)>");
		await("the reply").until(() -> this.page.text("#reply-result").equals("<IMG SRC=X ONERROR=ALERT(1)>"));
		assertThat(this.page.evaluate("document.querySelectorAll('#reply img').length").asInt()).isZero();
		assertClean();
	}

	@Test
	void aRequestThatFailsShowsTheError() {
		send("divide", "1");
		await("the error").until(() -> this.page.text("#reply-result").contains("There is no op 'divide'"));
		assertThat(this.page.evaluate("document.getElementById('reply').dataset.state").asString()).isEqualTo("error");
		assertClean();
	}

	private void send(String op, String text) {
		this.page.evaluate("""
				document.getElementById("op").value = "%s";
				document.getElementById("text").value = "%s";
				document.getElementById("send").click();
				""".formatted(op, text));
	}

	@Test
	void everySocketShowsItsHealth() {
		for (String socket : SOCKETS) {
			await(socket)
				.until(() -> this.page.text("#sockets tr[data-socket=\"" + socket + "\"] .state-text").equals("up"));
		}
		await("health").until(() -> this.page.text("#health-text").equals("all 16 up"));
		assertClean();
	}

	@Test
	void theTopologyShowsConnectionsAndWhatFlows() {
		await("the links")
			.until(() -> link("digests").equals("results > digests") && link("files").equals("files > work")
					&& link("rpc").equals("rpc-client > rpc") && link("telemetry").equals("telemetry > telemetry-in"));
		await("a flow").until(() -> this.page.text("[data-key=telemetry] [data-flowing=true] .rate").matches("\\d+/s"));
		await("its rate")
			.until(() -> this.page.text("tr[data-socket=telemetry-in] td[data-label=In]").matches("\\d+/s"));
		assertThat(this.page.text("[data-key=telemetry] .hub .notes")).isEqualTo("1 peer");
		assertClean();
	}

	/** The nodes of a link, from the left to the right. */
	private String link(String hub) {
		return this.page.evaluate("""
				[...document.querySelectorAll('#links [data-key="%s"] .node')]
					.sort((one, other) => one.getBoundingClientRect().left - other.getBoundingClientRect().left)
					.map((node) => node.querySelector(".name").textContent).join(" > ")""".formatted(hub)).asString();
	}

	@Test
	void aPeerFromElsewhereIsShownAndGoesAgain() {
		try (ZContext context = new ZContext(); ZMQ.Socket sub = context.createSocket(SocketType.SUB)) {
			sub.setHandshakeIvl(1000);
			sub.subscribe("telemetry");
			this.sockets.status("telemetry")
				.bound()
				.stream()
				.filter((each) -> each.startsWith("tcp:"))
				.forEach(sub::connect);
			await("the peer").until(() -> link("telemetry").equals("telemetry > telemetry-in > 1 peer"));
		}
		await("its end").until(() -> link("telemetry").equals("telemetry > telemetry-in"));
	}

	@Test
	void aListenerIsPausedAndResumed() {
		String button = "#listeners [data-key=\"telemetryListener.received\"] button";
		await("the button").until(() -> this.page.text(button).equals("Pause"));
		press(button);
		try {
			await("the pause").until(() -> this.page.text(button).equals("Resume"));
			assertThat(this.listeners.status("telemetryListener.received").state()).isEqualTo(State.PAUSED);
			assertThat(this.page.evaluate("document.activeElement.textContent").asString()).isEqualTo("Resume");
			assertThat(this.page.text("[data-read=\"telemetry-in\"]"))
				.isEqualTo("telemetryListener.received is paused");
			assertThat(this.page.text("[data-key=telemetry] .end .notes")).contains("paused");
			long held = number("#samples");
			await("silence").during(Duration.ofMillis(500)).until(() -> number("#samples") == held);
			press(button);
			await("the samples that waited, and more").until(() -> number("#samples") > held + 15);
			await("the listener").until(() -> this.page.text(button).equals("Pause"));
			assertThat(this.page.evaluate("document.querySelector('[data-read=\"telemetry-in\"]').hidden").asBoolean())
				.isTrue();
		}
		finally {
			this.listeners.resume("telemetryListener.received");
		}
		assertClean();
	}

	@Test
	void aPausedServiceKeepsARequestWaitingUntilItIsResumed() {
		String button = "#listeners [data-key=\"rpcService.handle\"] button";
		await("the button").until(() -> this.page.text(button).equals("Pause"));
		press(button);
		try {
			await("the pause").until(() -> this.page.text(button).equals("Resume"));
			send("upper", "patience");
			await("the request").until(() -> this.page.text("#asking").equals("1"));
			assertThat(this.page.text("[data-key=rpc] .end .notes")).contains("1 request pending");
			press(button);
			await("the reply").until(() -> this.page.text("#reply-result").equals("PATIENCE"));
			await("no request").until(() -> this.page.text("#asking").equals("0"));
		}
		finally {
			this.listeners.resume("rpcService.handle");
		}
		assertClean();
	}

	@Test
	void aProxyIsPausedAndResumed() {
		String button = "#listeners [data-key=relay] button";
		await("the button").until(() -> this.page.text(button).equals("Pause"));
		press(button);
		await("the pause").until(() -> this.page.text(button).equals("Resume"));
		assertThat(this.proxies.status("relay").state()).isEqualTo(ZmqProxyStatus.State.PAUSED);
		press(button);
		await("the proxy").until(() -> this.page.text(button).equals("Pause"));
		assertThat(this.proxies.status("relay").state()).isEqualTo(ZmqProxyStatus.State.RUNNING);
		assertClean();
	}

	/** As by the keyboard: the button keeps the focus. */
	private void press(String button) {
		this.page.evaluate("""
				(() => {
					const button = document.querySelector('%s');
					button.focus();
					button.click();
				})()""".formatted(button));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void nothingSticksOutSideways(int width) {
		this.page.resize(width, 844);
		await("the sockets").until(() -> !this.page.text("#sockets").isEmpty());
		awaitRun("finished");
		assertThat(this.page.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
		assertClean();
	}

	@Test
	void coloursFollowTheScheme() {
		this.page.preferColorScheme("light");
		String light = background();
		this.page.preferColorScheme("dark");
		assertThat(background()).isNotEqualTo(light);
	}

	private String background() {
		return this.page.evaluate("getComputedStyle(document.body).backgroundColor").asString();
	}

	@Test
	void everyControlAndChartHasAName() {
		assertThat(this.page.evaluate("""
				[...document.querySelectorAll("button, input, select, canvas, progress, section, table, ul")]
					.filter((each) => !each.textContent.trim() && !each.labels?.length
						&& !each.getAttribute("aria-label") && !each.getAttribute("aria-labelledby"))
					.map((each) => each.outerHTML).join()""").asString()).isEmpty();
	}

	@Test
	void aStreamThatDropsIsShownAndTriedAgain() {
		this.hub.stop();
		try {
			await("the drop").until(() -> this.page.text("#connection-text").equals("disconnected, retrying"));
		}
		finally {
			this.hub.start();
		}
		await("the stream").until(() -> this.page.text("#connection-text").equals("live"));
		long first = number("#samples");
		await("more samples").until(() -> number("#samples") > first);
	}

	@Test
	void nothingIsSaidOfAServerThatIsGone() throws IOException {
		await("health").until(() -> this.page.text("#health-text").equals("all 16 up"));
		await("a rate").until(() -> this.page.text("tr[data-socket=telemetry-in] td[data-label=In]").matches("\\d+/s"));
		awaitRun("finished");
		screenshot("live");
		this.hub.stop();
		try {
			await("the drop").until(() -> this.page.text("#connection-text").equals("disconnected, retrying"));
			screenshot("disconnected");
			assertThat(this.page.text("#health-text")).isEqualTo("unknown");
			assertThat(this.page.evaluate("""
					[...document.querySelectorAll("main [data-state=up], main [data-flowing=true]")]
						.map((each) => each.textContent).join()""").asString()).as("still said to be up").isEmpty();
			assertThat(this.page.text("main")).doesNotContainPattern("\\d/s");
			for (String figure : List.of("process-cpu", "heap-used", "threads", "samples", "asking")) {
				assertThat(this.page.text("#" + figure)).as(figure).isEqualTo("–");
			}
			assertThat(this.page.evaluate("""
					[...document.querySelectorAll("#listeners button, #run-again")]
						.every((each) => each.disabled || each.hasAttribute("aria-disabled"))""").asBoolean())
				.as("nothing can be pressed")
				.isTrue();
			// what has ended stays true
			assertThat(this.page.text("#run-state")).endsWith("finished");
		}
		finally {
			this.hub.start();
		}
		await("health").until(() -> this.page.text("#health-text").equals("all 16 up"));
		await("a figure").until(() -> this.page.text("#process-cpu").matches("[\\d.]+ %"));
		await("the buttons").until(() -> this.page.evaluate("""
				[...document.querySelectorAll("#listeners button, #run-again")]
					.every((each) => !each.disabled && !each.hasAttribute("aria-disabled"))""").asBoolean());
	}

	@Test
	void aNewRequestClearsTheReplyToTheOneBefore() throws IOException {
		send("upper", "first");
		await("the reply").until(() -> this.page.text("#reply-result").equals("FIRST"));
		this.listeners.pause("rpcService.handle");
		try {
			send("upper", "second");
			await("the request").until(() -> this.page.text("#asking").equals("1"));
			screenshot("pending");
			assertThat(this.page.text("#reply-result")).isEqualTo("Waiting for the reply to upper…");
			assertThat(this.page.text("#reply-round-trip")).isEqualTo("–");
			assertThat(this.page.text("#reply-handler")).isEqualTo("–");
			assertThat(this.page.evaluate("document.getElementById('reply').dataset.state").asString())
				.isEqualTo("pending");
		}
		finally {
			this.listeners.resume("rpcService.handle");
		}
		await("the reply").until(() -> this.page.text("#reply-result").equals("SECOND"));
		assertThat(lastBar()).as("the bar of the round trip").isEqualTo(this.page.text("#reply-round-trip"));
		send("divide", "1");
		await("the error").until(() -> this.page.text("#reply-result").contains("There is no op 'divide'"));
		assertThat(lastBar()).as("the bar of a failed request").isEqualTo(this.page.text("#reply-round-trip"));
		assertClean();
	}

	private String lastBar() {
		return this.page.evaluate("""
				Promise.all([import("/js/requests.js"), import("/js/dom.js")]).then(([requests, dom]) => dom.micros(
					requests.tripChart.data.series.flat().sort(([one], [other]) => one - other).at(-1)[1] * 1000))""")
			.asString();
	}

	@Test
	void theChartOfAPausedListenerGoesOnAndAgreesWithItsFigure() throws IOException {
		await("a sample").until(() -> number("#samples") > 0);
		this.listeners.pause("telemetryListener.received");
		try {
			await("its age").until(() -> this.page.text("#sample-age").matches("last sample [\\d.]+ s ago"));
			screenshot("paused");
			assertThat(this.page.evaluate("""
					import("/js/telemetry.js").then(({cpuChart}) =>
						cpuChart.data.xMax - cpuChart.data.series[1].at(-1)[0])""").asInt())
				.as("the time between the last sample and the end of the chart")
				.isGreaterThan(3000);
		}
		finally {
			this.listeners.resume("telemetryListener.received");
		}
		await("a new sample").until(() -> this.page.text("#sample-age").isEmpty());
		assertThat(this.page.evaluate("""
				Promise.all([import("/js/telemetry.js"), import("/js/dom.js")]).then(([{cpuChart}, dom]) =>
					dom.percent(cpuChart.data.series[1].at(-1)[1])
						=== document.getElementById("process-cpu").textContent)""").asBoolean())
			.as("the chart ends at the figure")
			.isTrue();
		assertClean();
	}

	@Test
	void aLineIsInterruptedWhereSamplesAreMissing() {
		assertThat(this.page.evaluate("""
				import("/js/chart.js").then(({Chart}) => JSON.stringify(Chart.prototype.parts.call({data: {gap: 10}},
					[[0, 1], [10, 2], [21, 3]])))""").asString()).isEqualTo("[[[0,1],[10,2]],[[21,3]]]");
	}

	@Test
	void aRunWithoutProgressGoesOnInTime() {
		awaitRun("finished");
		this.listeners.pause("digestWorker.digest");
		try {
			this.page.evaluate("document.getElementById('run-again').click()");
			await("the run").until(() -> this.page.text("#run-state").endsWith("running"));
			await("its time").until(() -> this.page.text("#run-time").matches("[\\d.]+ s"));
		}
		finally {
			this.listeners.resume("digestWorker.digest");
		}
		awaitRun("finished");
		assertClean();
	}

	private void screenshot(String name) throws IOException {
		String directory = System.getProperty("sample.screenshots");
		if (directory != null) {
			this.page.screenshot(Path.of(directory, name + ".png"));
		}
	}

	private void assertClean() {
		assertThat(this.page.errors()).as("errors on the console").isEmpty();
		assertThat(this.page.hosts()).as("hosts spoken to").containsExactly("127.0.0.1:" + this.port);
	}

	private long number(String selector) {
		String text = this.page.text(selector).replace(",", "");
		return text.matches("\\d+") ? Long.parseLong(text) : 0;
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
	}

}
