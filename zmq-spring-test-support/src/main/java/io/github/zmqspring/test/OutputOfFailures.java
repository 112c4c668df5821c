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

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Keeps what a test logs and prints, and shows it only if the test fails: a run without
 * failures is short, and what a test provokes on purpose raises no alarm. Registered as a
 * service for all tests; as it comes first, extensions that capture output see all of it.
 * The environment variable {@code ZMQ_TEST_OUTPUT=all} switches it off.
 *
 * @since 0.1.0
 */
public final class OutputOfFailures implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, TestWatcher,
		LifecycleMethodExecutionExceptionHandler {

	private static final boolean ALL = "all".equals(System.getenv("ZMQ_TEST_OUTPUT"));

	private static final Kept KEPT = new Kept();

	/** Nested classes, and classes that a test runs. */
	private static int depth;

	private static PrintStream out = System.out;

	private static PrintStream err = System.err;

	@Override
	public void beforeAll(ExtensionContext context) {
		if (depth++ == 0 && !ALL) {
			out = System.out;
			err = System.err;
			PrintStream kept = new PrintStream(KEPT, true, StandardCharsets.UTF_8);
			System.setOut(kept);
			System.setErr(kept);
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		if (depth == 1) {
			KEPT.clear();
		}
	}

	@Override
	public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
		show(context);
	}

	@Override
	public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable ex) throws Throwable {
		show(context);
		throw ex;
	}

	@Override
	public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable ex) throws Throwable {
		show(context);
		throw ex;
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (--depth == 0 && !ALL) {
			System.setOut(out);
			System.setErr(err);
			KEPT.clear();
		}
	}

	private static void show(ExtensionContext context) {
		// those that a test runs to see them fail are its own business
		if (!ALL && (depth == 1 || context.getEnclosingTestClasses().size() == depth - 1)) {
			out.println("--- output of " + context.getRequiredTestClass().getName() + " " + context.getDisplayName());
			out.print(KEPT.text());
			out.println("--- end");
			out.flush();
		}
	}

	/** The last that was written. */
	private static final class Kept extends OutputStream {

		private static final int MOST = 128 * 1024;

		private ByteArrayOutputStream older = new ByteArrayOutputStream();

		private ByteArrayOutputStream newer = new ByteArrayOutputStream();

		@Override
		public synchronized void write(int value) {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public synchronized void write(byte[] bytes, int offset, int length) {
			if (this.newer.size() > MOST) {
				this.older = this.newer;
				this.newer = new ByteArrayOutputStream();
			}
			this.newer.write(bytes, offset, length);
		}

		synchronized void clear() {
			this.older = new ByteArrayOutputStream();
			this.newer = new ByteArrayOutputStream();
		}

		synchronized String text() {
			return this.older.toString(StandardCharsets.UTF_8) + this.newer.toString(StandardCharsets.UTF_8);
		}

	}

}
