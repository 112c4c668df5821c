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

package io.github.zmqspring.sample;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.core.SocketStatus;
import org.jspecify.annotations.Nullable;

/**
 * A socket as the page shows it.
 *
 * @param name the name in application.yml
 * @param type the type
 * @param state the state
 * @param up whether it is open and has the peers it needs
 * @param bound the endpoints really bound
 * @param connected the endpoints it connects to
 * @param peers connected peers
 * @param sent messages sent
 * @param received messages received
 * @param rejected sends refused
 * @param dropped messages received that were of no use
 * @param lastError the last error, if there was one
 */
record SocketView(String name, String type, String state, boolean up, List<String> bound, List<String> connected,
		int peers, long sent, long received, long rejected, long dropped, @Nullable String lastError) {

	static SocketView of(SocketStatus status) {
		boolean up = status.state() == SocketStatus.State.OPEN && status.peers() >= status.requiredPeers();
		List<String> connected = new ArrayList<>(status.connected());
		status.pending().forEach((endpoint) -> connected.add(endpoint + " (unresolved)"));
		return new SocketView(status.name(), status.type().name(), status.state().name(), up, status.bound(), connected,
				status.peers(), status.sent(), status.received(), status.rejected(), status.dropped(),
				status.lastError());
	}

}
