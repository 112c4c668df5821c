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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The missing files and the digests of one run. Thread-safe.
 */
class DigestRun {

	private static final int LATEST = 17;

	private static final int SAMPLE_MILLIS = 25;

	private final int number;

	private final String directory;

	private final Map<String, FileEntry> missing = new LinkedHashMap<>();

	private final Map<String, FileDigest> digests = new TreeMap<>();

	private final Map<String, Integer> workers = new TreeMap<>();

	private final Deque<FileDigest> latest = new ArrayDeque<>();

	private final Timeline timeline = new Timeline(SAMPLE_MILLIS);

	private long started = System.nanoTime();

	private long progressed = this.started;

	private long ended;

	private RunState state = RunState.SCANNING;

	private int filesTotal;

	private long bytesTotal;

	private long bytesDone;

	private int skipped;

	private int resent;

	private long version;

	DigestRun(int number, String directory) {
		this.number = number;
		this.directory = directory;
	}

	synchronized void begin(FileScan scan) {
		if (this.state.hasEnded()) {
			return;
		}
		scan.files().forEach((file) -> this.missing.put(file.path(), file));
		this.filesTotal = scan.files().size();
		this.bytesTotal = scan.files().stream().mapToLong(FileEntry::bytes).sum();
		this.skipped = scan.skipped();
		this.started = System.nanoTime();
		this.progressed = this.started;
		changeTo(RunState.RUNNING);
		finishIfComplete();
	}

	/**
	 * Take a digest that came back. A digest that is not missing is ignored: a file that
	 * was sent again may be digested twice.
	 * @param digest the digest
	 */
	synchronized void add(FileDigest digest) {
		FileEntry file = (this.state == RunState.RUNNING) ? this.missing.remove(digest.path()) : null;
		if (file == null) {
			return;
		}
		this.digests.put(digest.path(), digest);
		this.workers.merge(digest.worker(), 1, Integer::sum);
		this.bytesDone += file.bytes();
		this.latest.addFirst(digest);
		if (this.latest.size() > LATEST) {
			this.latest.removeLast();
		}
		this.timeline.add(point());
		progress();
	}

	/**
	 * Leave out a file that cannot be read.
	 * @param file the file
	 */
	synchronized void skip(FileEntry file) {
		if (this.missing.remove(file.path()) != null) {
			this.skipped++;
			this.filesTotal--;
			this.bytesTotal -= file.bytes();
			progress();
		}
	}

	synchronized void countResent(int files) {
		this.resent += files;
		this.version++;
	}

	synchronized void end(RunState state) {
		if (!this.state.hasEnded()) {
			this.ended = System.nanoTime();
			this.timeline.end(point());
			changeTo(state);
		}
	}

	/**
	 * Wait until the run has ended, or there was no progress for a while.
	 * @param quiet the time without progress
	 * @return whether the run has ended
	 * @throws InterruptedException if the thread is interrupted
	 */
	synchronized boolean awaitEnd(Duration quiet) throws InterruptedException {
		long from = System.nanoTime();
		while (!this.state.hasEnded()) {
			long idle = System.nanoTime() - Math.max(from, this.progressed);
			long millis = quiet.toMillis() - TimeUnit.NANOSECONDS.toMillis(idle);
			if (millis <= 0) {
				return false;
			}
			wait(millis);
		}
		return true;
	}

	synchronized boolean hasEnded() {
		return this.state.hasEnded();
	}

	synchronized Collection<FileEntry> missing() {
		return List.copyOf(this.missing.values());
	}

	synchronized Collection<FileDigest> digests() {
		return List.copyOf(this.digests.values());
	}

	/**
	 * Return the number of changes.
	 * @return a number that grows with each change
	 */
	synchronized long version() {
		return this.version;
	}

	synchronized RunSnapshot snapshot() {
		long millis = elapsedMillis();
		double seconds = Math.max(millis, 1) / 1000.0;
		int done = this.digests.size();
		return new RunSnapshot(this.number, this.state, this.directory, this.filesTotal, done, this.skipped,
				this.bytesTotal, this.bytesDone, this.resent, millis, done / seconds, this.bytesDone / seconds,
				new TreeMap<>(this.workers), new ArrayList<>(this.latest), this.timeline.points());
	}

	private void progress() {
		this.progressed = System.nanoTime();
		this.version++;
		finishIfComplete();
	}

	private void finishIfComplete() {
		if (this.missing.isEmpty()) {
			end(RunState.FINISHED);
		}
	}

	private void changeTo(RunState state) {
		this.state = state;
		this.version++;
		notifyAll();
	}

	private Timeline.Point point() {
		return new Timeline.Point(elapsedMillis(), this.digests.size(), this.bytesDone);
	}

	private long elapsedMillis() {
		long until = (this.ended != 0) ? this.ended : System.nanoTime();
		return TimeUnit.NANOSECONDS.toMillis(until - this.started);
	}

}
