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

package io.github.zmqspring.listener.invoke;

import java.util.Arrays;
import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerException;
import io.github.zmqspring.listener.ZmqReplier;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * Handles messages one by one: each is a call of its own, and what the method returns is
 * the reply to it.
 */
final class SingleMessageHandler extends MethodHandler implements CallStrategy {

	private final MessageInvoker invoker;

	private final FailurePolicy failures;

	private final ReplySender replies;

	/** Whether the method replies through a {@link ZmqReplier}. */
	private final boolean repliesItself;

	/** Whether a reply must be sent whatever the method returns. */
	private final boolean alwaysReplies;

	/** Nothing surrounds the calls: one whose result is there needs no object. */
	private final boolean plain;

	SingleMessageHandler(CallEnvironment environment, MessageInvoker invoker, @Nullable Runnable timeoutCall) {
		super(environment, timeoutCall);
		this.invoker = invoker;
		this.failures = environment.failures();
		this.replies = environment.replies();
		this.repliesItself = Arrays.asList(environment.endpoint().method().getParameterTypes())
			.contains(ZmqReplier.class);
		SocketDefinition definition = environment.definition();
		boolean returns = environment.endpoint().method().getReturnType() != void.class;
		this.alwaysReplies = !this.replies.sendsOn() && definition.replies()
				&& (definition.type() == SocketType.REP || (returns && definition.routes()));
		this.plain = environment.observer() == null && environment.invocations().isPlain();
	}

	@Override
	public void handle(ZmqMessage message) {
		if (environment().streams().isCancelledBy(message)) {
			return;
		}
		environment().counters().active.incrementAndGet();
		if (!isWanted(message)) {
			return;
		}
		if (this.plain) {
			call(message);
		}
		else {
			new Call(environment(), this, List.of(message)).run();
		}
	}

	private boolean isWanted(ZmqMessage message) {
		boolean wanted = false;
		try {
			wanted = environment().accepts(message);
			if (!wanted && environment().definition().type() == SocketType.REP) {
				this.replies.empty(message);
			}
		}
		catch (Throwable ex) {
			fail(message, ex, 1);
		}
		finally {
			if (!wanted) {
				environment().counters().active.decrementAndGet();
			}
		}
		return wanted;
	}

	/** The short way of a {@link Call}, which takes over if the result may come later. */
	private void call(ZmqMessage message) {
		Object result = null;
		boolean atOnce = true;
		try {
			result = invoke(message);
			atOnce = Call.isValue(result);
			if (atOnce) {
				reply(message, result);
				environment().counters().handled.increment();
			}
		}
		catch (Throwable ex) {
			fail(message, ex, 1);
		}
		finally {
			if (atOnce) {
				environment().streams().ended(message);
				environment().counters().active.decrementAndGet();
			}
		}
		if (!atOnce) {
			new Call(environment(), this, List.of(message)).goOn(result);
		}
	}

	@Override
	public @Nullable Object invoke(List<ZmqMessage> messages) throws Throwable {
		return invoke(messages.get(0));
	}

	private @Nullable Object invoke(ZmqMessage message) throws Throwable {
		ZmqReplier replier = (this.repliesItself) ? new MessageReplier(environment(), message) : null;
		return this.invoker.invoke(message, replier);
	}

	@Override
	public boolean reply(List<ZmqMessage> messages, @Nullable Object result) {
		return reply(messages.get(0), result);
	}

	private boolean reply(ZmqMessage message, @Nullable Object result) {
		if (result != null && (this.replies.sendsOn() || environment().definition().replies())) {
			return this.replies.send(message, result);
		}
		if (this.alwaysReplies && !this.repliesItself) {
			return this.replies.empty(message);
		}
		if (result != null) {
			environment().counters().discarded.increment();
		}
		return true;
	}

	@Override
	public void fail(List<ZmqMessage> messages, Throwable failure, int attempts) {
		fail(messages.get(0), failure, attempts);
	}

	private void fail(ZmqMessage message, Throwable failure, int attempts) {
		try {
			reply(message, this.failures.handle(message, failure, attempts));
		}
		catch (ZmqListenerException ex) {
			errorReply(message, ex);
		}
		catch (Throwable ex) {
			this.failures
				.trouble("The reply of the error handler of " + environment().endpoint() + " could not be sent", ex);
			lastReply(message);
		}
	}

	private boolean repliesErrors() {
		return this.alwaysReplies || (this.repliesItself && environment().definition().routes());
	}

	private void errorReply(ZmqMessage message, ZmqListenerException failure) {
		if (!repliesErrors()) {
			return;
		}
		try {
			Object reply = this.failures.errorReply(message, failure);
			if (reply != null) {
				this.replies.error(message, reply);
			}
			else {
				this.replies.empty(message);
			}
		}
		catch (Throwable ex) {
			this.failures.trouble("The error reply of " + environment().endpoint() + " could not be sent", ex);
			lastReply(message);
		}
	}

	/** A strict client waits for a reply, whatever went wrong here. */
	private void lastReply(ZmqMessage message) {
		if (!repliesErrors()) {
			return;
		}
		try {
			this.replies.empty(message);
		}
		catch (RuntimeException ex) {
			this.failures.trouble("Nor could an empty reply of " + environment().endpoint() + " be sent", ex);
		}
	}

}
