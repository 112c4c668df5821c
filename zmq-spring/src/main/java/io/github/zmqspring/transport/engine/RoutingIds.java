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

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import zmq.io.SessionBase;
import zmq.util.Blob;

/**
 * Which session has which routing id at a ROUTER. JeroMQ ignores a second one of the same
 * id for ever, and says nothing: also one of a peer that connects again while a message
 * of its last connection was not read yet. Here it waits until the id is free. May be
 * used by several I/O threads.
 */
final class RoutingIds {

	private final ConcurrentMap<Blob, SessionBase> owners = new ConcurrentHashMap<>();

	/** Take an id, unless another session has it. */
	boolean take(Blob id, SessionBase session) {
		SessionBase owner = this.owners.putIfAbsent(id, session);
		return owner == null || owner == session;
	}

	/** Take an id from the session that has it. */
	void takeOver(Blob id, SessionBase session) {
		this.owners.put(id, session);
	}

	void free(Blob id, SessionBase session) {
		this.owners.remove(id, session);
	}

}
