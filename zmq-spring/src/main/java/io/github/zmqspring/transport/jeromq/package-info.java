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
 * Everything that reaches into JeroMQ beyond its public API.
 * <ul>
 * <li>{@code JeroMqInternals} lists every member of JeroMQ that is taken by reflection,
 * {@code Cure} what they are for and what is lost without them, {@code JeroMqHints} lets
 * native images reach them.</li>
 * <li>{@code IoThreads} has I/O threads of a context begin with a {@code MailboxHandler},
 * which handles their commands and exchanges the engine of each new connection.</li>
 * <li>{@code Engine} serves a connection from its first byte to its end:
 * {@code Greeting}, mechanism, {@code FrameDecoder} and {@code FrameEncoder},
 * {@code Heartbeat}. What its thread's connections share is in {@code EngineThread}, and
 * what they do later in {@code Ticks}. {@code Sessions} is its way to JeroMQ's session
 * and socket.</li>
 * <li>{@code EngineSettings} of a socket say how: {@code FrameLimits},
 * {@code HandshakePolicy}, {@code Liveness}, {@code MechanismFactory}, and
 * {@code ConnectionListener}, which is told of each {@code Connection} and its
 * {@code ConnectionEnd}.</li>
 * <li>{@code JeroMq}, {@code Subscribers} and {@code Interrupts} help with sockets,
 * {@code ContextFactory}, {@code ContextTerminator}, {@code ContextFailures} and
 * {@code IoThreadWatch} with contexts.</li>
 * </ul>
 */
@NullMarked
package io.github.zmqspring.transport.jeromq;

import org.jspecify.annotations.NullMarked;
