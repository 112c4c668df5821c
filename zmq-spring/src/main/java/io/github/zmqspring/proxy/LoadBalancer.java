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

package io.github.zmqspring.proxy;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.ReturnPath;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.jspecify.annotations.Nullable;

/**
 * The least-recently-used queue of the ZeroMQ guide (lbbroker). A worker reports that it
 * is free with a message of a single frame, READY by convention, and again with each
 * reply. Each request goes to one free worker, and none is read while there is none. On
 * the backend a message is the worker's routing id, an empty frame, and what the frontend
 * has or gets.
 */
final class LoadBalancer {

	private static final byte[] DELIMITER = {};

	private static final int ENVELOPE = 2;

	private final WorkerQueue workers = new WorkerQueue();

	WorkerQueue workers() {
		return this.workers;
	}

	/** Take the worker's envelope off. */
	Inlet replies(SocketDefinition frontend) {
		return (message) -> take(message, frontend);
	}

	private @Nullable ZmqMessage take(ZmqMessage message, SocketDefinition frontend) {
		byte[][] frames = message.raw();
		if (frames.length <= ENVELOPE || frames[1].length != 0) {
			throw new UnusableMessageException(
					"a worker must send an empty frame and then READY, or the client's routing id, an empty frame and the reply");
		}
		this.workers.add(frames[0]);
		if (frames.length == ENVELOPE + 1) {
			return null;
		}
		byte[][] reply = Arrays.copyOfRange(frames, ENVELOPE, frames.length);
		return ZmqMessage.ofRaw(reply, ReturnPath.length(frontend, reply, () -> false));
	}

	/** Send requests to free workers. */
	Outlet requests(ManagedSocket backend) {
		return new Requests(new SocketOutlet(backend));
	}

	private final class Requests implements Outlet {

		private final SocketOutlet backend;

		private volatile BooleanSupplier ending = () -> false;

		private Requests(SocketOutlet backend) {
			this.backend = backend;
		}

		@Override
		public SendResult send(ZmqMessage message) {
			byte[][] request = message.raw();
			while (LoadBalancer.this.workers.await(this.ending)) {
				byte[] worker = LoadBalancer.this.workers.poll();
				if (worker == null) {
					continue;
				}
				byte[][] frames = new byte[request.length + ENVELOPE][];
				frames[0] = worker;
				frames[1] = DELIMITER;
				System.arraycopy(request, 0, frames, ENVELOPE, request.length);
				SendResult result = this.backend.send(ZmqMessage.ofRaw(frames, ENVELOPE));
				if (result == SendResult.ACCEPTED || result == SendResult.CLOSED) {
					return result;
				}
				// this worker is gone: the next one gets the request
			}
			return SendResult.UNREACHABLE;
		}

		@Override
		public void pass(BooleanSupplier ending) {
			this.ending = ending;
			LoadBalancer.this.workers.await(ending);
		}

		@Override
		public void release() {
			LoadBalancer.this.workers.release();
		}

	}

}
