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

package io.github.zmqspring.listener;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.Assert;
import org.springframework.util.MimeType;

/**
 * One listener: which socket it reads, and which method handles the messages. Made from
 * an annotation, or with the {@link Builder} for
 * {@link ZmqListenerRegistry#register(ZmqListenerEndpoint)}.
 *
 * @since 0.1.0
 */
public final class ZmqListenerEndpoint {

	/** The executor name that runs handlers on the poller's thread. */
	public static final String INLINE = "inline";

	/** The dead-letter socket of listeners that want none. */
	public static final String NONE = "none";

	private final String id;

	private final Object bean;

	private final Method method;

	private final String socket;

	private final @Nullable SocketDefinition ownSocket;

	private final ListenerOptions options;

	private final List<ZmqListenerMethod> handlers;

	private ZmqListenerEndpoint(Builder values) {
		this.id = values.id;
		this.bean = values.bean;
		this.method = values.method;
		this.socket = values.socket;
		this.ownSocket = values.ownSocket;
		this.options = values.options();
		this.handlers = values.handlers;
	}

	private ZmqListenerEndpoint(ZmqListenerEndpoint other, String socket, Method method,
			List<ZmqListenerMethod> handlers) {
		this.id = other.id;
		this.bean = other.bean;
		this.method = method;
		this.socket = socket;
		this.ownSocket = other.ownSocket;
		this.options = other.options;
		this.handlers = handlers;
	}

	/** Return this listener with the name of its socket as the socket has it. */
	ZmqListenerEndpoint withSocket(String socket) {
		return (socket.equals(this.socket)) ? this : new ZmqListenerEndpoint(this, socket, this.method, this.handlers);
	}

	/**
	 * Begin a listener.
	 * @param id its unique id
	 * @param bean the object whose method handles the messages
	 * @param method the method, public or made accessible
	 * @return its builder
	 */
	public static Builder of(String id, Object bean, Method method) {
		return new Builder(id, bean, method);
	}

	/**
	 * Return the unique id.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the logical name of the socket.
	 * @return the name
	 */
	public String socket() {
		return this.socket;
	}

	/**
	 * Return the socket to create for this listener alone.
	 * @return the definition, or {@code null} if the socket exists by itself
	 */
	public @Nullable SocketDefinition ownSocket() {
		return this.ownSocket;
	}

	/**
	 * Return the object whose method handles the messages.
	 * @return the bean
	 */
	public Object bean() {
		return this.bean;
	}

	/**
	 * Return the method that handles the messages.
	 * @return the method
	 */
	public Method method() {
		return this.method;
	}

	/**
	 * Return how this listener differs from the settings of all listeners.
	 * @return the options
	 */
	public ListenerOptions options() {
		return this.options;
	}

	/**
	 * Return the methods among which each message chooses.
	 * @return the methods, none if there is only {@link #method()}
	 */
	public List<ZmqListenerMethod> handlers() {
		return this.handlers;
	}

	/**
	 * Return this listener with one method alone.
	 * @param method the method
	 * @return a new endpoint
	 */
	public ZmqListenerEndpoint withMethod(Method method) {
		return new ZmqListenerEndpoint(this, this.socket, method, List.of());
	}

	/**
	 * Make the exception for a listener that cannot work.
	 * @param reason what is wrong
	 * @param action what to do about it
	 * @return an exception that names the listener and its method
	 */
	public ZmqConfigurationException refuse(String reason, String action) {
		return new ZmqConfigurationException("@ZmqListener on " + describeMethod() + "(), id '" + this.id + "'", reason,
				action);
	}

	String describeMethod() {
		String type = this.method.getDeclaringClass().getSimpleName();
		return (this.handlers.isEmpty()) ? type + "." + this.method.getName() : type;
	}

	@Override
	public String toString() {
		return "listener '" + this.id + "' (" + describeMethod() + ")";
	}

	/**
	 * Builds a listener.
	 */
	public static final class Builder {

		private final String id;

		private final Object bean;

		private final Method method;

		private String socket = "";

		private @Nullable SocketDefinition ownSocket;

		private List<String> topics = List.of();

		private @Nullable Integer concurrency;

		private @Nullable String orderedBy;

		private boolean batch;

		private @Nullable Integer maxBatchSize;

		private @Nullable Duration batchTimeout;

		private @Nullable String executorName;

		private @Nullable Executor executor;

		private @Nullable ZmqListenerErrorHandler errorHandler;

		private @Nullable ZmqMessageFilter filter;

		private @Nullable RetryPolicy retryPolicy;

		private @Nullable MimeType contentType;

		private @Nullable String deadLetter;

		private @Nullable Duration timeout;

		private @Nullable Boolean autoStartup;

		private List<String> sendTo = List.of();

		private List<ZmqListenerMethod> handlers = List.of();

		private Builder(String id, Object bean, Method method) {
			Assert.hasText(id, "A listener needs an id");
			this.id = id;
			this.bean = bean;
			this.method = method;
		}

		/**
		 * Set the socket to read.
		 * @param socket the logical name
		 * @return this
		 */
		public Builder socket(String socket) {
			this.socket = socket;
			return this;
		}

		/**
		 * Set a socket to create for this listener and to remove with it.
		 * @param definition the definition
		 * @return this
		 */
		public Builder ownSocket(SocketDefinition definition) {
			this.ownSocket = definition;
			this.socket = definition.name();
			return this;
		}

		/**
		 * Set the topics to subscribe to.
		 * @param topics the prefixes
		 * @return this
		 */
		public Builder topics(List<String> topics) {
			this.topics = List.copyOf(topics);
			return this;
		}

		/**
		 * Set how many messages may be handled at once.
		 * @param concurrency the number of lanes
		 * @return this
		 */
		public Builder concurrency(int concurrency) {
			Assert.isTrue(concurrency > 0, "The concurrency of a listener is at least 1");
			this.concurrency = concurrency;
			return this;
		}

		/**
		 * Set which messages are handled in order although there are several threads.
		 * @param orderedBy an expression on payload, topic, headers and frames: messages
		 * for which it has the same value are handled one after the other
		 * @return this
		 */
		public Builder orderedBy(String orderedBy) {
			this.orderedBy = orderedBy;
			return this;
		}

		/**
		 * Set whether the method takes a list of what has arrived.
		 * @param batch {@code true} for lists
		 * @return this
		 */
		public Builder batch(boolean batch) {
			this.batch = batch;
			return this;
		}

		/**
		 * Set the most messages of a batch.
		 * @param maxBatchSize the number, instead of {@code zmq.listener.max-batch-size}
		 * @return this
		 */
		public Builder maxBatchSize(int maxBatchSize) {
			Assert.isTrue(maxBatchSize > 0, "A batch of a listener has at least 1 message");
			this.maxBatchSize = maxBatchSize;
			return this;
		}

		/**
		 * Set how long a batch waits to be filled.
		 * @param batchTimeout the time, instead of {@code zmq.listener.batch-timeout};
		 * zero takes what is there
		 * @return this
		 */
		public Builder batchTimeout(Duration batchTimeout) {
			Assert.isTrue(!batchTimeout.isNegative(), "The batch timeout of a listener is not negative");
			this.batchTimeout = batchTimeout;
			return this;
		}

		/**
		 * Set what runs the method.
		 * @param name {@code inline}, or what the executor is called in messages
		 * @param executor where lanes take their threads from, if not {@code inline}
		 * @return this
		 */
		public Builder executor(String name, @Nullable Executor executor) {
			this.executorName = name;
			this.executor = executor;
			return this;
		}

		/**
		 * Set what decides when the method fails.
		 * @param errorHandler the handler
		 * @return this
		 */
		public Builder errorHandler(ZmqListenerErrorHandler errorHandler) {
			this.errorHandler = errorHandler;
			return this;
		}

		/**
		 * Set which messages are handled.
		 * @param filter the filter, instead of the one for all listeners
		 * @return this
		 */
		public Builder filter(ZmqMessageFilter filter) {
			this.filter = filter;
			return this;
		}

		/**
		 * Set when and how often a failed call is repeated.
		 * @param retryPolicy the policy, instead of {@code zmq.listener.retry};
		 * unreadable and invalid messages are never repeated
		 * @return this
		 */
		public Builder retryPolicy(RetryPolicy retryPolicy) {
			this.retryPolicy = retryPolicy;
			return this;
		}

		/**
		 * Set the content type of the payloads.
		 * @param contentType the type, whatever the messages say of theirs
		 * @return this
		 */
		public Builder contentType(MimeType contentType) {
			this.contentType = contentType;
			return this;
		}

		/**
		 * Set where messages go that could not be handled.
		 * @param socket the logical name of a socket, or {@link #NONE}
		 * @return this
		 */
		public Builder deadLetter(String socket) {
			this.deadLetter = socket;
			return this;
		}

		/**
		 * Set after what time without a message the method is called with nothing.
		 * @param timeout the time
		 * @return this
		 */
		public Builder timeout(Duration timeout) {
			Assert.isTrue(timeout.toNanos() > 0, "The timeout of a listener is longer than 0");
			this.timeout = timeout;
			return this;
		}

		/**
		 * Set whether the listener starts with the application.
		 * @param autoStartup whether it does
		 * @return this
		 */
		public Builder autoStartup(boolean autoStartup) {
			this.autoStartup = autoStartup;
			return this;
		}

		/**
		 * Set the sockets that get what the method returns.
		 * @param sendTo their logical names
		 * @return this
		 */
		public Builder sendTo(List<String> sendTo) {
			this.sendTo = List.copyOf(sendTo);
			return this;
		}

		/**
		 * Set several methods, among which each message chooses.
		 * @param handlers the methods
		 * @return this
		 */
		public Builder handlers(List<ZmqListenerMethod> handlers) {
			this.handlers = List.copyOf(handlers);
			return this;
		}

		private ListenerOptions options() {
			return new ListenerOptions(this.topics, this.concurrency, this.orderedBy, this.batch, this.maxBatchSize,
					this.batchTimeout, this.executorName, this.executor, this.errorHandler, this.filter,
					this.retryPolicy, this.contentType, this.deadLetter, this.timeout, this.autoStartup, this.sendTo);
		}

		/**
		 * Finish the listener.
		 * @return the endpoint
		 */
		public ZmqListenerEndpoint build() {
			Assert.hasText(this.socket, () -> "Listener '" + this.id + "' needs a socket");
			return new ZmqListenerEndpoint(this);
		}

	}

}
