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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a run waits for and has.
 */
class DigestRunTests {

	private final FileEntry a = new FileEntry("a", Path.of("a"), 10);

	private final FileEntry b = new FileEntry("b", Path.of("b"), 20);

	private final DigestRun run = new DigestRun(1, "/dir");

	@Test
	void finishesWithTheLastDigest() throws Exception {
		this.run.begin(new FileScan(List.of(this.a, this.b), 3));
		this.run.add(digest("a"));
		assertThat(this.run.awaitEnd(Duration.ofMillis(1))).isFalse();
		assertThat(this.run.missing()).containsExactly(this.b);
		this.run.add(digest("b"));
		assertThat(this.run.awaitEnd(Duration.ofMillis(1))).isTrue();
		RunSnapshot snapshot = this.run.snapshot();
		assertThat(snapshot.state()).isEqualTo(RunState.FINISHED);
		assertThat(snapshot.filesDone()).isEqualTo(2);
		assertThat(snapshot.filesSkipped()).isEqualTo(3);
		assertThat(snapshot.bytesDone()).isEqualTo(30);
		assertThat(snapshot.workers()).containsEntry("w", 2);
		assertThat(snapshot.latest()).extracting(FileDigest::path).containsExactly("b", "a");
	}

	@Test
	void countsADigestOnceAndIgnoresStrangers() {
		this.run.begin(new FileScan(List.of(this.a, this.b), 0));
		this.run.add(digest("a"));
		this.run.add(digest("a"));
		this.run.add(digest("c"));
		assertThat(this.run.snapshot().filesDone()).isEqualTo(1);
	}

	@Test
	void withoutFilesIsFinishedAtOnce() {
		this.run.begin(new FileScan(List.of(), 0));
		assertThat(this.run.snapshot().state()).isEqualTo(RunState.FINISHED);
	}

	@Test
	void aFileThatBecameUnreadableIsSkipped() {
		this.run.begin(new FileScan(List.of(this.a, this.b), 0));
		this.run.add(digest("a"));
		this.run.skip(this.b);
		RunSnapshot snapshot = this.run.snapshot();
		assertThat(snapshot.state()).isEqualTo(RunState.FINISHED);
		assertThat(snapshot.filesTotal()).isEqualTo(1);
		assertThat(snapshot.filesSkipped()).isEqualTo(1);
		assertThat(snapshot.bytesTotal()).isEqualTo(10);
	}

	@Test
	void whatWasCancelledStaysCancelled() {
		this.run.end(RunState.CANCELLED);
		this.run.begin(new FileScan(List.of(), 0));
		assertThat(this.run.snapshot().state()).isEqualTo(RunState.CANCELLED);
	}

	@Test
	void theTimelineStaysBounded() {
		Timeline timeline = new Timeline(1);
		for (int i = 1; i <= 10_000; i++) {
			timeline.add(new Timeline.Point(i, i, i));
		}
		timeline.end(new Timeline.Point(10_001, 10_001, 10_001));
		List<Timeline.Point> points = timeline.points();
		assertThat(points).hasSizeBetween(40, 120);
		assertThat(points.get(0)).isEqualTo(new Timeline.Point(0, 0, 0));
		assertThat(points.get(points.size() - 1).millis()).isEqualTo(10_001);
		assertThat(points).extracting(Timeline.Point::millis).isSorted();
	}

	private static FileDigest digest(String path) {
		return new FileDigest(path, 1, "0".repeat(64), "w");
	}

}
