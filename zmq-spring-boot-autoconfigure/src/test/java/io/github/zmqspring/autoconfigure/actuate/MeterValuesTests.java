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

package io.github.zmqspring.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.status.RequestStatus;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyStatus;
import io.github.zmqspring.transport.SocketRegistry;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests that each meter shows its own figure and not its neighbor's: every figure has a
 * value that no other has.
 */
class MeterValuesTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void ofListeners() {
		ListenerStatus status = mock();
		given(status.socket()).willReturn("orders");
		given(status.handled()).willReturn(1L);
		given(status.failed()).willReturn(2L);
		given(status.unreadable()).willReturn(4L);
		given(status.filtered()).willReturn(8L);
		given(status.unhandled()).willReturn(16L);
		given(status.undeliverable()).willReturn(32L);
		given(status.deadLettered()).willReturn(64L);
		given(status.discarded()).willReturn(512L);
		given(status.notLogged()).willReturn(1024L);
		given(status.active()).willReturn(128);
		given(status.handlingTime()).willReturn(Duration.ofSeconds(256));
		ZmqListenerRegistry listeners = mock();
		given(listeners.status("id")).willReturn(status);
		new ListenerMeters(listeners, false).bind(this.registry, "id");
		assertThat(values()).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("zmq.listener.handled", 1.0),
				Map.entry("zmq.messages.failed", 2.0), Map.entry("zmq.listener.unreadable", 4.0),
				Map.entry("zmq.listener.filtered", 8.0), Map.entry("zmq.listener.unhandled", 16.0),
				Map.entry("zmq.listener.undeliverable", 32.0), Map.entry("zmq.listener.dead.lettered", 64.0),
				Map.entry("zmq.listener.discarded", 512.0), Map.entry("zmq.listener.not.logged", 1024.0),
				Map.entry("zmq.listener.active", 128.0), Map.entry("zmq.listener", 3.0)));
		assertThat(this.registry.get("zmq.listener").functionTimer().totalTime(TimeUnit.SECONDS)).isEqualTo(256);
		assertThat(this.registry.getMeters()).allMatch((meter) -> "id".equals(meter.getId().getTag("listener"))
				&& "orders".equals(meter.getId().getTag("socket")));
	}

	@Test
	void ofSocketsAndRequests() {
		SocketStatus status = mock();
		given(status.sent()).willReturn(1L);
		given(status.received()).willReturn(2L);
		given(status.rejected()).willReturn(4L);
		given(status.dropped()).willReturn(8L);
		given(status.sentBytes()).willReturn(16L);
		given(status.receivedBytes()).willReturn(32L);
		given(status.peers()).willReturn(64);
		given(status.waitingSenders()).willReturn(128);
		RequestStatus requested = new RequestStatus(256, 512, 1024, 2048, 4096, 8192);
		SocketRegistry sockets = mock();
		given(sockets.definition("ask")).willReturn(SocketDefinition.of("ask", SocketType.REQ, List.of(), List.of()));
		given(sockets.status("ask")).willReturn(status);
		given(sockets.waitedNanos("ask")).willReturn((double) TimeUnit.SECONDS.toNanos(16_384));
		RequestOperations requests = mock();
		given(requests.status("ask")).willReturn(requested);
		new SocketMeters(sockets, requests, false).bind(this.registry, "ask");
		Map<String, Double> expected = new TreeMap<>(Map.of("zmq.messages.sent", 1.0, "zmq.messages.received", 2.0,
				"zmq.messages.rejected", 4.0, "zmq.messages.dropped", 8.0, "zmq.bytes.sent", 16.0, "zmq.bytes.received",
				32.0, "zmq.peers", 64.0, "zmq.send.waiting", 128.0, "zmq.send", 5.0));
		expected.putAll(Map.of("zmq.requests.pending", 256.0, "zmq.requests", 512.0, "zmq.requests.retries", 2048.0,
				"zmq.requests.timeouts", 4096.0, "zmq.requests.late", 8192.0));
		assertThat(values()).containsAllEntriesOf(expected);
		assertThat(this.registry.get("zmq.send").functionTimer().totalTime(TimeUnit.SECONDS)).isEqualTo(16_384);
	}

	@Test
	void ofBothDirectionsOfProxies() {
		ZmqProxyStatus.Traffic toBackend = traffic(1, 2, 4, 8);
		ZmqProxyStatus.Traffic toFrontend = traffic(16, 32, 64, 128);
		ZmqProxyStatus status = mock();
		given(status.toBackend()).willReturn(toBackend);
		given(status.toFrontend()).willReturn(toFrontend);
		ZmqProxies proxies = mock();
		given(proxies.status("broker")).willReturn(status);
		ProxyMeters.toBackend(proxies).bind(this.registry, "broker");
		ProxyMeters.toFrontend(proxies).bind(this.registry, "broker");
		assertThat(values("backend")).containsAllEntriesOf(Map.of("zmq.proxy.forwarded", 1.0, "zmq.proxy.dropped", 2.0,
				"zmq.proxy.failed", 4.0, "zmq.proxy.undeliverable", 8.0));
		assertThat(values("frontend")).containsAllEntriesOf(Map.of("zmq.proxy.forwarded", 16.0, "zmq.proxy.dropped",
				32.0, "zmq.proxy.failed", 64.0, "zmq.proxy.undeliverable", 128.0));
	}

	private static ZmqProxyStatus.Traffic traffic(long forwarded, long dropped, long failed, long undeliverable) {
		ZmqProxyStatus.Traffic traffic = mock();
		given(traffic.forwarded()).willReturn(forwarded);
		given(traffic.dropped()).willReturn(dropped);
		given(traffic.failed()).willReturn(failed);
		given(traffic.undeliverable()).willReturn(undeliverable);
		return traffic;
	}

	private Map<String, Double> values() {
		Map<String, Double> values = new TreeMap<>();
		this.registry.getMeters().forEach((meter) -> values.put(meter.getId().getName(), first(meter.measure())));
		return values;
	}

	private Map<String, Double> values(String to) {
		Map<String, Double> values = new TreeMap<>();
		this.registry.getMeters()
			.stream()
			.filter((meter) -> to.equals(meter.getId().getTag("to")))
			.forEach((meter) -> values.put(meter.getId().getName(), first(meter.measure())));
		return values;
	}

	/** Of a timer how often, and not how long. */
	private static double first(Iterable<Measurement> measurements) {
		return StreamSupport.stream(measurements.spliterator(), false)
			.filter((measurement) -> measurement.getStatistic() != Statistic.TOTAL_TIME)
			.mapToDouble(Measurement::getValue)
			.findFirst()
			.orElseThrow();
	}

}
