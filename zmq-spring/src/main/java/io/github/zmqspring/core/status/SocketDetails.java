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

package io.github.zmqspring.core.status;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Details of a socket beyond {@link SocketStatus}, for finding out what is wrong. The
 * lists of peers and subscriptions have at most {@value #MOST} entries.
 *
 * @param peers the connections there are
 * @param connects the endpoints that it connects to, and how far it has come
 * @param notListening endpoints that it should be bound to, but whose channel is closed
 * @param closedOutside whether it was closed behind the library's back
 * @param acceptFailures how many connections of peers could not be accepted
 * @param refusals how many connections did not become a peer, or were ended since they
 * broke a rule or a limit
 * @param authenticated how many peers were let in, or let us in, where there is security
 * @param unauthenticated how many connections ended as one side refused the other
 * @param topics what a SUB, XSUB or DISH subscribed to, an empty text being everything
 * @param subscriptions what the peers of a PUB, XPUB or RADIO subscribed to; nothing for
 * other types, and when the socket was too busy to say
 * @param names the names that it connects to, and the instances behind them
 * @param openedAt when it was opened
 * @param lastErrorAt when its last error occurred
 * @since 0.1.0
 */
public record SocketDetails(List<PeerStatus> peers, List<ConnectStatus> connects, List<String> notListening,
		boolean closedOutside, long acceptFailures, long refusals, long authenticated, long unauthenticated,
		List<String> topics, @Nullable List<SubscriptionStatus> subscriptions, List<DiscoveryStatus> names,
		@Nullable Instant openedAt, @Nullable Instant lastErrorAt) {

	/** The most peers and subscriptions that are told of. */
	public static final int MOST = 100;

	public SocketDetails {
		peers = List.copyOf(peers);
		connects = List.copyOf(connects);
		notListening = List.copyOf(notListening);
		topics = List.copyOf(topics);
		names = List.copyOf(names);
		subscriptions = (subscriptions != null) ? List.copyOf(subscriptions) : null;
	}

}
