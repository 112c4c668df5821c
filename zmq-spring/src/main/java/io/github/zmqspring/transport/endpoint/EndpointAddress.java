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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.zmqspring.core.ZmqConfigurationException;

/**
 * An endpoint, taken apart and checked before JeroMQ sees it: JeroMQ accepts a connect to
 * port 0, and reports "address in use" for whatever goes wrong.
 *
 * @param text the endpoint as written
 * @param scheme {@code tcp}, {@code inproc} or {@code ipc}
 * @param host the host of a tcp endpoint, else what follows the scheme
 * @param port the port of a tcp endpoint; 0 for an ephemeral one
 * @since 0.1.0
 */
public record EndpointAddress(String text, String scheme, String host, int port) {

	private static final Pattern INTERFACE = Pattern.compile("[A-Za-z][A-Za-z0-9_@-]*");

	/**
	 * Return whether an endpoint is one of inproc.
	 * @param endpoint the endpoint as text
	 * @return {@code false} for all other transports
	 */
	public static boolean isInproc(String endpoint) {
		return endpoint.startsWith("inproc://");
	}

	/**
	 * Take an endpoint apart and check it.
	 * @param subject the property or call that it belongs to, for the report
	 * @param endpoint the endpoint
	 * @param bind whether it is to be bound, or else connected
	 * @return its parts
	 * @throws ZmqConfigurationException if it cannot work, with what to write instead
	 */
	public static EndpointAddress parse(String subject, String endpoint, boolean bind) {
		return new EndpointParser(subject, endpoint, bind).parse();
	}

	/**
	 * Return the endpoint as JeroMQ binds it, which knows no names of network interfaces.
	 * @param ipv6 whether to take an IPv6 address of the interface
	 * @return the endpoint with an address
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

	/**
	 * Return whether the host stands for all interfaces.
	 * @return {@code false} for a single one
	 */
	public boolean isWildcard() {
		return isTcp() && EndpointParser.isWildcard(this.host);
	}

	/**
	 * Return whether the host is written as an IPv6 address.
	 * @return {@code false} for names, too
	 */
	public boolean isIpv6() {
		return isTcp() && this.host.indexOf(':') >= 0;
	}

	/**
	 * Return the endpoint in the one form that all ways to write it have: hosts in lower
	 * case, IPv6 addresses in full.
	 * @return what tells two endpoints apart
	 */
	public String peerText() {
		if (!isTcp()) {
			return this.text;
		}
		InetAddress address = (isIpv6()) ? EndpointParser.parseIpv6(this.host) : null;
		int zone = this.host.indexOf('%');
		String written = (address != null) ? address.getHostAddress() + ((zone > 0) ? this.host.substring(zone) : "")
				: this.host.toLowerCase(Locale.ROOT);
		return written + ":" + this.port;
	}

	public boolean isTcp() {
		return "tcp".equals(this.scheme);
	}

	public boolean isIpc() {
		return "ipc".equals(this.scheme);
	}

	/**
	 * Return whether the host is a name, which has to be looked up.
	 * @return {@code false} for addresses, for all interfaces and for other transports
	 */
	public boolean isName() {
		return isTcp() && !isWildcard() && !isIpv6() && !EndpointParser.isIpv4(this.host);
	}

	/**
	 * Look the host up on the calling thread, which may take seconds.
	 * @param lookup the resolver
	 * @param ipv6 whether the socket takes IPv6 addresses, which then come first
	 * @return the addresses to try, none if the host has IPv6 addresses only and the
	 * socket takes none
	 * @throws UnknownHostException if there is no such host
	 */
	public List<InetAddress> resolve(HostLookup lookup, boolean ipv6) throws UnknownHostException {
		List<InetAddress> all = lookup.findAll(this.host);
		if (all.isEmpty()) {
			throw new UnknownHostException(this.host);
		}
		return all.stream()
			.filter((address) -> ipv6 || !(address instanceof Inet6Address))
			.sorted(Comparator.comparing((address) -> !(address instanceof Inet6Address)))
			.toList();
	}

	/** Finds the address of a host. */
	@FunctionalInterface
	public interface HostLookup {

		/** Asks the resolver of the JDK. */
		HostLookup SYSTEM = new HostLookup() {

			@Override
			public InetAddress find(String host) throws UnknownHostException {
				return InetAddress.getByName(host);
			}

			@Override
			public List<InetAddress> findAll(String host) throws UnknownHostException {
				return List.of(InetAddress.getAllByName(host));
			}

		};

		InetAddress find(String host) throws UnknownHostException;

		default List<InetAddress> findAll(String host) throws UnknownHostException {
			return List.of(find(host));
		}

	}

}
