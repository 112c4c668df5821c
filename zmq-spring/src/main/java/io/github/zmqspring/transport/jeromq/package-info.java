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
 * What reaches into JeroMQ beyond its public API, apart from connections:
 * {@code JeroMqInternals} lists every member of JeroMQ that is taken by reflection,
 * {@code Cure} what they are for and what is lost without them, {@code JeroMqHints} lets
 * native images reach them. {@code JeroMq}, {@code Subscribers}, {@code FrameGuard} and
 * {@code Interrupts} help with sockets, {@code ContextTerminator},
 * {@code ContextFailures}, {@code IoThreadWatch} and {@code Descriptors} with contexts.
 */
@NullMarked
package io.github.zmqspring.transport.jeromq;

import org.jspecify.annotations.NullMarked;
