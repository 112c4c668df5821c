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

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Context getContext() {
		return this.context;
	}

	public Poller getPoller() {
		return this.poller;
	}

	public OptionsProperties getDefaults() {
		return this.defaults;
	}

	public Map<String, SocketProperties> getSockets() {
		return this.sockets;
	}

	public Discovery getDiscovery() {
		return this.discovery;
	}

	public Listener getListener() {
		return this.listener;
	}

	public Template getTemplate() {
		return this.template;
	}

	public Request getRequest() {
		return this.request;
	}

	public SecurityProperties getSecurity() {
		return this.security;
	}

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

		public int getIoThreads() {
			return this.ioThreads;
		}

		public void setIoThreads(int ioThreads) {
			this.ioThreads = ioThreads;
		}

		public int getMaxSockets() {
			return this.maxSockets;
		}

		public void setMaxSockets(int maxSockets) {
			this.maxSockets = maxSockets;
		}

		public String getMaxIncomingMemory() {
			return this.maxIncomingMemory;
		}

		public void setMaxIncomingMemory(String maxIncomingMemory) {
			this.maxIncomingMemory = maxIncomingMemory;
		}

		public DataSize getBatchSize() {
			return this.batchSize;
		}

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

		public int getThreads() {
			return this.threads;
		}

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

		public Duration getRefresh() {
			return this.refresh;
		}

		public void setRefresh(Duration refresh) {
			this.refresh = refresh;
		}

		public Duration getDrainTimeout() {
			return this.drainTimeout;
		}

		public void setDrainTimeout(Duration drainTimeout) {
			this.drainTimeout = drainTimeout;
		}

		public Duration getLookupTimeout() {
			return this.lookupTimeout;
		}

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

		public boolean isMdcEnabled() {
			return this.mdcEnabled;
		}

		public void setMdcEnabled(boolean mdcEnabled) {
			this.mdcEnabled = mdcEnabled;
		}

		public int getConcurrency() {
			return this.concurrency;
		}

		public void setConcurrency(int concurrency) {
			this.concurrency = concurrency;
		}

		public boolean isAutoStartup() {
			return this.autoStartup;
		}

		public void setAutoStartup(boolean autoStartup) {
			this.autoStartup = autoStartup;
		}

		public @Nullable String getExecutor() {
			return this.executor;
		}

		public void setExecutor(@Nullable String executor) {
			this.executor = executor;
		}

		public int getMaxBatchSize() {
			return this.maxBatchSize;
		}

		public void setMaxBatchSize(int maxBatchSize) {
			this.maxBatchSize = maxBatchSize;
		}

		public Duration getBatchTimeout() {
			return this.batchTimeout;
		}

		public void setBatchTimeout(Duration batchTimeout) {
			this.batchTimeout = batchTimeout;
		}

		public int getMaxPendingResults() {
			return this.maxPendingResults;
		}

		public void setMaxPendingResults(int maxPendingResults) {
			this.maxPendingResults = maxPendingResults;
		}

		public Duration getInlineLimit() {
			return this.inlineLimit;
		}

		public void setInlineLimit(Duration inlineLimit) {
			this.inlineLimit = inlineLimit;
		}

		public @Nullable Duration getIdleEventInterval() {
			return this.idleEventInterval;
		}

		public void setIdleEventInterval(@Nullable Duration idleEventInterval) {
			this.idleEventInterval = idleEventInterval;
		}

		public ErrorReplyMode getErrorReply() {
			return this.errorReply;
		}

		public void setErrorReply(ErrorReplyMode errorReply) {
			this.errorReply = errorReply;
		}

		public @Nullable String getDeadLetter() {
			return this.deadLetter;
		}

		public void setDeadLetter(@Nullable String deadLetter) {
			this.deadLetter = deadLetter;
		}

		public boolean isObservationEnabled() {
			return this.observationEnabled;
		}

		public void setObservationEnabled(boolean observationEnabled) {
			this.observationEnabled = observationEnabled;
		}

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

		public boolean isBlocking() {
			return this.blocking;
		}

		public void setBlocking(boolean blocking) {
			this.blocking = blocking;
		}

		public int getMaxAttempts() {
			return this.maxAttempts;
		}

		public void setMaxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

		public Duration getInitialInterval() {
			return this.initialInterval;
		}

		public void setInitialInterval(Duration initialInterval) {
			this.initialInterval = initialInterval;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public Duration getMaxInterval() {
			return this.maxInterval;
		}

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

		public @Nullable String getDefaultSocket() {
			return this.defaultSocket;
		}

		public void setDefaultSocket(@Nullable String defaultSocket) {
			this.defaultSocket = defaultSocket;
		}

		public Duration getSendTimeout() {
			return this.sendTimeout;
		}

		public void setSendTimeout(Duration sendTimeout) {
			this.sendTimeout = sendTimeout;
		}

		public Duration getReceiveTimeout() {
			return this.receiveTimeout;
		}

		public void setReceiveTimeout(Duration receiveTimeout) {
			this.receiveTimeout = receiveTimeout;
		}

		public Duration getRequestTimeout() {
			return this.requestTimeout;
		}

		public void setRequestTimeout(Duration requestTimeout) {
			this.requestTimeout = requestTimeout;
		}

		public int getRequestRetries() {
			return this.requestRetries;
		}

		public void setRequestRetries(int requestRetries) {
			this.requestRetries = requestRetries;
		}

		public Duration getRequestBackOff() {
			return this.requestBackOff;
		}

		public void setRequestBackOff(Duration requestBackOff) {
			this.requestBackOff = requestBackOff;
		}

		public int getMaxPendingRequests() {
			return this.maxPendingRequests;
		}

		public void setMaxPendingRequests(int maxPendingRequests) {
			this.maxPendingRequests = maxPendingRequests;
		}

		public int getStreamBuffer() {
			return this.streamBuffer;
		}

		public void setStreamBuffer(int streamBuffer) {
			this.streamBuffer = streamBuffer;
		}

		public DataSize getStreamBufferSize() {
			return this.streamBufferSize;
		}

		public void setStreamBufferSize(DataSize streamBufferSize) {
			this.streamBufferSize = streamBufferSize;
		}

		public boolean isObservationEnabled() {
			return this.observationEnabled;
		}

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

		public boolean isObservationEnabled() {
			return this.observationEnabled;
		}

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
