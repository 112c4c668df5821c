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

package io.github.zmqspring.test;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test classes that leak, run by {@link ZmqLeakExtensionTests} only: their names keep
 * Surefire from finding them.
 */
final class Fixtures {

	private static final Deque<AutoCloseable> LEAKED = new ArrayDeque<>();

	private Fixtures() {
	}

	static <T extends AutoCloseable> T leak(T resource) {
		LEAKED.push(resource);
		return resource;
	}

	static void closeLeaked() throws Exception {
		while (!LEAKED.isEmpty()) {
			LEAKED.pop().close();
		}
	}

	private static ZContext contextInUse() {
		ZContext context = new ZContext();
		ZMQ.Socket socket = context.createSocket(SocketType.REP);
		socket.bind("tcp://127.0.0.1:*");
		return context;
	}

	@NoLeaks
	static class Clean {

		@Test
		void closesItsContext() {
			try (ZContext context = contextInUse()) {
				context.createSocket(SocketType.PUB);
			}
		}

		@Test
		void usesNothing() {
		}

	}

	@NoLeaks
	static class CleanWithCallbacks {

		private static ZContext shared;

		private ZContext own;

		@BeforeAll
		static void open() {
			shared = contextInUse();
		}

		@AfterAll
		static void close() {
			shared.close();
		}

		@BeforeEach
		void openOwn() {
			this.own = contextInUse();
		}

		@AfterEach
		void closeOwn() {
			this.own.close();
		}

		@Test
		void one() {
		}

		@Test
		void other() {
		}

	}

	@ExtendWith(ContextPerTest.class)
	@NoLeaks
	static class CleanByExtensionsRegisteredFirst {

		@Test
		void leavesItsContextToTheExtension(ZContextHolder holder) {
			holder.open();
		}

	}

	@NoLeaks(timeoutSeconds = 1)
	static class LeaksContext {

		@Test
		void leaksContext() {
			leak(contextInUse());
		}

		@Test
		void usesNothing() {
		}

	}

	@NoLeaks(timeoutSeconds = 1)
	static class LeaksInField {

		private final ZContext context = leak(contextInUse());

		@Test
		void usesContext() {
			assertThat(this.context.isClosed()).isFalse();
		}

	}

	@NoLeaks(timeoutSeconds = 1)
	static class LeaksFromBeforeAll {

		@BeforeAll
		static void open() {
			leak(contextInUse());
		}

		@Test
		void usesNothing() {
		}

	}

	@NoLeaks(timeoutSeconds = 1)
	static class LeaksPort {

		@Test
		void leaksPort() throws IOException {
			leak(ServerSocketChannel.open()).bind(null);
		}

	}

	@NoLeaks(timeoutSeconds = 1)
	static class LeaksDescriptor {

		@Test
		void leaksPipe() throws IOException {
			Pipe pipe = Pipe.open();
			leak(pipe.source());
			leak(pipe.sink());
		}

	}

	@NoLeaks(timeoutSeconds = 1)
	static class FailsAndLeaks {

		@Test
		void failsAndLeaks() {
			leak(contextInUse());
			throw new IllegalStateException("its own failure");
		}

	}

	@NoLeaks(timeoutSeconds = 1)
	static class LeaksInterrupted {

		@Test
		void leaksInterrupted() {
			leak(contextInUse());
			Thread.currentThread().interrupt();
		}

	}

	@NoLeaks(timeoutSeconds = 1)
	static class Outer {

		@Nested
		class Inner {

			@Test
			void leaksContext() {
				leak(contextInUse());
			}

		}

	}

	static class ZContextHolder implements AutoCloseable {

		private final Deque<ZContext> contexts = new ArrayDeque<>();

		void open() {
			this.contexts.push(contextInUse());
		}

		@Override
		public void close() {
			this.contexts.forEach(ZContext::close);
		}

	}

	/**
	 * Closes in {@code afterEach} and by the store, registered before the check.
	 */
	static class ContextPerTest implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

		private static final Namespace NAMESPACE = Namespace.create(ContextPerTest.class);

		private ZContext context;

		@Override
		public void beforeEach(ExtensionContext context) {
			this.context = contextInUse();
		}

		@Override
		public void afterEach(ExtensionContext context) {
			this.context.close();
		}

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return true;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			return context.getStore(NAMESPACE)
				.computeIfAbsent("holder", (key) -> new ZContextHolder(), ZContextHolder.class);
		}

	}

}
