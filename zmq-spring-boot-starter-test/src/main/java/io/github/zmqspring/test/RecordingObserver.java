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

package io.github.zmqspring.test;

import java.util.List;
import java.util.Map;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.message.Observed;
import org.jspecify.annotations.Nullable;

/**
 * Records what is sent, and whether it was accepted. The observer that the application
 * has, if any, goes on to observe.
 */
class RecordingObserver implements MessageObserver {

	private final ZmqRecorder recorder;

	private final @Nullable MessageObserver other;

	RecordingObserver(ZmqRecorder recorder, @Nullable MessageObserver other) {
		this.recorder = recorder;
		this.other = other;
	}

	@Override
	public Observed sending(SocketDefinition socket) {
		return new Send(socket.name(), (this.other != null) ? this.other.sending(socket) : null);
	}

	@Override
	public Observed requesting(SocketDefinition socket) {
		return new Send(socket.name(), (this.other != null) ? this.other.requesting(socket) : null);
	}

	@Override
	public @Nullable Observed handling(SocketDefinition socket, String listener, List<ZmqMessage> messages) {
		return (this.other != null) ? this.other.handling(socket, listener, messages) : null;
	}

	private final class Send implements Observed {

		private final String socket;

		private final @Nullable Observed other;

		private byte @Nullable [][] frames;

		private @Nullable Throwable failure;

		private boolean ended;

		private Send(String socket, @Nullable Observed other) {
			this.socket = socket;
			this.other = other;
		}

		@Override
		public Map<String, String> headers() {
			return (this.other != null) ? this.other.headers() : Map.of();
		}

		@Override
		public void frames(byte[][] frames) {
			this.frames = frames.clone();
			if (this.other != null) {
				this.other.frames(frames);
			}
		}

		@Override
		public Scope open() {
			return (this.other != null) ? this.other.open() : () -> {
			};
		}

		@Override
		public void error(Throwable failure) {
			this.failure = failure;
			if (this.other != null) {
				this.other.error(failure);
			}
		}

		@Override
		public void stop() {
			if (this.other != null) {
				this.other.stop();
			}
			byte[][] sent = this.frames;
			if (sent != null && !this.ended) {
				this.ended = true;
				RecordingObserver.this.recorder.sent(this.socket, ZmqMessage.ofRaw(sent, 0), this.failure);
			}
		}

	}

}
