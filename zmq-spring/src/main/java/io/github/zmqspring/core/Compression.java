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

package io.github.zmqspring.core;

/**
 * How the payloads of a socket are compressed. With any format but none, received
 * payloads in either format are decompressed, and others are taken as they are.
 *
 * @param format the format of what is sent
 * @param maxDecompressedSize the most bytes that a received message may have when it is
 * decompressed; one with more is refused
 * @since 0.1.0
 */
public record Compression(Format format, long maxDecompressedSize) {

	/** No compression. */
	public static final Compression NONE = new Compression(Format.NONE, 64L << 20);

	/**
	 * Return whether payloads are compressed.
	 * @return {@code false} for none
	 */
	public boolean isOn() {
		return this.format != Format.NONE;
	}

	/**
	 * A format of compressed data.
	 */
	public enum Format {

		/** Not compressed. */
		NONE,

		/** As RFC 1950 has it. */
		ZLIB,

		/** As RFC 1952 has it. */
		GZIP

	}

}
