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

package io.github.zmqspring.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

import io.github.zmqspring.core.Compression;
import io.github.zmqspring.core.Compression.Format;
import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqMessage;

/**
 * Compresses and decompresses the frames of payloads. Topics, numbers, return paths,
 * header frames and empty frames stay as they are.
 *
 * @since 0.1.0
 */
public final class PayloadCompression {

	/** A window of 32 KB. */
	private static final byte USUAL_ZLIB = 0x78;

	private static final int PRESET_DICTIONARY = 0x20;

	private static final int GZIP_TRAILER = 8;

	private static final int GZIP_HEADER = 10;

	private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

	private PayloadCompression() {
	}

	/** Compress a frame as a socket has it. */
	static byte[] compress(Compression compression, byte[] frame) {
		if (!compression.isOn() || frame.length == 0) {
			return frame;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(32, frame.length / 2));
		try (OutputStream stream = (compression.format() == Format.GZIP) ? new GZIPOutputStream(bytes)
				: new DeflaterOutputStream(bytes)) {
			stream.write(frame);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/** Compress the frames from one on. */
	static byte[][] compress(Compression compression, byte[][] frames, int from) {
		if (!compression.isOn()) {
			return frames;
		}
		byte[][] compressed = frames.clone();
		for (int i = from; i < compressed.length; i++) {
			compressed[i] = compress(compression, compressed[i]);
		}
		return compressed;
	}

	/**
	 * Decompress a received message, where its socket has a compression. Frames that are
	 * not compressed are left as they are.
	 * @param definition the socket it came from
	 * @param message the message
	 * @return the message itself where nothing is compressed
	 * @throws ZmqConversionException if a frame is damaged, or all have more bytes than
	 * the socket allows
	 */
	public static ZmqMessage decompress(SocketDefinition definition, ZmqMessage message) {
		Compression compression = definition.compression();
		if (!compression.isOn()) {
			return message;
		}
		SequenceDefinition sequence = definition.sequence();
		int number = (sequence != null) ? sequence.frame() : -1;
		int topic = (definition.hasTopics() && message.size() > 1) ? 0 : -1;
		long[] left = { compression.maxDecompressedSize() };
		return message.mapFrames((index, frame) -> {
			Format format = (index == number || index == topic) ? Format.NONE : format(frame);
			if (format == Format.NONE) {
				return frame;
			}
			byte[] bytes = decompress(frame, format, left[0], compression);
			left[0] -= bytes.length;
			return bytes;
		});
	}

	/** Return what the first bytes say: RFC 1950, section 2.2; RFC 1952, section 2.3. */
	private static Format format(byte[] frame) {
		if (frame.length >= GZIP_HEADER && frame[0] == 0x1f && frame[1] == (byte) 0x8b && frame[2] == 8) {
			return Format.GZIP;
		}
		if (frame.length > 2 && (frame[0] & 0x8f) == 8 && (((frame[0] & 0xff) << 8) | (frame[1] & 0xff)) % 31 == 0
				&& (frame[1] & PRESET_DICTIONARY) == 0) {
			return Format.ZLIB;
		}
		return Format.NONE;
	}

	/**
	 * Text may begin as zlib does with a window that is hardly ever used: "800", "hello".
	 */
	private static boolean isMaybeText(byte[] frame) {
		return frame[0] != USUAL_ZLIB && frame[0] >= ' ';
	}

	private static byte[] decompress(byte[] frame, Format format, long most, Compression compression) {
		ByteArrayInputStream bytes = new ByteArrayInputStream(frame);
		try (InputStream stream = (format == Format.GZIP) ? new Gzip(bytes, frame.length) : new Zlib(bytes)) {
			byte[] all = stream.readNBytes((int) Math.min(most + 1, MOST_BYTES));
			if (all.length > most || stream.read() >= 0) {
				throw new ZmqConversionException(
						"a frame of %d bytes has more than max-decompressed-size allows, %d bytes, when it is decompressed"
							.formatted(frame.length, compression.maxDecompressedSize()));
			}
			int rest = (stream instanceof Gzip gzip) ? gzip.rest() : ((Zlib) stream).rest();
			if (rest > 0) {
				throw new IOException(rest + " bytes follow behind its end");
			}
			return all;
		}
		catch (EOFException ex) {
			if (isMaybeText(frame)) {
				return frame;
			}
			throw new ZmqConversionException(
					"a frame of %d bytes is compressed as %s, and ends too early".formatted(frame.length, format));
		}
		catch (IOException ex) {
			if (isMaybeText(frame)) {
				return frame;
			}
			throw new ZmqConversionException("a frame of %d bytes is compressed as %s, and damaged: %s"
				.formatted(frame.length, format, ex.getMessage()));
		}
	}

	/** Says what it left. */
	private static final class Zlib extends InflaterInputStream {

		private final InputStream bytes;

		Zlib(InputStream bytes) {
			super(bytes);
			this.bytes = bytes;
		}

		int rest() throws IOException {
			return this.inf.getRemaining() + this.bytes.available();
		}

	}

	/** Says what it left, which it takes to be of no use. */
	private static final class Gzip extends GZIPInputStream {

		Gzip(InputStream bytes, int length) throws IOException {
			// all at once: it skips what is no further member
			super(bytes, length);
		}

		int rest() {
			return this.inf.getRemaining() - GZIP_TRAILER;
		}

	}

}
