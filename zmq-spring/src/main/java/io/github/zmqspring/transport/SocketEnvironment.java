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

package io.github.zmqspring.transport;

import java.util.function.BooleanSupplier;

import io.github.zmqspring.transport.discovery.Discovery;

/**
 * What all sockets of a registry share.
 *
 * @param opener makes JeroMQ sockets
 * @param connector connects them
 * @param endpoints checks their endpoints
 * @param references finds the endpoints of sockets that others connect to by name
 * @param discovery looks up names of instances
 * @param events publishes their events
 * @param lingering waits for the last messages of closed sockets
 * @param stopped whether the registry is stopped, and nothing may open
 */
record SocketEnvironment(SocketOpener opener, Connector connector, EndpointChecks endpoints,
		SocketReferences references, Discovery discovery, SocketEvents events, LingerWatch lingering,
		BooleanSupplier stopped) {

}
