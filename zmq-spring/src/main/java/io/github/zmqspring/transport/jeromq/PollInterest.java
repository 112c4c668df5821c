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

package io.github.zmqspring.transport.jeromq;

import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;
import zmq.io.IOObject;
import zmq.io.IOThread;
import zmq.poll.IPollEvents;
import zmq.poll.Poller;

/**
 * What a connection wants to hear of its channel. The poller looks at all of its channels
 * after each change, so there are as few as can be.
 *
 * @since 0.1.0
 */
public final class PollInterest {

	private final IOObject io;

	private final SocketChannel channel;

	private Poller.@Nullable Handle handle;

	private boolean out;

	public PollInterest(IOThread thread, IPollEvents events, SocketChannel channel) {
		this.io = new IOObject(thread, events);
		this.channel = channel;
	}

	public void open() {
		this.io.plug();
		this.handle = this.io.addFd(this.channel);
	}

	public void in(boolean on) {
		if (this.handle != null && on) {
			this.io.setPollIn(this.handle);
		}
		else if (this.handle != null) {
			this.io.resetPollIn(this.handle);
		}
	}

	public void out(boolean on) {
		if (this.handle != null && this.out != on) {
			this.out = on;
			if (on) {
				this.io.setPollOut(this.handle);
			}
			else {
				this.io.resetPollOut(this.handle);
			}
		}
	}

	public void close() {
		Poller.Handle open = this.handle;
		this.handle = null;
		if (open != null) {
			this.io.removeHandle(open);
		}
		this.io.unplug();
	}

}
