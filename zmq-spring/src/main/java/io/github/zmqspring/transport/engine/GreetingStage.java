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

import io.github.zmqspring.transport.zmtp.FrameDecoder;
import io.github.zmqspring.transport.zmtp.FrameEncoder;
import io.github.zmqspring.transport.zmtp.Greeting;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Options;
import zmq.io.mechanism.Mechanisms;

/**
 * The peers find out which version of ZMTP they both speak.
 */
final class GreetingStage implements Stage {

	private final Engine engine;

	private final Options options;

	private final Greeting greeting;

	GreetingStage(Engine engine) {
		this.engine = engine;
		this.options = engine.options();
		this.greeting = new Greeting(this.options);
	}

	@Override
	public boolean receive(ByteBuffer data) {
		Greeting.Version version = this.greeting.read(data);
		if (version != null) {
			greeted(version);
		}
		this.engine.output().resume();
		return true;
	}

	private void greeted(Greeting.Version version) {
		boolean old = version == Greeting.Version.UNVERSIONED || version == Greeting.Version.ZMTP_1;
		if (version == Greeting.Version.ZMTP_3) {
			if (!this.greeting.isSameMechanism()) {
				this.engine.end(new ConnectionEnd(ConnectionEnd.Reason.MECHANISM,
						"the peer's security mechanism is %s, ours is %s".formatted(this.greeting.mechanism(),
								this.options.mechanism)));
				return;
			}
			enter(version, new SecurityStage(this.engine, this.greeting), false);
			return;
		}
		if (this.options.mechanism != Mechanisms.NULL || this.engine.settings().mechanisms().decides()
				|| (this.options.zapDomain != null && !this.options.zapDomain.isEmpty())) {
			this.engine
				.end(new ConnectionEnd(ConnectionEnd.Reason.MECHANISM, "the peer's version of ZMTP knows no security"));
			return;
		}
		enter(version, new IdentityStage(this.engine, version == Greeting.Version.UNVERSIONED), old);
		if (version == Greeting.Version.UNVERSIONED) {
			this.engine.input().decode(this.greeting.notGreeting());
		}
	}

	private void enter(Greeting.Version version, Stage next, boolean old) {
		this.engine.input()
			.decodeBy(new FrameDecoder(this.engine.settings().limits(this.options), this.options.allocator, old));
		this.engine.output().encodeBy(new FrameEncoder(old), this.greeting);
		this.engine.enter(next);
		this.engine.socket().eventHandshaken(this.engine.getEndPoint(), version.ordinal());
	}

	@Override
	public boolean receive(Msg frame) {
		throw new IllegalStateException("a frame before the greeting");
	}

	@Override
	public @Nullable Msg next() {
		return null;
	}

	@Override
	public ConnectionEnd hungUp() {
		return new ConnectionEnd(ConnectionEnd.Reason.PEER, ConnectionEnd.UNGREETED);
	}

	@Override
	public void write(ByteBuffer to) {
		this.greeting.write(to);
	}

}
