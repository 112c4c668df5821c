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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.ListenerSettings;
import io.github.zmqspring.listener.ZmqErrorReplyConverter;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqListenerErrorHandler;
import io.github.zmqspring.listener.ZmqListenerException;
import io.github.zmqspring.listener.ZmqListenerFailedEvent;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.message.Observed;
import io.github.zmqspring.support.LogLimiter;
import io.github.zmqspring.support.QuotedPayloads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.StringUtils;

/**
 * What happens to a message that a listener could not handle: the error handler decides;
 * without one, or when that fails too, it is logged without its payload, counted, and
 * sent to the dead-letter socket.
 */
final class FailurePolicy {

	/** Each listener logs its failures to a category of its own. */
	private static final String LOG_CATEGORY = "zmq.listener.";

	/**
	 * The time for all unhandled messages together: the shutdown phase is over already.
	 */
	private static final long UNHANDLED_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final ZmqListenerEndpoint endpoint;

	private final ListenerSettings settings;

	private final ZmqSockets sockets;

	private final ListenerCounters counters;

	private final @Nullable ZmqListenerErrorHandler handler;

	private final ZmqErrorReplyConverter errorReplies;

	private final LogLimiter failed;

	private final LogLimiter unreadable;

	private final LogLimiter troubles;

	private final ApplicationEventPublisher events;

	private final @Nullable MessageObserver observer;

	FailurePolicy(ZmqListenerEndpoint endpoint, ListenerSettings settings, ZmqSockets sockets,
			ListenerCounters counters, ListenerHooks hooks) {
		this.errorReplies = hooks.errorReplies();
		this.events = hooks.events();
		this.observer = hooks.observer();
		this.endpoint = endpoint;
		Log logger = LogFactory.getLog(LOG_CATEGORY + endpoint.id());
		String subject = "Listener '" + endpoint.id() + "'";
		this.failed = new LogLimiter(logger, subject + ", failed messages");
		this.unreadable = new LogLimiter(logger, subject + ", unreadable messages");
		this.troubles = new LogLimiter(logger, subject + ", trouble with failed messages");
		this.settings = settings;
		this.sockets = sockets;
		this.counters = counters;
		this.handler = (endpoint.options().errorHandler() != null) ? endpoint.options().errorHandler()
				: hooks.errorHandler();
	}

	/**
	 * Handle a failure.
	 * @return what the error handler returned
	 * @throws ZmqListenerException if there is none, or it failed
	 */
	@Nullable Object handle(ZmqMessage message, Throwable cause, int attempts) {
		ZmqListenerException failure = describe(cause, attempts);
		if (failure.getReason() == ZmqListenerException.Reason.UNREADABLE) {
			this.counters.unreadable.increment();
		}
		else {
			this.counters.failed.increment();
		}
		this.counters.lastError = failure.getMessage();
		if (this.handler != null) {
			try {
				return this.handler.handleError(message, failure);
			}
			catch (Throwable ex) {
				if (ex != failure && ex != failure.getCause()) {
					failure.addSuppressed(ex);
					trouble("The error handler of " + this.endpoint + " failed", ex);
				}
			}
		}
		log(failure);
		// the poller's thread must not wait
		deadLetter(message, failure,
				(this.settings.isInline(this.endpoint)) ? Duration.ZERO : this.settings.replyTimeout());
		publish(failure);
		throw failure;
	}

	private void publish(ZmqListenerException failure) {
		try {
			this.events.publishEvent(new ZmqListenerFailedEvent(this.endpoint, this.endpoint.socket(), failure));
		}
		catch (Throwable ex) {
			trouble("A listener of the ZmqListenerFailedEvent of " + this.endpoint + " failed", ex);
		}
	}

	/**
	 * Converters quote what they could not read: only the types of their exceptions are
	 * named.
	 */
	private ZmqListenerException describe(Throwable cause, int attempts) {
		boolean unreadable = cause instanceof UnreadableMessageException;
		Throwable origin = (unreadable && cause.getCause() != null) ? cause.getCause() : cause;
		String own = QuotedPayloads.ownText(origin);
		String text = (unreadable) ? "cannot read a message: " + QuotedPayloads.describe(origin)
				: "failed: " + origin.getClass().getName() + ((own != null) ? ": " + own : "");
		return new ZmqListenerException(this.endpoint.id(),
				(unreadable) ? ZmqListenerException.Reason.UNREADABLE : ZmqListenerException.Reason.FAILED,
				(unreadable) ? 0 : attempts, StringUtils.capitalize(this.endpoint.toString()) + " " + text, origin);
	}

	private void log(ZmqListenerException failure) {
		String text = String.valueOf(failure.getMessage());
		if (failure.getReason() == ZmqListenerException.Reason.UNREADABLE) {
			this.unreadable.warn(text, null);
		}
		else {
			this.failed.error(text, (failure.getCause() != null) ? QuotedPayloads.withhold(failure.getCause()) : null);
		}
	}

	/** Log that something else went wrong while a failure was dealt with. */
	void trouble(String text, Throwable cause) {
		this.troubles.error(text, QuotedPayloads.withhold(cause));
	}

	/** Return how many lines were left out of the log. */
	long notLogged() {
		return this.failed.leftOut() + this.unreadable.leftOut() + this.troubles.leftOut();
	}

	/** Log what was left out of the log so far. */
	void flushLog() {
		this.failed.flush();
		this.unreadable.flush();
		this.troubles.flush();
	}

	/** A call that was not about any message, after a timeout, failed. */
	void failedWithoutMessage(Throwable cause) {
		ZmqListenerException failure = describe(cause, 1);
		this.counters.failed.increment();
		this.counters.lastError = failure.getMessage();
		log(failure);
	}

	/** The listener stopped before these were handled. */
	void unhandled(List<ZmqMessage> messages) {
		this.counters.unhandled.add(messages.size());
		ZmqListenerException failure = new ZmqListenerException(this.endpoint.id(),
				ZmqListenerException.Reason.UNHANDLED, 0,
				"Listener '" + this.endpoint.id() + "' stopped before the message was handled", null);
		long deadline = System.nanoTime() + UNHANDLED_NANOS;
		for (ZmqMessage message : messages) {
			deadLetter(message, failure, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
		}
	}

	private void deadLetter(ZmqMessage message, ZmqListenerException failure, Duration wait) {
		String target = target();
		if (target == null) {
			return;
		}
		Observed observed = null;
		try {
			ZmqSocket socket = this.sockets.socket(target);
			observed = (this.observer != null) ? this.observer.sending(socket.definition()) : null;
			byte[][] frames = MessageCodec.prepend(header(failure), MessageCodec.copy(message.raw()));
			if (observed != null) {
				observed.frames(frames);
			}
			socket.send(frames, wait.toNanos()).orThrow(target, wait);
			this.counters.deadLettered.increment();
		}
		catch (Throwable ex) {
			if (observed != null) {
				observed.error(ex);
			}
			trouble("A message that " + this.endpoint + " could not handle is lost: the dead-letter socket '" + target
					+ "' did not take it", ex);
		}
		finally {
			if (observed != null) {
				observed.stop();
			}
		}
	}

	private @Nullable String target() {
		String own = this.endpoint.options().deadLetter();
		if (own != null) {
			return (!ZmqListenerEndpoint.NONE.equals(own)) ? own : null;
		}
		return (StringUtils.hasText(this.settings.deadLetter())) ? this.settings.deadLetter() : null;
	}

	private static byte[] header(ZmqListenerException failure) {
		return "reason=%s;listener=%s;attempts=%d"
			.formatted(failure.getReason(), failure.getListenerId(), failure.getAttempts())
			.getBytes(StandardCharsets.UTF_8);
	}

	/** Return the error reply; {@code null} for an empty one. */
	@Nullable Object errorReply(ZmqMessage request, Throwable failure) {
		Throwable origin = failure;
		if (failure instanceof ZmqListenerException known && known.getReason() == ZmqListenerException.Reason.FAILED
				&& known.getCause() != null) {
			origin = known.getCause();
		}
		return this.errorReplies.toReply(request, origin);
	}

}
