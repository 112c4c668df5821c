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

package io.github.zmqspring.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.zmqspring.autoconfigure.security.SecurityProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of ZeroMQ.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("zmq")
public class ZmqProperties {

	/**
	 * Whether ZeroMQ is set up.
	 */
	private boolean enabled = true;

	/**
	 * The ZeroMQ context.
	 */
	private final Context context = new Context();

	/**
	 * The shared pollers.
	 */
	private final Poller poller = new Poller();

	/**
	 * Options of every socket whose type has them. The options of a socket itself win.
	 */
	@NestedConfigurationProperty
	private final OptionsProperties defaults = new OptionsProperties();

	/**
	 * Sockets by logical name.
	 */
	private final Map<String, SocketProperties> sockets = new LinkedHashMap<>();

	/**
	 * Names that sockets connect to.
	 */
	private final Discovery discovery = new Discovery();

	/**
	 * Settings of listeners. Attributes of a listener win.
	 */
	private final Listener listener = new Listener();

	/**
	 * The ZmqTemplate.
	 */
	private final Template template = new Template();

	/**
	 * Requests.
	 */
	private final Request request = new Request();

	/**
	 * Keys, clients and users for the security of sockets.
	 */
	@NestedConfigurationProperty
	private final SecurityProperties security = new SecurityProperties();

	/**
	 * Proxies by name.
	 */
	private final Map<String, ProxyProperties> proxies = new LinkedHashMap<>();

	/**
	 * Return whether ZeroMQ is set up.
	 * @return {@code true} if so
	 */
	public boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Set whether ZeroMQ is set up.
	 * @param enabled {@code true} if so
	 */
	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	/**
	 * Return the properties of the ZeroMQ context.
	 * @return the properties
	 */
	public Context getContext() {
		return this.context;
	}

	/**
	 * Return the properties of the shared pollers.
	 * @return the properties
	 */
	public Poller getPoller() {
		return this.poller;
	}

	/**
	 * Return the options of every socket whose type has them.
	 * @return the properties
	 */
	public OptionsProperties getDefaults() {
		return this.defaults;
	}

	/**
	 * Return the sockets by logical name.
	 * @return the map
	 */
	public Map<String, SocketProperties> getSockets() {
		return this.sockets;
	}

	/**
	 * Return how names are looked up that sockets connect to.
	 * @return the properties
	 */
	public Discovery getDiscovery() {
		return this.discovery;
	}

	/**
	 * Return the settings of listeners.
	 * @return the list
	 */
	public Listener getListener() {
		return this.listener;
	}

	/**
	 * Return the properties of {@link io.github.zmqspring.core.ZmqTemplate}.
	 * @return the properties
	 */
	public Template getTemplate() {
		return this.template;
	}

	/**
	 * Return the properties of requests.
	 * @return the properties
	 */
	public Request getRequest() {
		return this.request;
	}

	/**
	 * Return the keys, clients and users for the security of sockets.
	 * @return the properties
	 */
	public SecurityProperties getSecurity() {
		return this.security;
	}

	/**
	 * Return the proxies by name.
	 * @return the map
	 */
	public Map<String, ProxyProperties> getProxies() {
		return this.proxies;
	}

	/**
	 * The ZeroMQ context.
	 */
	public static class Context {

		/**
		 * Number of ZeroMQ I/O threads. More than one helps only messages of a few bytes.
		 */
		private int ioThreads = 1;

		/**
		 * Maximum number of sockets in the context.
		 */
		private int maxSockets = 1024;

		/**
		 * Bytes that a connection reads or writes at once. 0 keeps the 8KB of JeroMQ.
		 */
		private DataSize batchSize = DataSize.ofKilobytes(64);

		/**
		 * Memory for messages that come in, from their first byte until they are read: a
		 * size, or a part of the heap such as 25%. Over it connections are not read until
		 * there is room.
		 */
		private String maxIncomingMemory = "25%";

		/**
		 * Return the number of ZeroMQ I/O threads.
		 * @return the number
		 */
		public int getIoThreads() {
			return this.ioThreads;
		}

		/**
		 * Set the number of ZeroMQ I/O threads. More than one helps only messages of a
		 * few bytes.
		 * @param ioThreads the number
		 */
		public void setIoThreads(int ioThreads) {
			this.ioThreads = ioThreads;
		}

		/**
		 * Return the maximum number of sockets in the context.
		 * @return the number
		 */
		public int getMaxSockets() {
			return this.maxSockets;
		}

		/**
		 * Set the maximum number of sockets in the context.
		 * @param maxSockets the number
		 */
		public void setMaxSockets(int maxSockets) {
			this.maxSockets = maxSockets;
		}

		/**
		 * Return the memory for messages that come in, from their first byte until they
		 * are read: a size, or a part of the heap such as 25%.
		 * @return the text
		 */
		public String getMaxIncomingMemory() {
			return this.maxIncomingMemory;
		}

		/**
		 * Set the memory for messages that come in, from their first byte until they are
		 * read: a size, or a part of the heap such as 25%. Over it connections are not
		 * read until there is room.
		 * @param maxIncomingMemory the text
		 */
		public void setMaxIncomingMemory(String maxIncomingMemory) {
			this.maxIncomingMemory = maxIncomingMemory;
		}

		/**
		 * Return the bytes that a connection reads or writes at once.
		 * @return the size
		 */
		public DataSize getBatchSize() {
			return this.batchSize;
		}

		/**
		 * Set the bytes that a connection reads or writes at once. 0 keeps the 8KB of
		 * JeroMQ.
		 * @param batchSize the size
		 */
		public void setBatchSize(DataSize batchSize) {
			this.batchSize = batchSize;
		}

	}

	/**
	 * The shared pollers.
	 */
	public static class Poller {

		/**
		 * Number of poller threads. Sockets are spread over them.
		 */
		private int threads = 1;

		/**
		 * Return the number of poller threads.
		 * @return the number
		 */
		public int getThreads() {
			return this.threads;
		}

		/**
		 * Set the number of poller threads. Sockets are spread over them.
		 * @param threads the number
		 */
		public void setThreads(int threads) {
			this.threads = threads;
		}

	}

	/**
	 * Names that sockets connect to, and whose instances come and go.
	 */
	public static class Discovery {

		/**
		 * How often dns:///, srv:///, discovery:/// and other names that sockets connect
		 * to are looked up.
		 */
		private Duration refresh = Duration.ofSeconds(10);

		/**
		 * How long an instance that is no longer found may stay connected, for what it
		 * has still to send.
		 */
		private Duration drainTimeout = Duration.ofSeconds(10);

		/**
		 * How long a look-up may take until it is reported and its thread interrupted.
		 */
		private Duration lookupTimeout = Duration.ofSeconds(10);

		/**
		 * Return how often dns:///, srv:///, discovery:/// and other names that sockets
		 * connect to are looked up.
		 * @return the time
		 */
		public Duration getRefresh() {
			return this.refresh;
		}

		/**
		 * Set how often dns:///, srv:///, discovery:/// and other names that sockets
		 * connect to are looked up.
		 * @param refresh the time
		 */
		public void setRefresh(Duration refresh) {
			this.refresh = refresh;
		}

		/**
		 * Return how long an instance that is no longer found may stay connected, for
		 * what it has still to send.
		 * @return the time
		 */
		public Duration getDrainTimeout() {
			return this.drainTimeout;
		}

		/**
		 * Set how long an instance that is no longer found may stay connected, for what
		 * it has still to send.
		 * @param drainTimeout the time
		 */
		public void setDrainTimeout(Duration drainTimeout) {
			this.drainTimeout = drainTimeout;
		}

		/**
		 * Return how long a look-up may take until it is reported and its thread
		 * interrupted.
		 * @return the time
		 */
		public Duration getLookupTimeout() {
			return this.lookupTimeout;
		}

		/**
		 * Set how long a look-up may take until it is reported and its thread
		 * interrupted.
		 * @param lookupTimeout the time
		 */
		public void setLookupTimeout(Duration lookupTimeout) {
			this.lookupTimeout = lookupTimeout;
		}

	}

	/**
	 * Settings of listeners. Attributes of a listener win.
	 */
	public static class Listener {

		/**
		 * Number of messages that a listener handles at the same time.
		 */
		private int concurrency = 1;

		/**
		 * Whether listeners start with the application.
		 */
		private boolean autoStartup = true;

		/**
		 * Executor of listeners: inline for the thread of the poller, or the name of an
		 * Executor bean. By default each lane has a thread of its own, a virtual one
		 * where spring.threads.virtual.enabled is set.
		 */
		private @Nullable String executor;

		/**
		 * Whether log lines of a listener's call carry its id and its socket, as
		 * zmq.listener and zmq.socket of SLF4J's MDC.
		 */
		private boolean mdcEnabled = false;

		/**
		 * Maximum number of messages in a batch.
		 */
		private int maxBatchSize = 500;

		/**
		 * How long a batch listener waits for its batch to fill. 0 takes the messages
		 * that have arrived.
		 */
		private Duration batchTimeout = Duration.ZERO;

		/**
		 * Maximum number of asynchronous results, such as futures, that a listener waits
		 * for. It handles no further message until one of them completes. 1 handles one
		 * message after the other.
		 */
		private int maxPendingResults = 256;

		/**
		 * How long an inline listener may block the thread of the poller before it is
		 * reported in log, event and health.
		 */
		private Duration inlineLimit = Duration.ofSeconds(1);

		/**
		 * Time without a message after which an idle event is published. By default
		 * never.
		 */
		private @Nullable Duration idleEventInterval;

		/**
		 * Reply to a request whose listener fails.
		 */
		private ErrorReplyMode errorReply = ErrorReplyMode.MESSAGE;

		/**
		 * Name of the socket that gets messages that could not be handled.
		 */
		private @Nullable String deadLetter;

		/**
		 * Whether calls of listeners are observed, for traces and the timer zmq.listener.
		 */
		private boolean observationEnabled = false;

		/**
		 * Retries of failed calls.
		 */
		private final Retry retry = new Retry();

		/**
		 * Return whether log lines of a listener's call carry its id and its socket, as
		 * zmq.listener and zmq.socket of SLF4J's MDC.
		 * @return {@code true} if so
		 */
		public boolean isMdcEnabled() {
			return this.mdcEnabled;
		}

		/**
		 * Set whether log lines of a listener's call carry its id and its socket, as
		 * zmq.listener and zmq.socket of SLF4J's MDC.
		 * @param mdcEnabled {@code true} if so
		 */
		public void setMdcEnabled(boolean mdcEnabled) {
			this.mdcEnabled = mdcEnabled;
		}

		/**
		 * Return the number of messages that a listener handles at the same time.
		 * @return the number
		 */
		public int getConcurrency() {
			return this.concurrency;
		}

		/**
		 * Set the number of messages that a listener handles at the same time.
		 * @param concurrency the number
		 */
		public void setConcurrency(int concurrency) {
			this.concurrency = concurrency;
		}

		/**
		 * Return whether listeners start with the application.
		 * @return {@code true} if so
		 */
		public boolean isAutoStartup() {
			return this.autoStartup;
		}

		/**
		 * Set whether listeners start with the application.
		 * @param autoStartup {@code true} if so
		 */
		public void setAutoStartup(boolean autoStartup) {
			this.autoStartup = autoStartup;
		}

		/**
		 * Return the executor of listeners: {@code inline} for the thread of the poller,
		 * or the name of an {@code Executor} bean.
		 * @return the text, or {@code null} if it is not set
		 */
		public @Nullable String getExecutor() {
			return this.executor;
		}

		/**
		 * Set the executor of listeners: {@code inline} for the thread of the poller, or
		 * the name of an {@code Executor} bean. By default each lane has a thread of its
		 * own, a virtual one where spring.threads.virtual.enabled is set.
		 * @param executor the text, or {@code null} to leave it unset
		 */
		public void setExecutor(@Nullable String executor) {
			this.executor = executor;
		}

		/**
		 * Return the maximum number of messages in a batch.
		 * @return the number
		 */
		public int getMaxBatchSize() {
			return this.maxBatchSize;
		}

		/**
		 * Set the maximum number of messages in a batch.
		 * @param maxBatchSize the number
		 */
		public void setMaxBatchSize(int maxBatchSize) {
			this.maxBatchSize = maxBatchSize;
		}

		/**
		 * Return how long a batch listener waits for its batch to fill.
		 * @return the time
		 */
		public Duration getBatchTimeout() {
			return this.batchTimeout;
		}

		/**
		 * Set how long a batch listener waits for its batch to fill. 0 takes the messages
		 * that have arrived.
		 * @param batchTimeout the time
		 */
		public void setBatchTimeout(Duration batchTimeout) {
			this.batchTimeout = batchTimeout;
		}

		/**
		 * Return the maximum number of asynchronous results, such as futures, that a
		 * listener waits for.
		 * @return the number
		 */
		public int getMaxPendingResults() {
			return this.maxPendingResults;
		}

		/**
		 * Set the maximum number of asynchronous results, such as futures, that a
		 * listener waits for. It handles no further message until one of them completes.
		 * 1 handles one message after the other.
		 * @param maxPendingResults the number
		 */
		public void setMaxPendingResults(int maxPendingResults) {
			this.maxPendingResults = maxPendingResults;
		}

		/**
		 * Return how long an inline listener may block the thread of the poller before it
		 * is reported in log, event and health.
		 * @return the time
		 */
		public Duration getInlineLimit() {
			return this.inlineLimit;
		}

		/**
		 * Set how long an inline listener may block the thread of the poller before it is
		 * reported in log, event and health.
		 * @param inlineLimit the time
		 */
		public void setInlineLimit(Duration inlineLimit) {
			this.inlineLimit = inlineLimit;
		}

		/**
		 * Return the time without a message after which an idle event is published.
		 * @return the time, or {@code null} if it is not set
		 */
		public @Nullable Duration getIdleEventInterval() {
			return this.idleEventInterval;
		}

		/**
		 * Set the time without a message after which an idle event is published. By
		 * default never.
		 * @param idleEventInterval the time, or {@code null} to leave it unset
		 */
		public void setIdleEventInterval(@Nullable Duration idleEventInterval) {
			this.idleEventInterval = idleEventInterval;
		}

		/**
		 * Return the reply to a request whose listener fails.
		 * @return the value
		 */
		public ErrorReplyMode getErrorReply() {
			return this.errorReply;
		}

		/**
		 * Set the reply to a request whose listener fails.
		 * @param errorReply the value
		 */
		public void setErrorReply(ErrorReplyMode errorReply) {
			this.errorReply = errorReply;
		}

		/**
		 * Return the name of the socket that gets messages that could not be handled.
		 * @return the text, or {@code null} if it is not set
		 */
		public @Nullable String getDeadLetter() {
			return this.deadLetter;
		}

		/**
		 * Set the name of the socket that gets messages that could not be handled.
		 * @param deadLetter the text, or {@code null} to leave it unset
		 */
		public void setDeadLetter(@Nullable String deadLetter) {
			this.deadLetter = deadLetter;
		}

		/**
		 * Return whether calls of listeners are observed, for traces and the timer
		 * zmq.listener.
		 * @return {@code true} if so
		 */
		public boolean isObservationEnabled() {
			return this.observationEnabled;
		}

		/**
		 * Set whether calls of listeners are observed, for traces and the timer
		 * zmq.listener.
		 * @param observationEnabled {@code true} if so
		 */
		public void setObservationEnabled(boolean observationEnabled) {
			this.observationEnabled = observationEnabled;
		}

		/**
		 * Return how failed calls are repeated.
		 * @return the properties
		 */
		public Retry getRetry() {
			return this.retry;
		}

	}

	/**
	 * Retries of listeners.
	 */
	public static class Retry {

		/**
		 * Maximum number of calls for one message, the first included. 1 does not retry.
		 */
		private int maxAttempts = 1;

		/**
		 * Wait before the second call.
		 */
		private Duration initialInterval = Duration.ofMillis(100);

		/**
		 * Factor by which each further wait is longer.
		 */
		private double multiplier = 2.0;

		/**
		 * Longest wait.
		 */
		private Duration maxInterval = Duration.ofSeconds(10);

		/**
		 * Whether a message keeps its lane, and the order, until its last attempt. If
		 * not, the lane goes on with other messages meanwhile.
		 */
		private boolean blocking = true;

		/**
		 * Return whether a message keeps its lane, and the order, until its last attempt.
		 * @return {@code true} if so
		 */
		public boolean isBlocking() {
			return this.blocking;
		}

		/**
		 * Set whether a message keeps its lane, and the order, until its last attempt. If
		 * not, the lane goes on with other messages meanwhile.
		 * @param blocking {@code true} if so
		 */
		public void setBlocking(boolean blocking) {
			this.blocking = blocking;
		}

		/**
		 * Return the maximum number of calls for one message, the first included.
		 * @return the number
		 */
		public int getMaxAttempts() {
			return this.maxAttempts;
		}

		/**
		 * Set the maximum number of calls for one message, the first included. 1 does not
		 * retry.
		 * @param maxAttempts the number
		 */
		public void setMaxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

		/**
		 * Return the wait before the second call.
		 * @return the time
		 */
		public Duration getInitialInterval() {
			return this.initialInterval;
		}

		/**
		 * Set the wait before the second call.
		 * @param initialInterval the time
		 */
		public void setInitialInterval(Duration initialInterval) {
			this.initialInterval = initialInterval;
		}

		/**
		 * Return the factor by which each further wait is longer.
		 * @return the factor
		 */
		public double getMultiplier() {
			return this.multiplier;
		}

		/**
		 * Set the factor by which each further wait is longer.
		 * @param multiplier the factor
		 */
		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		/**
		 * Return the longest wait.
		 * @return the time
		 */
		public Duration getMaxInterval() {
			return this.maxInterval;
		}

		/**
		 * Set the longest wait.
		 * @param maxInterval the time
		 */
		public void setMaxInterval(Duration maxInterval) {
			this.maxInterval = maxInterval;
		}

	}

	/**
	 * The ZmqTemplate.
	 */
	public static class Template {

		/**
		 * Socket of calls that name none.
		 */
		private @Nullable String defaultSocket;

		/**
		 * How long a send waits, where the socket has no send-timeout of its own.
		 */
		private Duration sendTimeout = Duration.ofSeconds(5);

		/**
		 * How long a receive waits, where the socket has no receive-timeout of its own.
		 */
		private Duration receiveTimeout = Duration.ofSeconds(5);

		/**
		 * How long a request waits for its reply.
		 */
		private Duration requestTimeout = Duration.ofSeconds(5);

		/**
		 * Number of times a request is sent again when no reply came in time.
		 */
		private int requestRetries = 0;

		/**
		 * Wait before a request is sent again for the first time. Each further wait is
		 * twice as long.
		 */
		private Duration requestBackOff = Duration.ofMillis(100);

		/**
		 * Maximum number of requests on one socket that wait for their replies.
		 */
		private int maxPendingRequests = 65536;

		/**
		 * Maximum number of elements of a stream that wait for their subscriber. A
		 * subscriber that is further behind gets an error, and the server is told.
		 */
		private int streamBuffer = 4096;

		/**
		 * Maximum size of all elements of a stream that wait for their subscriber.
		 */
		private DataSize streamBufferSize = DataSize.ofMegabytes(16);

		/**
		 * Whether sends are observed, for traces and the timer zmq.template. Replies of
		 * listeners are among them.
		 */
		private boolean observationEnabled = false;

		/**
		 * Return the socket of calls that name none.
		 * @return the text, or {@code null} if it is not set
		 */
		public @Nullable String getDefaultSocket() {
			return this.defaultSocket;
		}

		/**
		 * Set the socket of calls that name none.
		 * @param defaultSocket the text, or {@code null} to leave it unset
		 */
		public void setDefaultSocket(@Nullable String defaultSocket) {
			this.defaultSocket = defaultSocket;
		}

		/**
		 * Return how long a send waits, where the socket has no send-timeout of its own.
		 * @return the time
		 */
		public Duration getSendTimeout() {
			return this.sendTimeout;
		}

		/**
		 * Set how long a send waits, where the socket has no send-timeout of its own.
		 * @param sendTimeout the time
		 */
		public void setSendTimeout(Duration sendTimeout) {
			this.sendTimeout = sendTimeout;
		}

		/**
		 * Return how long a receive waits, where the socket has no receive-timeout of its
		 * own.
		 * @return the time
		 */
		public Duration getReceiveTimeout() {
			return this.receiveTimeout;
		}

		/**
		 * Set how long a receive waits, where the socket has no receive-timeout of its
		 * own.
		 * @param receiveTimeout the time
		 */
		public void setReceiveTimeout(Duration receiveTimeout) {
			this.receiveTimeout = receiveTimeout;
		}

		/**
		 * Return how long a request waits for its reply.
		 * @return the time
		 */
		public Duration getRequestTimeout() {
			return this.requestTimeout;
		}

		/**
		 * Set how long a request waits for its reply.
		 * @param requestTimeout the time
		 */
		public void setRequestTimeout(Duration requestTimeout) {
			this.requestTimeout = requestTimeout;
		}

		/**
		 * Return the number of times a request is sent again when no reply came in time.
		 * @return the number
		 */
		public int getRequestRetries() {
			return this.requestRetries;
		}

		/**
		 * Set the number of times a request is sent again when no reply came in time.
		 * @param requestRetries the number
		 */
		public void setRequestRetries(int requestRetries) {
			this.requestRetries = requestRetries;
		}

		/**
		 * Return the wait before a request is sent again for the first time.
		 * @return the time
		 */
		public Duration getRequestBackOff() {
			return this.requestBackOff;
		}

		/**
		 * Set the wait before a request is sent again for the first time. Each further
		 * wait is twice as long.
		 * @param requestBackOff the time
		 */
		public void setRequestBackOff(Duration requestBackOff) {
			this.requestBackOff = requestBackOff;
		}

		/**
		 * Return the maximum number of requests on one socket that wait for their
		 * replies.
		 * @return the number
		 */
		public int getMaxPendingRequests() {
			return this.maxPendingRequests;
		}

		/**
		 * Set the maximum number of requests on one socket that wait for their replies.
		 * @param maxPendingRequests the number
		 */
		public void setMaxPendingRequests(int maxPendingRequests) {
			this.maxPendingRequests = maxPendingRequests;
		}

		/**
		 * Return the maximum number of elements of a stream that wait for their
		 * subscriber.
		 * @return the number
		 */
		public int getStreamBuffer() {
			return this.streamBuffer;
		}

		/**
		 * Set the maximum number of elements of a stream that wait for their subscriber.
		 * A subscriber that is further behind gets an error, and the server is told.
		 * @param streamBuffer the number
		 */
		public void setStreamBuffer(int streamBuffer) {
			this.streamBuffer = streamBuffer;
		}

		/**
		 * Return the maximum size of all elements of a stream that wait for their
		 * subscriber.
		 * @return the size
		 */
		public DataSize getStreamBufferSize() {
			return this.streamBufferSize;
		}

		/**
		 * Set the maximum size of all elements of a stream that wait for their
		 * subscriber.
		 * @param streamBufferSize the size
		 */
		public void setStreamBufferSize(DataSize streamBufferSize) {
			this.streamBufferSize = streamBufferSize;
		}

		/**
		 * Return whether sends are observed, for traces and the timer zmq.template.
		 * @return {@code true} if so
		 */
		public boolean isObservationEnabled() {
			return this.observationEnabled;
		}

		/**
		 * Set whether sends are observed, for traces and the timer zmq.template. Replies
		 * of listeners are among them.
		 * @param observationEnabled {@code true} if so
		 */
		public void setObservationEnabled(boolean observationEnabled) {
			this.observationEnabled = observationEnabled;
		}

	}

	/**
	 * Requests.
	 */
	public static class Request {

		/**
		 * Whether requests are observed until their replies are there, for traces and the
		 * timer zmq.request.
		 */
		private boolean observationEnabled = false;

		/**
		 * Return whether requests are observed until their replies are there, for traces
		 * and the timer zmq.request.
		 * @return {@code true} if so
		 */
		public boolean isObservationEnabled() {
			return this.observationEnabled;
		}

		/**
		 * Set whether requests are observed until their replies are there, for traces and
		 * the timer zmq.request.
		 * @param observationEnabled {@code true} if so
		 */
		public void setObservationEnabled(boolean observationEnabled) {
			this.observationEnabled = observationEnabled;
		}

	}

	/**
	 * Reply to a request whose listener fails.
	 */
	public enum ErrorReplyMode {

		/** An empty reply. */
		NONE,

		/** The type and message of the exception, without its stack. */
		MESSAGE

	}

}
