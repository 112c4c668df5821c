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

/**
 * Serves TCP connections in JeroMQ's place, from their first byte to their end.
 * <ul>
 * <li>{@code ContextFactory} makes or prepares a context. {@code IoThreads} then has each
 * of its I/O threads begin with a {@code MailboxHandler}, which handles commands, keeps
 * what fails from the thread, and exchanges the engine of each new connection.
 * {@code Acceptor} accepts connections.</li>
 * <li>{@code Engine} is one connection: begin, guard and end, with {@code EngineInput},
 * {@code EngineOutput} and the {@code Stage} that it is in: {@code GreetingStage}, then
 * {@code SecurityStage} or, with old peers, {@code IdentityStage}, if need be
 * {@code RoutingIdStage}, and {@code MessageStage}; {@code RawStage} for raw TCP.</li>
 * <li>Codecs and greetings are in {@code transport.zmtp}. {@code Heartbeat} notices peers
 * that are gone, {@code Sessions} is the way to JeroMQ's session and socket. What
 * connections of a thread share is in {@code EngineThread}, what they do later in
 * {@code Ticks}.</li>
 * <li>{@code EngineSettings} of a socket are the seams: {@code FrameLimits},
 * {@code HandshakePolicy}, {@code Liveness}, {@code MechanismFactory}, and
 * {@code ConnectionListener}, which is told of each {@code Connection} and its
 * {@code ConnectionEnd}.</li>
 * </ul>
 */
@NullMarked
package io.github.zmqspring.transport.engine;

import org.jspecify.annotations.NullMarked;
