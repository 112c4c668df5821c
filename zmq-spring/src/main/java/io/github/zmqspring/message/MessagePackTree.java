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

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessageFormatException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/**
 * Reads MessagePack into Jackson's trees, and writes it from them. Lengths are compared
 * with what is there before memory is reserved for them.
 */
final class MessagePackTree {

	/** As Jackson's own readers allow. */
	private static final int MOST_NESTED = 500;

	private final JsonNodeFactory nodes;

	MessagePackTree(ObjectMapper mapper) {
		this.nodes = mapper.getNodeFactory();
	}

	JsonNode read(byte[] bytes) throws IOException {
		try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
			JsonNode node = read(unpacker, bytes.length, 0);
			if (unpacker.hasNext()) {
				throw new MessageFormatException(
						(bytes.length - unpacker.getTotalReadBytes()) + " bytes follow behind its end");
			}
			return node;
		}
	}

	private JsonNode read(MessageUnpacker unpacker, long length, int depth) throws IOException {
		if (depth > MOST_NESTED) {
			throw new MessageFormatException("it is nested deeper than " + MOST_NESTED);
		}
		ValueType type = unpacker.getNextFormat().getValueType();
		return switch (type) {
			case NIL -> {
				unpacker.unpackNil();
				yield this.nodes.nullNode();
			}
			case BOOLEAN -> this.nodes.booleanNode(unpacker.unpackBoolean());
			case INTEGER -> integer(unpacker.unpackBigInteger());
			case FLOAT -> this.nodes.numberNode(unpacker.unpackDouble());
			case STRING -> {
				int size = unpacker.unpackRawStringHeader();
				yield this.nodes.stringNode(new String(payload(unpacker, size, length), StandardCharsets.UTF_8));
			}
			case BINARY -> this.nodes.binaryNode(payload(unpacker, unpacker.unpackBinaryHeader(), length));
			case ARRAY -> {
				int size = unpacker.unpackArrayHeader();
				ArrayNode array = this.nodes.arrayNode();
				for (int i = 0; i < size; i++) {
					array.add(read(unpacker, length, depth + 1));
				}
				yield array;
			}
			case MAP -> {
				int size = unpacker.unpackMapHeader();
				ObjectNode map = this.nodes.objectNode();
				for (int i = 0; i < size; i++) {
					map.set(key(read(unpacker, length, depth + 1)), read(unpacker, length, depth + 1));
				}
				yield map;
			}
			case EXTENSION -> extension(unpacker, length);
		};
	}

	private JsonNode extension(MessageUnpacker unpacker, long length) throws IOException {
		ExtensionTypeHeader header = unpacker.unpackExtensionTypeHeader();
		if (header.isTimestampType() && header.getLength() <= length - unpacker.getTotalReadBytes()) {
			return this.nodes.stringNode(unpacker.unpackTimestamp(header).toString());
		}
		return this.nodes.binaryNode(payload(unpacker, header.getLength(), length));
	}

	private static String key(JsonNode key) {
		return (key.isValueNode()) ? key.asString() : key.toString();
	}

	private JsonNode integer(BigInteger value) {
		return (value.bitLength() < Integer.SIZE) ? this.nodes.numberNode(value.intValue())
				: (value.bitLength() < Long.SIZE) ? this.nodes.numberNode(value.longValue())
						: this.nodes.numberNode(value);
	}

	private static byte[] payload(MessageUnpacker unpacker, int size, long length) throws IOException {
		if (size > length - unpacker.getTotalReadBytes()) {
			throw new MessageFormatException("it says that %d bytes follow, and there are %d".formatted(size,
					length - unpacker.getTotalReadBytes()));
		}
		return unpacker.readPayload(size);
	}

	byte[] write(JsonNode node) throws IOException {
		try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
			write(packer, node);
			return packer.toByteArray();
		}
	}

	private void write(MessageBufferPacker packer, JsonNode node) throws IOException {
		switch (node.getNodeType()) {
			case NULL, MISSING -> packer.packNil();
			case BOOLEAN -> packer.packBoolean(node.booleanValue());
			case STRING -> packer.packString(node.stringValue());
			case BINARY -> binary(packer, node.binaryValue());
			case POJO -> {
				// bytes that no generator has written yet
				if (!(((POJONode) node).getPojo() instanceof byte[] bytes)) {
					throw noForm(node);
				}
				binary(packer, bytes);
			}
			case NUMBER -> number(packer, node);
			case ARRAY -> {
				packer.packArrayHeader(node.size());
				for (JsonNode element : node) {
					write(packer, element);
				}
			}
			case OBJECT -> {
				packer.packMapHeader(node.size());
				for (Map.Entry<String, JsonNode> entry : node.properties()) {
					packer.packString(entry.getKey());
					write(packer, entry.getValue());
				}
			}
			default -> throw noForm(node);
		}
	}

	private static void binary(MessageBufferPacker packer, byte[] bytes) throws IOException {
		packer.packBinaryHeader(bytes.length);
		packer.writePayload(bytes);
	}

	private static MessagePackException noForm(JsonNode node) {
		return new MessagePackException("a value of the type " + node.getNodeType() + " has no form there");
	}

	private static void number(MessageBufferPacker packer, JsonNode node) throws IOException {
		switch (node.numberType()) {
			case INT, LONG -> packer.packLong(node.longValue());
			case BIG_INTEGER -> packer.packBigInteger(node.bigIntegerValue());
			case FLOAT -> packer.packFloat(node.floatValue());
			default -> packer.packDouble(node.doubleValue());
		}
	}

}
