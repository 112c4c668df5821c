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

package io.github.zmqspring.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * IP addresses and ranges of them ({@code 10.0.0.0/8}, {@code fd00::/8}), IPv4 and IPv6.
 * Names of hosts are refused: what a name means may be changed from outside.
 *
 * @since 0.1.0
 */
public final class AddressRanges {

	private final List<Range> ranges;

	private AddressRanges(List<Range> ranges) {
		this.ranges = ranges;
	}

	/**
	 * Parse ranges.
	 * @param texts addresses or ranges
	 * @return the ranges
	 * @throws IllegalArgumentException if one is neither; the message says which, and
	 * what to write
	 */
	public static AddressRanges of(List<String> texts) {
		List<Range> ranges = new ArrayList<>();
		for (String text : texts) {
			ranges.add(range(text.strip()));
		}
		return new AddressRanges(List.copyOf(ranges));
	}

	private static Range range(String text) {
		int slash = text.indexOf('/');
		byte[] address = parse((slash >= 0) ? text.substring(0, slash) : text, text);
		int most = address.length * 8;
		int bits = most;
		if (slash >= 0) {
			try {
				bits = Integer.parseInt(text.substring(slash + 1));
			}
			catch (NumberFormatException ex) {
				bits = -1;
			}
			if (bits < 0 || bits > most) {
				throw new IllegalArgumentException(
						"'%s' has no prefix length of 0 to %d after the slash".formatted(text, most));
			}
		}
		return new Range(address, bits);
	}

	private static byte[] parse(String address, String whole) {
		boolean literal = !address.isEmpty()
				&& address.chars().allMatch((c) -> c == '.' || c == ':' || Character.digit(c, 16) >= 0)
				&& (address.indexOf(':') >= 0 || address.split("\\.", -1).length == 4);
		if (!literal) {
			throw new IllegalArgumentException(
					"'%s' is no IP address or range: write one like 10.0.0.0/8, 192.168.1.7 or fd00::/8"
						.formatted(whole));
		}
		try {
			return InetAddress.getByName(address).getAddress();
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("'%s' is no IP address or range".formatted(whole));
		}
	}

	/**
	 * Tell whether an address is in one of the ranges. An IPv4 address that is mapped
	 * into IPv6 counts as the IPv4 address that it is.
	 * @param address the address, as text
	 * @return whether it is; {@code false} for what is no address
	 */
	public boolean contains(String address) {
		byte[] bytes;
		try {
			int zone = address.indexOf('%');
			bytes = parse((zone >= 0) ? address.substring(0, zone) : address, address);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
		return this.ranges.stream().anyMatch((range) -> range.contains(bytes));
	}

	/**
	 * Tell whether there is no range at all.
	 * @return whether it is empty
	 */
	public boolean isEmpty() {
		return this.ranges.isEmpty();
	}

	private record Range(byte[] address, int bits) {

		boolean contains(byte[] other) {
			if (other.length != this.address.length) {
				return false;
			}
			int whole = this.bits / 8;
			for (int i = 0; i < whole; i++) {
				if (other[i] != this.address[i]) {
					return false;
				}
			}
			int rest = this.bits % 8;
			int mask = 0xff00 >> rest & 0xff;
			return rest == 0 || (other[whole] & mask) == (this.address[whole] & mask);
		}

	}

}
