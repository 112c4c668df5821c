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

package io.github.zmqspring.transport.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.zmqspring.core.ZmqConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Takes one endpoint apart. What cannot work is refused with what to write instead.
 */
final class EndpointParser {

	private static final String SCHEMES = "Write tcp://host:port, inproc://name or ipc://path";

	private static final List<String> TRANSPORTS = List.of("tcp", "inproc", "ipc");

	private static final Pattern SEPARATOR = Pattern.compile("[\\s;,]+");

	private static final Pattern FEW_SLASHES = Pattern.compile("(?i)(tcp|inproc|ipc):/{0,1}([^/].*)");

	private static final Pattern ANY_HOST_AND_PORT = Pattern.compile("([^/\\s]*):(\\d+|\\*)");

	private static final Pattern PORT = Pattern.compile("[0-9]{1,9}");

	private static final Pattern IPV4 = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");

	private static final int MOST_PORT = 65_535;

	/** What Java connects to: one less than a Unix domain address has room for. */
	private static final int MOST_PATH_BYTES = 106;

	private static final String OTHERS = "; or inproc://name, or ipc://path";

	private final String subject;

	private final String endpoint;

	private final boolean bind;

	EndpointParser(String subject, String endpoint, boolean bind) {
		this.subject = subject;
		this.endpoint = endpoint;
		this.bind = bind;
	}

	EndpointAddress parse() {
		if (this.endpoint.isBlank()) {
			throw new ZmqConfigurationException(this.subject, "the endpoint is empty", SCHEMES);
		}
		refuseSeveral();
		if (!this.endpoint.strip().equals(this.endpoint)) {
			throw refuse("begins or ends with a blank", "Write '" + this.endpoint.strip() + "'");
		}
		int at = this.endpoint.indexOf("://");
		if (at < 0) {
			throw withoutTransport();
		}
		String transport = this.endpoint.substring(0, at);
		String rest = this.endpoint.substring(at + 3);
		if (!TRANSPORTS.contains(transport)) {
			throw withOtherTransport(transport, rest);
		}
		return switch (transport) {
			case "inproc" -> named(transport, rest, "a name of your choice, such as inproc://events");
			case "ipc" -> ipc(rest);
			default -> tcp(rest);
		};
	}

	private void refuseSeveral() {
		List<String> parts = Arrays.stream(SEPARATOR.split(this.endpoint.strip()))
			.filter((part) -> !part.isEmpty())
			.toList();
		boolean several = parts.size() > 1
				&& parts.stream().allMatch((part) -> part.contains("://") || part.startsWith("socket:"));
		if (several) {
			throw refuse("is more than one endpoint", "Write a list: "
					+ parts.stream().map((part) -> '"' + part + '"').collect(Collectors.joining(", ", "[", "]")));
		}
	}

	private ZmqConfigurationException withoutTransport() {
		Matcher few = FEW_SLASHES.matcher(this.endpoint);
		if (few.matches()) {
			return refuse("has no // behind the transport",
					"Write " + few.group(1).toLowerCase(Locale.ROOT) + "://" + few.group(2));
		}
		String rest = (this.endpoint.startsWith("//")) ? this.endpoint.substring(2) : this.endpoint;
		if (PORT.matcher(rest).matches()) {
			return refuse("is only a port", "Write tcp://" + anyHost() + ":" + rest + OTHERS);
		}
		Matcher address = ANY_HOST_AND_PORT.matcher(rest);
		if (address.matches()) {
			String host = address.group(1);
			return refuse("has no transport",
					"Write tcp://" + ((host.isEmpty()) ? anyHost() : host) + ":" + address.group(2) + OTHERS);
		}
		if (rest.startsWith("socket:")) {
			return refuse("names a socket of this application, which only its sockets can connect to", SCHEMES);
		}
		return refuse("is not an endpoint", SCHEMES);
	}

	private ZmqConfigurationException withOtherTransport(String transport, String rest) {
		String lower = transport.toLowerCase(Locale.ROOT);
		if (TRANSPORTS.contains(lower)) {
			return refuse("has its transport in capital letters", "Write " + lower + "://" + rest + OTHERS);
		}
		if ("socket".equals(lower)) {
			return refuse("is not an endpoint", "To connect to a socket of this application write socket:" + rest);
		}
		return switch (lower) {
			case "http", "https" -> refuse("is an address of the web, not of ZeroMQ", SCHEMES);
			case "ws", "wss", "udp", "pgm", "epgm", "norm", "tipc", "vmci", "vsock", "hyperv" ->
				refuse("has the transport '" + transport + "', which JeroMQ does not have", SCHEMES);
			default -> refuse("has the transport '" + transport + "', which ZeroMQ does not have", SCHEMES);
		};
	}

	private EndpointAddress named(String transport, String rest, String example) {
		if (rest.isEmpty()) {
			throw refuse("names nothing behind the transport", "Write " + transport + ":// and " + example);
		}
		return new EndpointAddress(this.endpoint, transport, rest, 0);
	}

	private EndpointAddress ipc(String path) {
		if (path.startsWith("@")) {
			throw refuse("names an abstract socket, which Java does not have", "Write a path: ipc:///run/events.sock");
		}
		if ("*".equals(path) && !this.bind) {
			throw refuse("is no path", "Write the path that the peer is bound to");
		}
		if (path.endsWith("/") || path.indexOf('\0') >= 0) {
			throw refuse("has no name of a file at its end", "Write a path such as ipc:///run/events.sock");
		}
		int length = path.getBytes(StandardCharsets.UTF_8).length;
		if (length > MOST_PATH_BYTES) {
			throw refuse("has a path of %d bytes".formatted(length),
					"Write one of at most %d, which is what Java takes for a Unix domain socket"
						.formatted(MOST_PATH_BYTES));
		}
		return named("ipc", path, "a path, such as ipc:///run/events.sock");
	}

	private EndpointAddress tcp(String rest) {
		if (rest.isEmpty()) {
			throw refuse("has neither host nor port", "Write tcp://" + anyHost() + ":5555" + OTHERS);
		}
		if (rest.indexOf(';') >= 0) {
			throw refuse("names a source address, which JeroMQ ignores", "Give only the peer's address");
		}
		int colon = rest.lastIndexOf(':');
		if (colon < 0 || rest.endsWith("]") || colon == rest.length() - 1) {
			String host = (colon == rest.length() - 1) ? rest.substring(0, colon) : rest;
			throw refuse("has no port", "Write tcp://" + ((host.isEmpty()) ? anyHost() : host.replace("/", ""))
					+ ":5555" + ((this.bind) ? ", or :* for an ephemeral port" : ""));
		}
		int port = port(rest, colon);
		String host = rest.substring(0, colon);
		checkHost(host, rest.substring(colon));
		return new EndpointAddress(this.endpoint, "tcp", withoutBrackets(host), port);
	}

	private int port(String rest, int colon) {
		String text = rest.substring(colon + 1);
		if (this.bind && "*".equals(text)) {
			return 0;
		}
		int slash = text.indexOf('/');
		if (slash >= 0) {
			throw refuse("has something behind its port", "Write tcp://" + rest.substring(0, colon + 1 + slash));
		}
		int port = (PORT.matcher(text).matches()) ? Integer.parseInt(text) : -1;
		if (port < 0 || port > MOST_PORT || (port == 0 && !this.bind)) {
			throw refuse("has the port '" + text + "'",
					(this.bind) ? "Give a port from 1 to 65535, or * for an ephemeral one"
							: "Give the port that the peer is bound to, from 1 to 65535");
		}
		return port;
	}

	private void checkHost(String host, String port) {
		if (host.isEmpty()) {
			throw refuse("has no host",
					(this.bind) ? "Write tcp://*" + port + " for all interfaces, or the address of one"
							: "Write tcp://localhost" + port + ", or the host that the peer runs on");
		}
		if (host.chars()
			.anyMatch((character) -> Character.isWhitespace(character) || Character.isISOControl(character))) {
			throw refuse("has a blank in its host '" + host + "'", "Correct the name of the host");
		}
		if (host.indexOf('/') >= 0 || (!this.bind && host.indexOf('@') >= 0)) {
			throw refuse("has the host '" + host + "', which is no name of a host",
					"Write tcp://host:port, without a user or a path");
		}
		if (!this.bind && isWildcard(withoutBrackets(host))) {
			throw refuse("connects to every interface, which only a bind can name",
					"Write the host that the peer runs on, such as tcp://127.0.0.1" + port + " for this machine");
		}
		checkLiteral(host, port);
	}

	/** A literal that is wrong would be looked up as a name, again and again. */
	private void checkLiteral(String host, String port) {
		String plain = withoutBrackets(host);
		boolean brackets = host.startsWith("[") || host.endsWith("]");
		if (plain.indexOf(':') >= 0) {
			if (plain.equals(host) && brackets) {
				throw refuse("has a bracket too few in its host", "Write tcp://[::1]" + port);
			}
			if (parseIpv6(plain) == null) {
				throw refuse("has the host '" + plain + "', which is neither a name nor an IPv6 address",
						"Write tcp://host:port, or tcp://[::1]:port");
			}
		}
		else if (brackets) {
			throw refuse("has brackets around '" + plain + "', which is no IPv6 address",
					"Write tcp://" + plain.replace("[", "").replace("]", "") + port);
		}
		else if (IPV4.matcher(plain).matches() && Arrays.stream(plain.split("\\."))
			.anyMatch((part) -> part.length() > 3 || Integer.parseInt(part) > 255)) {
			throw refuse("has the host '" + plain + "', which is no IPv4 address",
					"Correct the address: each of its four numbers is 0 to 255");
		}
	}

	/** No name has a colon, so this looks nothing up. The zone may be one to come. */
	static @Nullable InetAddress parseIpv6(String text) {
		int zone = text.indexOf('%');
		try {
			return InetAddress.getByName((zone > 0) ? text.substring(0, zone) : text);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	/** Java takes fewer than four numbers, too. */
	static boolean isIpv4(String host) {
		return host.chars().allMatch((character) -> character == '.' || Character.digit(character, 10) >= 0);
	}

	static boolean isWildcard(String host) {
		if ("*".equals(host) || "0.0.0.0".equals(host)) {
			return true;
		}
		InetAddress address = (host.indexOf(':') >= 0) ? parseIpv6(host) : null;
		return address != null && address.isAnyLocalAddress();
	}

	private static String withoutBrackets(String host) {
		return (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
	}

	private String anyHost() {
		return (this.bind) ? "*" : "localhost";
	}

	private ZmqConfigurationException refuse(String reason, String action) {
		return new ZmqConfigurationException(this.subject, "'" + this.endpoint + "' " + reason, action);
	}

}
