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

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import io.github.zmqspring.core.ZmqConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint, taken apart and checked before JeroMQ sees it: JeroMQ accepts a connect to
 * port 0 and says "address in use" for whatever goes wrong.
 *
 * @param text the endpoint as written
 * @param scheme {@code tcp}, {@code inproc} or {@code ipc}
 * @param host the host of a tcp endpoint, else what follows the scheme
 * @param port the port of a tcp endpoint; 0 for an ephemeral one
 * @since 0.1.0
 */
public record EndpointAddress(String text, String scheme, String host, int port) {

	private static final String SCHEMES = "Use tcp://host:port, inproc://name or ipc://path (which in JeroMQ is TCP on a loopback port, for JVMs only)";

	private static final Pattern INTERFACE = Pattern.compile("[A-Za-z][A-Za-z0-9_@-]*");

	public static boolean isInproc(String endpoint) {
		return endpoint.startsWith("inproc://");
	}

	public static EndpointAddress parse(String subject, String endpoint, boolean bind) {
		int at = endpoint.indexOf("://");
		if (at < 0 || endpoint.length() == at + 3) {
			throw new ZmqConfigurationException(subject, "'" + endpoint + "' is not an endpoint", SCHEMES);
		}
		String transport = endpoint.substring(0, at);
		String rest = endpoint.substring(at + 3);
		return switch (transport) {
			case "inproc", "ipc" -> new EndpointAddress(endpoint, transport, rest, 0);
			case "tcp" -> tcp(subject, endpoint, rest, bind);
			default -> throw new ZmqConfigurationException(subject,
					"'" + endpoint + "' has the transport '" + transport + "', which JeroMQ does not have", SCHEMES);
		};
	}

	private static EndpointAddress tcp(String subject, String endpoint, String rest, boolean bind) {
		int colon = rest.lastIndexOf(':');
		if (colon <= 0) {
			throw new ZmqConfigurationException(subject, "'" + endpoint + "' has no port",
					"Write tcp://host:port" + ((bind) ? ", with * as the port for an ephemeral one" : ""));
		}
		if (rest.indexOf(';') >= 0) {
			throw new ZmqConfigurationException(subject,
					"'" + endpoint + "' names a source address, which JeroMQ ignores", "Give only the peer's address");
		}
		String name = rest.substring(0, colon);
		String portText = rest.substring(colon + 1);
		int number = ("*".equals(portText)) ? 0 : parsePort(portText);
		if (number < 0 || number > 65_535 || (number == 0 && !bind)) {
			throw new ZmqConfigurationException(subject, "'" + endpoint + "' has the port '" + portText + "'",
					(bind) ? "Give a port from 1 to 65535, or * for an ephemeral one"
							: "Give the port that the peer is bound to, from 1 to 65535");
		}
		if ("*".equals(name) && !bind) {
			throw new ZmqConfigurationException(subject, "'" + endpoint + "' connects to every interface",
					"Give the host that the peer runs on");
		}
		if (name.startsWith("[") && name.endsWith("]")) {
			name = name.substring(1, name.length() - 1);
		}
		return new EndpointAddress(endpoint, "tcp", name, number);
	}

	private static int parsePort(String text) {
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	/**
	 * The endpoint as JeroMQ binds it, which knows no names of network interfaces.
	 */
	public String bindText(boolean ipv6) {
		if (!isTcp() || !INTERFACE.matcher(this.host).matches()) {
			return this.text;
		}
		try {
			NetworkInterface device = NetworkInterface.getByName(this.host);
			if (device == null) {
				return this.text;
			}
			return device.inetAddresses()
				.filter((address) -> address instanceof Inet6Address == ipv6)
				.findFirst()
				.map((address) -> (ipv6) ? "[" + address.getHostAddress() + "]" : address.getHostAddress())
				.map((address) -> "tcp://" + address + this.text.substring(this.text.lastIndexOf(':')))
				.orElse(this.text);
		}
		catch (SocketException ex) {
			return this.text;
		}
	}

	/** Whether the host is written as an IPv6 address. */
	public boolean isIpv6() {
		return isTcp() && this.host.indexOf(':') >= 0;
	}

	public boolean isTcp() {
		return "tcp".equals(this.scheme);
	}

	public boolean isIpc() {
		return "ipc".equals(this.scheme);
	}

	/**
	 * Looks the host up on the calling thread, which may take seconds.
	 * @return the host, or {@code null} for an endpoint without one
	 */
	public @Nullable InetAddress resolve(HostLookup lookup) throws UnknownHostException {
		return (isTcp() && !"*".equals(this.host)) ? lookup.find(this.host) : null;
	}

	/** Finds a host by its name. */
	@FunctionalInterface
	public interface HostLookup {

		/** Asks the resolver of the JDK. */
		HostLookup SYSTEM = InetAddress::getByName;

		InetAddress find(String host) throws UnknownHostException;

	}

}
