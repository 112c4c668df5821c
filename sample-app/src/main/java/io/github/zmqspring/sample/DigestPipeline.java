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

package io.github.zmqspring.sample;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqTemplate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Runs the pipeline, one run at a time, and shows its progress on the page.
 */
@Component
class DigestPipeline implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(DigestPipeline.class);

	private static final int STOP_MILLIS = 1000;

	private static final long SHOW_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final SampleProperties.Digest properties;

	private final DigestFeeder feeder;

	private final EventHub events;

	private volatile @Nullable DigestRun run;

	private @Nullable Thread thread;

	private int runs;

	private volatile boolean running;

	private @Nullable DigestRun shownRun;

	private long shownVersion;

	private long shownAt;

	DigestPipeline(ZmqTemplate template, SampleProperties properties, EventHub events) {
		this.properties = properties.digest();
		this.feeder = new DigestFeeder(template, this.properties);
		this.events = events;
	}

	@EventListener(ApplicationReadyEvent.class)
	void runAtStartup() {
		if (this.properties.runAtStartup()) {
			startRun();
		}
	}

	/**
	 * Start a run, unless one is running.
	 * @return its number, or nothing if it was not started
	 */
	synchronized OptionalInt startRun() {
		DigestRun last = this.run;
		if (!this.running || (last != null && !last.hasEnded())) {
			return OptionalInt.empty();
		}
		DigestRun next = new DigestRun(++this.runs, this.properties.path().toString());
		this.run = next;
		this.thread = new Thread(() -> feed(next), "digest-run-" + this.runs);
		this.thread.setDaemon(true);
		this.thread.start();
		return OptionalInt.of(this.runs);
	}

	private void feed(DigestRun run) {
		try {
			this.feeder.feed(run);
		}
		catch (InterruptedException ex) {
			run.end(RunState.CANCELLED);
		}
		catch (ZmqException ex) {
			if (this.running) {
				logger.error("The run ended early", ex);
			}
			run.end(RunState.FAILED);
		}
	}

	void collect(FileDigest digest) {
		DigestRun current = this.run;
		if (current != null) {
			current.add(digest);
		}
	}

	/**
	 * Return the digests of the last run, in the order of the paths.
	 * @return the digests
	 */
	Collection<FileDigest> digests() {
		DigestRun current = this.run;
		return (current != null) ? current.digests() : List.of();
	}

	@Scheduled(fixedRate = 100)
	void show() {
		DigestRun current = this.run;
		if (current == null) {
			return;
		}
		long version = current.version();
		long now = System.nanoTime();
		// time passes for a run without progress too
		boolean due = !current.hasEnded() && now - this.shownAt >= SHOW_NANOS;
		if (current != this.shownRun || version != this.shownVersion || due) {
			this.shownRun = current;
			this.shownVersion = version;
			this.shownAt = now;
			this.events.publish(EventHub.PIPELINE, current.snapshot());
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		DigestRun current = this.run;
		Thread feeding = this.thread;
		if (current == null || feeding == null) {
			return;
		}
		current.end(RunState.CANCELLED);
		feeding.interrupt();
		try {
			feeding.join(STOP_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
