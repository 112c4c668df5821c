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

package io.github.zmqspring.autoconfigure.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.zmqspring.support.RelaxedNames;

/**
 * What properties are called elsewhere: in libzmq, pyzmq, JeroMQ, in other Spring
 * projects, or by how people speak.
 */
final class Aliases {

	private static final Map<String, List<String>> ALIASES = new HashMap<>();

	static {
		// endpoints
		add("bind connect", "endpoint", "endpoints", "address", "addresses", "addr", "url", "urls", "uri", "uris",
				"host", "hosts", "hostname", "port", "ports", "server", "servers", "broker", "brokers", "peer", "peers",
				"remote", "target", "bootstrap-servers");
		add("bind", "listen", "listen-on", "bind-to", "bind-address", "bind-endpoint", "bind-endpoints", "local",
				"bnid");
		add("connect", "connect-to", "connect-address", "connect-endpoint", "connect-endpoints", "connection",
				"connections", "url-to-connect");
		// sockets
		add("type", "socket-type", "pattern", "kind", "mode");
		add("topics", "topic", "subscribe", "subscription", "subscriptions", "subscribe-topics", "filter", "filters",
				"prefix", "prefixes", "topic-prefix", "topic-filter", "group", "groups", "join");
		add("auto-startup", "auto-start", "autostart", "start-automatically", "enabled");
		add("health.required-peers", "min-peers", "minimum-peers", "required-connections");
		add("content-type", "mime-type", "serializer", "value-serializer", "format", "encoding");
		add("envelope-headers", "headers", "mapped-headers");
		add("topic-separator", "separator", "delimiter", "topic-delimiter");
		add("last-value-cache", "lvc", "last-value", "cache");
		// options, by the names of libzmq, pyzmq and JeroMQ
		option("send-hwm", "sndhwm", "snd-high-water-mark", "send-high-water-mark", "send-queue-size");
		option("receive-hwm", "rcvhwm", "recv-hwm", "rcv-high-water-mark", "receive-high-water-mark",
				"recv-high-water-mark", "receive-queue-size");
		add("options.send-hwm options.receive-hwm send-hwm receive-hwm", "hwm", "high-water-mark");
		option("send-timeout", "sndtimeo", "send-timeo", "snd-timeout", "send-time-out");
		option("receive-timeout", "rcvtimeo", "recv-timeout", "rcv-timeout", "receive-timeo", "receive-time-out");
		option("send-buffer-size", "sndbuf", "send-buffer");
		option("receive-buffer-size", "rcvbuf", "receive-buffer", "recv-buffer-size");
		option("max-message-size", "maxmsgsize", "max-msg-size", "max-size", "max-frame-size");
		option("max-frames", "max-parts", "max-frame-count");
		option("max-subscriptions", "max-topics", "subscription-limit");
		option("max-topic-size", "max-topic-length");
		option("reconnect-interval", "reconnect-ivl", "reconnect-back-off");
		option("reconnect-interval-max", "reconnect-ivl-max", "reconnect-max", "max-reconnect-interval",
				"reconnect-back-off-max");
		option("handshake-interval", "handshake-ivl", "handshake-timeout", "connect-timeout", "connection-timeout");
		option("heartbeat-interval", "heartbeat-ivl", "heartbeat", "heart-beat-interval", "keep-alive-interval",
				"ping-interval");
		option("heartbeat-timeout", "heart-beat-timeout", "ping-timeout");
		option("routing-id", "identity", "routing-identity", "socket-identity", "client-id");
		option("connect-routing-id", "connect-rid", "connect-peer-routing-id");
		option("router-mandatory", "router-behavior", "mandatory");
		option("router-handover", "handover");
		option("immediate", "delay-attach-on-connect");
		option("ipv6", "ipv4only", "ipv6-only", "ip-v6");
		option("tcp-keep-alive", "keepalive", "so-keepalive");
		option("tcp-keep-alive-count", "tcp-keepalive-cnt");
		option("tcp-keep-alive-interval", "tcp-keepalive-intvl", "tcp-keepalive-ivl");
		option("hello-message", "hello-msg", "hello");
		option("disconnect-message", "disconnect-msg");
		option("hiccup-message", "hiccup-msg");
		option("xpub-no-drop", "no-drop");
		option("xpub-verbose", "verbose");
		option("linger", "linger-period", "linger-ms");
		option("ipc-permissions", "ipc-mode", "ipc-file-mode");
		option("req-correlate", "correlate", "correlation");
		// security
		add("security.mechanism", "mechanism", "auth", "authentication", "auth-mechanism");
		add("security.username username", "plain-username", "user", "user-name", "username");
		add("security.password password", "plain-password", "pass", "passwd", "password");
		add("security.server-key server-key", "curve-serverkey", "curve-server-key", "server-public-key", "server-key");
		add("security.key key", "curve-secretkey", "curve-secret-key", "curve-publickey", "curve-public-key",
				"secret-key", "public-key", "curve-key");
		add("security.clients clients security.users users", "curve-server", "plain-server", "authorized-keys",
				"allowed-clients", "zap-domain");
		// listeners
		add("retry.max-attempts", "retry-attempts", "retry-max", "retries", "max-retries", "attempts", "max-attempts",
				"retry-count", "retry-max-retries");
		add("max-attempts", "attempts", "retries", "max-retries", "count", "max");
		add("initial-interval", "back-off", "delay", "initial-delay", "interval", "wait", "initial-back-off");
		add("max-interval", "max-delay", "max-back-off", "maximum-interval");
		add("concurrency", "threads", "thread-count", "workers", "consumers", "lanes", "max-concurrency",
				"concurrent-consumers");
		add("max-batch-size", "batch-size", "max-poll-records");
		add("dead-letter", "dead-letter-socket", "dead-letter-queue", "dlq", "dlt", "error-socket");
		add("executor", "task-executor", "thread-pool");
		add("idle-event-interval", "idle-interval", "idle-timeout");
		add("observation-enabled", "observation", "tracing", "observe");
		// template
		add("default-socket", "default-destination", "default-endpoint", "default-topic", "socket");
		add("request-timeout", "reply-timeout", "timeout", "rpc-timeout");
		add("request-retries", "retries", "max-retries", "request-attempts");
		add("request-back-off", "back-off", "retry-interval");
		// context, pollers, proxies
		add("io-threads", "threads", "thread-count", "iothreads");
		add("threads", "poller-threads", "size", "count");
		add("frontend", "front", "front-end", "in", "input", "xsub", "router");
		add("backend", "back", "back-end", "out", "output", "xpub", "dealer");
		add("capture", "monitor", "tap");
		// groups
		add("sockets", "socket", "endpoints", "bindings", "clients", "servers");
		add("proxies", "proxy", "devices", "device", "broker", "brokers");
		add("listener", "listeners", "consumer", "consumers");
		add("template", "templates", "producer");
		add("defaults", "default", "options", "global");
		add("poller", "pollers");
		add("context", "ctx");
	}

	private Aliases() {
	}

	private static void option(String option, String... aliases) {
		add("options." + option + " " + option, aliases);
	}

	private static void add(String properties, String... aliases) {
		for (String alias : aliases) {
			List<String> all = ALIASES.computeIfAbsent(RelaxedNames.uniform(alias),
					(first) -> new java.util.ArrayList<>());
			Arrays.stream(properties.split(" ")).filter((property) -> !all.contains(property)).forEach(all::add);
		}
	}

	/**
	 * Return what a key is called here.
	 * @param uniformKey the key in uniform form, as libzmq names it or otherwise
	 * @return paths relative to any group; those that the group has are meant
	 */
	static List<String> of(String uniformKey) {
		List<String> found = ALIASES.get(uniformKey);
		if (found == null && uniformKey.startsWith("zmq")) {
			found = ALIASES.get(uniformKey.substring("zmq".length()));
		}
		return (found != null) ? found : List.of();
	}

}
