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

import java.util.List;
import java.util.Map;

/**
 * The progress of a run, for the page.
 *
 * @param run counts the runs from 1
 * @param state the state
 * @param directory the directory
 * @param filesTotal files to digest
 * @param filesDone files digested
 * @param filesSkipped files left out: too large, unreadable, or not regular
 * @param bytesTotal bytes to digest
 * @param bytesDone bytes digested
 * @param resent files that were sent again
 * @param millis how long it has taken
 * @param filesPerSecond files digested in a second, on average
 * @param bytesPerSecond bytes digested in a second, on average
 * @param workers files digested by each worker
 * @param latest the last digests, newest first
 * @param timeline progress over time
 */
record RunSnapshot(int run, RunState state, String directory, int filesTotal, int filesDone, int filesSkipped,
		long bytesTotal, long bytesDone, int resent, long millis, double filesPerSecond, double bytesPerSecond,
		Map<String, Integer> workers, List<FileDigest> latest, List<Timeline.Point> timeline) {

}
