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

import io.github.zmqspring.transport.jeromq.FrameGuard;
import io.github.zmqspring.transport.zmtp.FrameException;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Options;

/**
 * Peers of ZMTP 1 and 2 tell each other who they are, each in one frame.
 */
final class IdentityStage implements Stage {

	private final Engine engine;

	private final boolean unversioned;

	private boolean sent;

	/**
	 * Create the stage.
	 * @param engine the engine
	 * @param unversioned whether the peer knows no greeting: ours is sent already, with
	 * what looked like one
	 */
	IdentityStage(Engine engine, boolean unversioned) {
		this.engine = engine;
		this.unversioned = unversioned;
		this.sent = unversioned;
	}

	@Override
	public boolean receive(Msg identity) {
		if (identity.isCommand() || identity.hasMore() || isSpoilt(identity)) {
			throw new FrameException("no routing id, with which a peer of its version begins");
		}
		this.engine.handshaken(identity, new MessageStage(this.engine, this.unversioned));
		this.engine.output().resume();
		return true;
	}

	private static boolean isSpoilt(Msg frame) {
		return frame instanceof FrameGuard.Spoilt guarded && guarded.isSpoilt();
	}

	@Override
	public ConnectionEnd hungUp() {
		return ConnectionEnd.hungUp("before it told its routing id: most likely its type does not fit",
				this.engine.settings().socketType(this.engine.options()));
	}

	@Override
	public @Nullable Msg next() {
		if (this.sent) {
			return null;
		}
		this.sent = true;
		Options options = this.engine.options();
		Msg identity = new Msg(options.identitySize);
		if (options.identitySize > 0) {
			identity.put(options.identity, 0, options.identitySize);
		}
		return identity;
	}

}
