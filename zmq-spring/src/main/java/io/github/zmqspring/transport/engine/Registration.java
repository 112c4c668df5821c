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

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

import org.jspecify.annotations.Nullable;

/**
 * A channel that the poller is to serve for a new handle. The key of the handle before,
 * if there is one, is still valid until the poller's next turn cancels it, and does not
 * count.
 *
 * @param channel the channel
 * @param before the key that the channel had when its new handle was added
 */
record Registration(SelectableChannel channel, @Nullable SelectionKey before) {

	static Registration of(SelectableChannel channel, Selector selector) {
		return new Registration(channel, channel.keyFor(selector));
	}

	/** Tell whether the poller serves the channel, or need not any more. */
	boolean isDone(Selector selector) {
		SelectionKey key = this.channel.keyFor(selector);
		return !this.channel.isOpen() || (key != null && key != this.before && key.isValid());
	}

}
