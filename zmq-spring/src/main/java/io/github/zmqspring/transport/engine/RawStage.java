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

package io.github.zmqspring.transport.engine;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.io.Metadata;
import zmq.io.SessionBase;

/**
 * TCP without ZMTP: what comes is a message, and a message's bytes are sent as they are.
 */
final class RawStage implements Stage {

	private final Engine engine;

	private final SessionBase session;

	private final @Nullable Metadata metadata;

	/** A message that the socket did not take. */
	private @Nullable Msg refused;

	/** What is left of a message to send. */
	private @Nullable ByteBuffer rest;

	RawStage(Engine engine) {
		this.engine = engine;
		this.session = engine.session();
		this.metadata = PeerMetadata.of(engine.channel(), engine.options(), null);
	}

	/** An empty message tells of the begin and of the end of a connection. */
	void tell() {
		push(new Msg());
		this.session.flush();
	}

	private boolean push(Msg message) {
		if (this.metadata != null) {
			message.setMetadata(this.metadata);
		}
		return this.engine.push(message);
	}

	@Override
	public boolean receive(ByteBuffer data) {
		if (this.refused != null && !push(this.refused)) {
			return false;
		}
		this.refused = null;
		if (data.hasRemaining()) {
			Msg message = new Msg(data.remaining());
			message.put(data);
			if (!push(message)) {
				this.refused = message;
				return false;
			}
		}
		return true;
	}

	@Override
	public boolean receive(Msg frame) {
		throw new IllegalStateException("a frame of raw TCP");
	}

	@Override
	public @Nullable Msg next() {
		return null;
	}

	@Override
	public void write(ByteBuffer to) {
		while (to.hasRemaining()) {
			ByteBuffer from = this.rest;
			if (from == null) {
				Msg message = Sessions.pull(this.session);
				if (message == null) {
					return;
				}
				from = message.buf().limit(message.size()).position(0);
				this.rest = from;
			}
			int limit = from.limit();
			to.put(from.limit(from.position() + Math.min(from.remaining(), to.remaining())));
			from.limit(limit);
			if (!from.hasRemaining()) {
				this.rest = null;
			}
		}
	}

	@Override
	public boolean hasRest() {
		return this.rest != null;
	}

	@Override
	public boolean isReady() {
		return true;
	}

}
