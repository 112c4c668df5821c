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

package io.github.zmqspring.core;

import java.util.ArrayDeque;
import java.util.Deque;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Runs something after the transaction of the thread has committed, where spring-tx is
 * there and there is a transaction.
 */
final class AfterCommit {

	private static final Log logger = LogFactory.getLog(AfterCommit.class);

	private static final boolean TRANSACTIONS = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			AfterCommit.class.getClassLoader());

	private AfterCommit() {
	}

	/** Run it now if there is no transaction, never if the transaction is rolled back. */
	static void run(Runnable action) {
		if (!TRANSACTIONS || !Transactions.postpone(action)) {
			action.run();
		}
	}

	/** Loaded only where spring-tx is there. */
	private static final class Transactions {

		static boolean postpone(Runnable action) {
			if (!TransactionSynchronizationManager.isSynchronizationActive()
					|| !TransactionSynchronizationManager.isActualTransactionActive()) {
				return false;
			}
			for (TransactionSynchronization known : TransactionSynchronizationManager.getSynchronizations()) {
				if (known instanceof Sends sends) {
					sends.actions.add(action);
					return true;
				}
			}
			Sends sends = new Sends();
			sends.actions.add(action);
			TransactionSynchronizationManager.registerSynchronization(sends);
			return true;
		}

	}

	/**
	 * What is to be done after one transaction. A failure keeps nothing else from being
	 * done, be it one of these or of what else follows the commit.
	 */
	private static final class Sends implements TransactionSynchronization {

		private final Deque<Runnable> actions = new ArrayDeque<>();

		@Override
		public void afterCommit() {
			RuntimeException failure = null;
			for (Runnable next = this.actions.poll(); next != null; next = this.actions.poll()) {
				try {
					next.run();
				}
				catch (RuntimeException ex) {
					if (failure == null) {
						failure = ex;
					}
					else {
						failure.addSuppressed(ex);
					}
				}
			}
			if (failure != null) {
				throw failure;
			}
		}

		/** What was added by others after the commit has its turn here. */
		@Override
		public void afterCompletion(int status) {
			if (status == STATUS_COMMITTED) {
				afterCommit();
			}
			else if (status == STATUS_UNKNOWN) {
				logger
					.warn("The outcome of a transaction is not known: %d messages that wait for its commit are not sent"
						.formatted(this.actions.size()));
			}
		}

	}

}
