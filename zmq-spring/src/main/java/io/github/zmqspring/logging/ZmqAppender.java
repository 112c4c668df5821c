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

package io.github.zmqspring.logging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.util.Duration;
import io.github.zmqspring.transport.StandalonePublisher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * A Logback appender that publishes each log event as pyzmq's {@code PUBHandler} does: a
 * PUB socket sends two frames, the topic and the formatted message. The topic is the
 * level, after the root topic if there is one and before the name of the event's first
 * marker, if it has one, joined by dots: {@code app.WARN.orders}. So a SUB socket picks
 * levels and parts by prefix. <pre class="code">
 * &lt;appender name="ZMQ" class="io.github.zmqspring.logging.ZmqAppender"&gt;
 *   &lt;bind&gt;tcp://*:5558&lt;/bind&gt;
 *   &lt;rootTopic&gt;app&lt;/rootTopic&gt;
 *   &lt;encoder&gt;&lt;pattern&gt;%d %logger %msg%n&lt;/pattern&gt;&lt;/encoder&gt;
 * &lt;/appender&gt;
 * </pre> Logging never waits for a subscriber: beyond the high-water mark ZeroMQ drops
 * the event for that subscriber. The socket has a ZeroMQ context of its own, since
 * logging begins before the application and ends after it. What is logged while an event
 * is published, by the same thread, is left out.
 *
 * @since 0.1.0
 */
public class ZmqAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final int DEFAULT_HWM = 1000;

	private static final String DEFAULT_PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{40} : %msg%n%ex";

	private static final java.time.Duration END = java.time.Duration.ofSeconds(2);

	private final List<String> bind = new ArrayList<>();

	private final List<String> connect = new ArrayList<>();

	private int sendHwm = DEFAULT_HWM;

	private java.time.Duration linger = java.time.Duration.ofSeconds(1);

	private @Nullable String rootTopic;

	private boolean includeLogger;

	private @Nullable ZmqAppenderSecurity security;

	private @Nullable Encoder<ILoggingEvent> encoder;

	private @Nullable Layout<ILoggingEvent> layout;

	private final ThreadLocal<Boolean> publishing = new ThreadLocal<>();

	private volatile @Nullable StandalonePublisher publisher;

	/**
	 * Add an endpoint to bind to.
	 * @param endpoint the endpoint, as {@code tcp://*:5558}
	 */
	public void addBind(String endpoint) {
		this.bind.add(endpoint);
	}

	/**
	 * Add an endpoint to connect to, of a collector that is bound.
	 * @param endpoint the endpoint, as {@code tcp://collector:5558}
	 */
	public void addConnect(String endpoint) {
		this.connect.add(endpoint);
	}

	/**
	 * Set how many events wait for each subscriber before they are dropped for it; 1000
	 * by default.
	 * @param sendHwm the high-water mark
	 */
	public void setSendHwm(int sendHwm) {
		this.sendHwm = sendHwm;
	}

	/**
	 * Set how long events that are still to be sent are kept at the end; a second by
	 * default.
	 * @param linger the time, as {@code 500 milliseconds}
	 */
	public void setLinger(Duration linger) {
		this.linger = java.time.Duration.ofMillis(linger.getMilliseconds());
	}

	/**
	 * Set what all topics begin with.
	 * @param rootTopic the root topic, without a dot at its end
	 */
	public void setRootTopic(String rootTopic) {
		this.rootTopic = rootTopic;
	}

	/**
	 * Set whether topics end with the name of the logger; they do not by default.
	 * @param includeLogger whether to add it
	 */
	public void setIncludeLogger(boolean includeLogger) {
		this.includeLogger = includeLogger;
	}

	/**
	 * Set what makes the second frame.
	 * @param encoder the encoder
	 */
	public void setEncoder(Encoder<ILoggingEvent> encoder) {
		this.encoder = encoder;
	}

	/**
	 * Set what makes the second frame, in UTF-8, where there is no encoder.
	 * @param layout the layout
	 */
	public void setLayout(Layout<ILoggingEvent> layout) {
		this.layout = layout;
	}

	/**
	 * Set which subscribers may read the log, and the identity of this side; by default
	 * the log travels in clear text to all subscribers.
	 * @param security the security
	 */
	public void setSecurity(ZmqAppenderSecurity security) {
		this.security = security;
	}

	/**
	 * Return the endpoints really bound, with their ports, while it is started.
	 * @return the endpoints
	 */
	public List<String> getBoundEndpoints() {
		StandalonePublisher current = this.publisher;
		return (current != null) ? current.bound() : List.of();
	}

	@Override
	public void start() {
		if (isStarted()) {
			return;
		}
		if (this.bind.isEmpty() && this.connect.isEmpty()) {
			addError("Appender '" + getName() + "' has no endpoint: give it <bind> or <connect>");
			return;
		}
		if (this.encoder == null && this.layout == null) {
			PatternLayout pattern = new PatternLayout();
			pattern.setContext(getContext());
			pattern.setPattern(DEFAULT_PATTERN);
			pattern.start();
			this.layout = pattern;
		}
		try {
			this.publisher = StandalonePublisher.open("appender " + getName(), this.bind, this.connect, this.sendHwm,
					this.linger, (this.security != null) ? this.security.toSecurity() : null);
			super.start();
		}
		catch (RuntimeException ex) {
			// an application must not fail because of its log
			addError("Appender '" + getName() + "' publishes nothing: " + ex.getMessage(), ex);
		}
	}

	@Override
	public void stop() {
		super.stop();
		StandalonePublisher current = this.publisher;
		this.publisher = null;
		if (current != null) {
			current.close(this.linger.plus(END));
		}
	}

	@Override
	protected void append(ILoggingEvent event) {
		StandalonePublisher current = this.publisher;
		if (current == null || this.publishing.get() != null) {
			return;
		}
		// not all versions of Logback keep an appender from being called by itself
		this.publishing.set(Boolean.TRUE);
		try {
			current.publish(topic(event).getBytes(StandardCharsets.UTF_8), body(event));
		}
		finally {
			this.publishing.remove();
		}
	}

	private String topic(ILoggingEvent event) {
		StringBuilder topic = new StringBuilder();
		if (this.rootTopic != null && !this.rootTopic.isEmpty()) {
			topic.append(this.rootTopic).append('.');
		}
		topic.append(event.getLevel());
		List<Marker> markers = event.getMarkerList();
		if (markers != null && !markers.isEmpty()) {
			topic.append('.').append(markers.get(0).getName());
		}
		if (this.includeLogger) {
			topic.append('.').append(event.getLoggerName());
		}
		return topic.toString();
	}

	private byte[] body(ILoggingEvent event) {
		if (this.encoder != null) {
			return this.encoder.encode(event);
		}
		String text = (this.layout != null) ? this.layout.doLayout(event) : event.getFormattedMessage();
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
