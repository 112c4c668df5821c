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

import org.jspecify.annotations.Nullable;

/**
 * A connection of a socket to a peer, at one moment.
 *
 * @param endpoint the endpoint of ours that it belongs to: bound, or connected
 * @param address the peer's address and port; its name for inproc
 * @param accepted whether the peer connected to us, or we to it
 * @param since when the connection was made
 * @since 0.1.0
 */
public record PeerStatus(String endpoint, @Nullable String address, boolean accepted, @Nullable Instant since) {

}
