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
import java.util.List;

import io.github.zmqspring.core.SequenceDefinition.NumberType;
import io.github.zmqspring.core.SequenceDefinition.Scope;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Numbers of published messages.
 *
 * @since 0.1.0
 */
public class SequenceProperties {

	/**
	 * Format of a well-known publisher, which the other properties may change.
	 */
	private @Nullable Preset preset;

	/**
	 * Index of the frame with the number, from 1 on: the first frame is the topic.
	 */
	private @Nullable Integer frame;

	/**
	 * How the number is written.
	 */
	private @Nullable NumberType type;

	/**
	 * What has numbers of its own: each publisher, or each topic of a publisher.
	 */
	private @Nullable Scope per;

	/**
	 * Number of the first message.
	 */
	private @Nullable Long first;

	/**
	 * Whether a subscriber counts what was published before its first message as missed,
	 * and fetches it.
	 */
	private boolean fromStart = false;

	/**
	 * Endpoint of the replay: a publisher binds it and serves what it has sent, a
	 * subscriber connects to it and fetches what it missed. A subscriber of several
	 * publishers has one for each endpoint of connect, in the same order, or one with
	 * {host} for the publisher's host.
	 */
	private List<String> replay = List.of();

	/**
	 * How long a subscriber waits for each replayed message.
	 */
	private Duration replayTimeout = Duration.ofSeconds(5);

	/**
	 * Maximum number of messages that a publisher with a replay keeps.
	 */
	private int history = 10_000;

	/**
	 * Maximum size of the messages that a publisher with a replay keeps.
	 */
	private DataSize historySize = DataSize.ofMegabytes(64);

	/**
	 * Return the format of a well-known publisher, which the other properties may change.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Preset getPreset() {
		return this.preset;
	}

	/**
	 * Set the format of a well-known publisher, which the other properties may change.
	 * @param preset the value, or {@code null} to leave it unset
	 */
	public void setPreset(@Nullable Preset preset) {
		this.preset = preset;
	}

	/**
	 * Return the index of the frame with the number, from 1 on: the first frame is the
	 * topic.
	 * @return the number, or {@code null} if it is not set
	 */
	public @Nullable Integer getFrame() {
		return this.frame;
	}

	/**
	 * Set the index of the frame with the number, from 1 on: the first frame is the
	 * topic.
	 * @param frame the number, or {@code null} to leave it unset
	 */
	public void setFrame(@Nullable Integer frame) {
		this.frame = frame;
	}

	/**
	 * Return how the number is written.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable NumberType getType() {
		return this.type;
	}

	/**
	 * Set how the number is written.
	 * @param type the value, or {@code null} to leave it unset
	 */
	public void setType(@Nullable NumberType type) {
		this.type = type;
	}

	/**
	 * Return what has numbers of its own: each publisher, or each topic of a publisher.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Scope getPer() {
		return this.per;
	}

	/**
	 * Set what has numbers of its own: each publisher, or each topic of a publisher.
	 * @param per the value, or {@code null} to leave it unset
	 */
	public void setPer(@Nullable Scope per) {
		this.per = per;
	}

	/**
	 * Return the number of the first message.
	 * @return the number, or {@code null} if it is not set
	 */
	public @Nullable Long getFirst() {
		return this.first;
	}

	/**
	 * Set the number of the first message.
	 * @param first the number, or {@code null} to leave it unset
	 */
	public void setFirst(@Nullable Long first) {
		this.first = first;
	}

	/**
	 * Return whether a subscriber counts what was published before its first message as
	 * missed, and fetches it.
	 * @return {@code true} if so
	 */
	public boolean isFromStart() {
		return this.fromStart;
	}

	/**
	 * Set whether a subscriber counts what was published before its first message as
	 * missed, and fetches it.
	 * @param fromStart {@code true} if so
	 */
	public void setFromStart(boolean fromStart) {
		this.fromStart = fromStart;
	}

	/**
	 * Return the endpoint of the replay: a publisher binds it and serves what it has
	 * sent, a subscriber connects to it and fetches what it missed.
	 * @return the list
	 */
	public List<String> getReplay() {
		return this.replay;
	}

	/**
	 * Set the endpoint of the replay: a publisher binds it and serves what it has sent, a
	 * subscriber connects to it and fetches what it missed. A subscriber of several
	 * publishers has one for each endpoint of connect, in the same order, or one with
	 * {@code {host}} for the publisher's host.
	 * @param replay the list
	 */
	public void setReplay(List<String> replay) {
		this.replay = replay;
	}

	/**
	 * Return how long a subscriber waits for each replayed message.
	 * @return the time
	 */
	public Duration getReplayTimeout() {
		return this.replayTimeout;
	}

	/**
	 * Set how long a subscriber waits for each replayed message.
	 * @param replayTimeout the time
	 */
	public void setReplayTimeout(Duration replayTimeout) {
		this.replayTimeout = replayTimeout;
	}

	/**
	 * Return the maximum number of messages that a publisher with a replay keeps.
	 * @return the number
	 */
	public int getHistory() {
		return this.history;
	}

	/**
	 * Set the maximum number of messages that a publisher with a replay keeps.
	 * @param history the number
	 */
	public void setHistory(int history) {
		this.history = history;
	}

	/**
	 * Return the maximum size of the messages that a publisher with a replay keeps.
	 * @return the size
	 */
	public DataSize getHistorySize() {
		return this.historySize;
	}

	/**
	 * Set the maximum size of the messages that a publisher with a replay keeps.
	 * @param historySize the size
	 */
	public void setHistorySize(DataSize historySize) {
		this.historySize = historySize;
	}

	/**
	 * Formats of well-known publishers.
	 */
	public enum Preset {

		/** As bitcoind: a little-endian number of 4 bytes behind the body, per topic. */
		BITCOIN,

		/** As vLLM: a big-endian number of 8 bytes behind the topic, per publisher. */
		VLLM

	}

}
