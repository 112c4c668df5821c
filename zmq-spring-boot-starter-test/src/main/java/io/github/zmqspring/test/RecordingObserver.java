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
 * Tells the recorder what is sent, and whether it was accepted.
 */
class RecordingObserver implements MessageObserver {

	private final ZmqRecorder recorder;

	RecordingObserver(ZmqRecorder recorder) {
		this.recorder = recorder;
	}

	@Override
	public Observed sending(SocketDefinition socket) {
		return new Send(socket.name());
	}

	@Override
	public Observed requesting(SocketDefinition socket) {
		return new Send(socket.name());
	}

	@Override
	public @Nullable Observed handling(SocketDefinition socket, String listener, List<ZmqMessage> messages) {
		return null;
	}

	private final class Send implements Observed {

		private final String socket;

		private byte @Nullable [][] frames;

		private @Nullable Throwable failure;

		private boolean ended;

		private Send(String socket) {
			this.socket = socket;
		}

		@Override
		public Map<String, String> headers() {
			return Map.of();
		}

		@Override
		public void frames(byte[][] frames) {
			this.frames = frames.clone();
		}

		@Override
		public Scope open() {
			return () -> {
			};
		}

		@Override
		public void error(Throwable failure) {
			this.failure = failure;
		}

		@Override
		public void stop() {
			byte[][] sent = this.frames;
			if (sent != null && !this.ended) {
				this.ended = true;
				RecordingObserver.this.recorder.sent(this.socket, ZmqMessage.ofRaw(sent, 0), this.failure);
			}
		}

	}

}
